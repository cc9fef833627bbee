import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import dns from 'node:dns'
import { createServer, get, globalAgent, type Server } from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import { createServer as createTcpServer, isIP, type Socket, type Server as TcpServer } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startGateway } from '../test/start-gateway.ts'
import { guardedFetch } from './guarded-fetch.ts'
import { isPrivateAddress } from './private-address.ts'

const { lookup } = dns
let server: Server
let port = 0
let requests = 0

beforeAll(async () => {
  server = createServer((_request, response) => {
    requests += 1
    response.writeHead(200, { 'content-type': 'image/png' }).end('pixels')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})
afterAll(() => void server.close())
afterEach(() => {
  dns.lookup = lookup
  syncBuiltinESMExports()
  requests = 0
})

/** Lets the machine's resolver give these addresses, one list after the other. Returns how often it was asked. */
function resolveTo(...answers: string[][]) {
  let turn = 0
  const fake = (name: string, options: { all?: boolean }, callback: (...result: unknown[]) => void) => {
    // Servers that listen on an address go through here too.
    if (isIP(name) !== 0) {
      lookup(name, options, callback)
      return
    }
    const addresses = answers[Math.min(turn, answers.length - 1)]?.map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }))
    turn += 1
    setImmediate(() =>
      options.all ? callback(null, addresses) : callback(null, addresses?.[0]?.address, addresses?.[0]?.family),
    )
  }
  dns.lookup = Object.assign(fake, lookup)
  syncBuiltinESMExports()
  return () => turn
}

const fetchIt = (host: string, mayBePrivate = false) =>
  guardedFetch(new URL(`http://${host}:${port}/`), { headers: {}, signal: AbortSignal.timeout(3_000), mayBePrivate })

describe('fetching from a host that should be public', () => {
  it.each([
    ['127.0.0.1'],
    ['::1'],
    ['10.0.0.7'],
    ['169.254.169.254'],
    ['fd00::1'],
    ['::ffff:127.0.0.1'],
    ['93.184.215.14', '127.0.0.1'],
    ['127.0.0.1', '93.184.215.14'],
  ])('refuses to connect when its name leads to %s', async (...addresses) => {
    resolveTo(addresses)
    await expect(fetchIt('cdn.example.test')).rejects.toThrow(/not on the public internet/)
    expect(requests).toBe(0)
  })

  it('looks at the very address that is connected to, so that a second answer of the resolver changes nothing', async () => {
    // An attacker's resolver: public when looked at, private when asked again.
    const looks = resolveTo(['93.184.215.14'], ['127.0.0.1'])
    const leaving = new AbortController()
    const attempts: string[] = []
    const watch = (message: unknown) =>
      (message as { socket: Socket }).socket.on('connectionAttempt', (address) => {
        attempts.push(address)
        setImmediate(() => leaving.abort())
      })
    subscribe('net.client.socket', watch)
    const fetched = guardedFetch(new URL(`http://rebind.example.test:${port}/`), {
      headers: {},
      signal: leaving.signal,
      mayBePrivate: false,
    })
    await expect(fetched).rejects.toThrow()
    unsubscribe('net.client.socket', watch)
    expect([looks(), attempts, requests]).toEqual([1, ['93.184.215.14'], 0])
  })

  it('takes no connection that other code has left open: nobody looked at that one', async () => {
    resolveTo(['127.0.0.1'])
    await new Promise<void>((resolve) => {
      get(`http://left-open.example.test:${port}/`, (answer) => void answer.resume().on('close', resolve))
    })
    await expect.poll(() => Object.keys(globalAgent.freeSockets)).toHaveLength(1)
    await expect(fetchIt('left-open.example.test')).rejects.toThrow(/not on the public internet/)
    expect(requests).toBe(1)
    globalAgent.destroy()
  })

  it.each(['127.0.0.1', '[::1]', '[::ffff:7f00:1]', '0.0.0.0'])('refuses %s itself', async (host) => {
    await expect(fetchIt(host)).rejects.toThrow(/not on the public internet/)
    expect(requests).toBe(0)
  })

  it('does connect to an address that the app itself has listed', async () => {
    const answer = await fetchIt('127.0.0.1', true)
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      'image/png',
      'pixels',
    ])
  })
})

describe('a host that breaks the rules of HTTP', () => {
  const hosts: TcpServer[] = []
  afterEach(() => {
    for (const host of hosts.splice(0)) host.close()
  })

  /** Fetches from a host that answers with these bytes, whatever it is asked. */
  async function answeredWith(bytes: string) {
    const host = createTcpServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => void socket.end(bytes, 'latin1'))
    })
    hosts.push(host)
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
    const address = host.address()
    const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`
    return guardedFetch(new URL(url), { headers: {}, signal: AbortSignal.timeout(3_000), mayBePrivate: true })
  }

  it.each(['205 Reset', '999 No', '600 No', '099 No', '000 No'])('does no harm with the status %s', async (status) => {
    await expect(answeredWith(`HTTP/1.1 ${status}\r\nContent-Length: 2\r\n\r\nhi`)).rejects.toThrow(
      /status|Parse Error/,
    )
  })

  it('keeps nobody waiting by changing to another protocol', async () => {
    const upgrade = 'HTTP/1.1 101 X\r\nUpgrade: foo\r\nConnection: upgrade\r\n\r\n'
    await expect(answeredWith(upgrade)).rejects.toThrow('another protocol')
  })

  it.each(['', 'nonsense\r\n\r\n', 'HTTP/1.1 100 Continue\r\n\r\n'])('keeps nobody waiting with %j', async (bytes) => {
    await expect(answeredWith(bytes)).rejects.toThrow()
  })

  it('is read as it is with a status that needs no body', async () => {
    const answer = await answeredWith('HTTP/1.1 204 No Content\r\n\r\n')
    expect([answer.status, answer.body]).toEqual([204, null])
  })
})

describe('the gateway under Node', () => {
  const record = (url: string) => {
    const resultJson = JSON.stringify({ resultUrls: [url] })
    return JSON.stringify({
      code: 200,
      msg: 'success',
      data: { taskId: 't1', model: 'm', state: 'success', resultJson },
    })
  }

  async function start(resultHosts: string[], url: string) {
    // Without a `fetch` of the app's, so that the real one is used.
    const kie = createServer((_request, response) => response.end(record(url)))
    await new Promise<void>((resolve) => kie.listen(0, '127.0.0.1', resolve))
    const address = kie.address()
    const baseUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
    const setup = startGateway({ fetch: undefined, baseUrl, resultHosts })
    await setup.gateway.claim('t1', 'ann')
    const answer = await setup.ask('/api/v1/kiekit/download?taskId=t1')
    kie.close()
    kie.closeAllConnections()
    return { answer, lines: setup.lines }
  }

  it('downloads from a local host that is listed', async () => {
    const { answer } = await start([`127.0.0.1:${port}`], `http://127.0.0.1:${port}/a.png`)
    expect([answer.status, await answer.text()]).toEqual([200, 'pixels'])
  })

  it('does not download from a listed name that leads inside', async () => {
    resolveTo(['10.0.0.7'])
    const { answer, lines } = await start(['cdn.example.test'], 'https://cdn.example.test/a.png')
    expect(answer.status).toBe(502)
    expect(await answer.text()).not.toContain('10.0.0.7')
    expect(lines.join()).toContain('10.0.0.7')
  })
})

describe('an address', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    'fc00::1',
    'fd12::1',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    '2001:db8::1',
    '2001::1',
    '2002:7f00:1::',
    '3fff::1',
    '4000::1',
    'localhost',
    '',
    '1.2.3',
    '999.1.1.1',
  ])('%s is none of the public internet’s', (address) => {
    expect(isPrivateAddress(address)).toBe(true)
  })

  it.each([
    '8.8.8.8',
    '93.184.215.14',
    '172.15.255.255',
    '172.32.0.1',
    '100.63.0.1',
    '192.169.0.1',
    '2606:4700::1111',
    '2a00:1450::1',
  ])('%s is public', (address) => {
    expect(isPrivateAddress(address)).toBe(false)
  })
})
