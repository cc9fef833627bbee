import { describe, expect, it } from 'vitest'
import { keepLines } from '../test/start-gateway.ts'
import { callBackUrlOf } from './callback-url.ts'

const urlOf = (host: string, options: { baseUrl?: string; fetch?: typeof fetch } = {}) =>
  callBackUrlOf({ publicUrl: `https://${host}/api/kie/`, callbackKey: 'k', ...options }, keepLines().logger)

describe('Kie is asked to call back', () => {
  it.each([
    ...['app.example.com', 'app.example.com:8443', '10.example.com', '127.foo.com', 'local.example.com'],
    ...['8.8.8.8', '[2606:4700:4700::1111]', 'test.dev', 'internal.example', 'xn--bcher-kva.example'],
  ])('at %s, which the internet may reach', (host) => {
    expect(urlOf(host)).toBe(`https://${host}/api/kie/api/v1/kiekit/callback`)
  })

  it('wherever the app says, when something stands in for it', () => {
    expect(urlOf('localhost:3000', { baseUrl: 'http://127.0.0.1:4010' })).not.toBeNull()
    expect(urlOf('localhost:3000', { fetch })).not.toBeNull()
  })
})

describe('Kie is not asked to call back', () => {
  it.each([
    ...['localhost', 'localhost:3000', 'LOCALHOST', 'app.localhost', 'devbox', 'devbox.', 'app.internal', 'app.local.'],
    ...['host.docker.internal', 'app.test', '127.0.0.1', '127.1', '2130706433', '0x7f.1', '0.0.0.0', '10.0.0.1'],
    ...['172.20.0.5', '192.168.1.2', '169.254.1.1', '100.64.0.1', '[::1]', '[::]', '[fd00::1]', '[fe80::1]'],
    ...['[::ffff:10.0.0.1]', '[2001:db8::1]'],
  ])('at %s, which is out of its reach', (host) => {
    expect(urlOf(host)).toBeNull()
  })
})

it.each(['', 'app.example', '/api/kie', 'ftp://app.example', 'https://', 'https://a b'])(
  'an address that is none is refused: %j',
  (publicUrl) => {
    const call = () => callBackUrlOf({ publicUrl, callbackKey: 'k' }, keepLines().logger)
    expect(call).toThrow(/publicUrl.*Write it like/)
  },
)
