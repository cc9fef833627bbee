import { afterEach, describe, expect, it, vi } from 'vitest'
import { createKieClient, type KieClient } from './client.ts'
import type { KieClientOptions } from './client-options.ts'

afterEach(() => void vi.unstubAllGlobals())

const secret = 'c0ffee00c0ffee00c0ffee00c0ffee00'

function clientOf(answer: (init?: RequestInit) => Response | Promise<Response>, options: KieClientOptions = {}) {
  const fetch = vi.fn<typeof globalThis.fetch>(async (_, init) => answer(init))
  return { fetch, client: createKieClient({ baseUrl: 'https://app.test/api/kie/', fetch, ...options }) }
}

function open(client: KieClient, ...args: Parameters<NonNullable<KieClient['open']>>) {
  if (!client.open) throw new Error('the client has no open')
  return client.open(...args)
}

/** Never answers, but ends when it is told to, as a platform's fetch does. */
function silent(init?: RequestInit): Promise<Response> {
  return new Promise((_, reject) => {
    init?.signal?.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')))
  })
}

describe('opening a path of the gateway', () => {
  it('hands over the answer as it comes, asked for with the headers of the client and of the caller', async () => {
    const answer = new Response('a file', { headers: { 'content-disposition': 'attachment; filename="a.png"' } })
    const { client, fetch } = clientOf(() => answer, { headers: { 'x-session': 's1', accept: 'application/json' } })
    const headers = { Accept: 'text/event-stream', 'Last-Event-ID': '42' }
    expect(await open(client, '/api/v1/kiekit/events', { headers })).toBe(answer)
    expect(answer.bodyUsed).toBe(false)
    const [url, init] = fetch.mock.calls[0] ?? []
    expect(url).toBe('https://app.test/api/kie/api/v1/kiekit/events')
    expect(init).toMatchObject({ cache: 'no-store' })
    expect(Object.fromEntries(new Headers(init?.headers))).toEqual({
      accept: 'text/event-stream',
      'last-event-id': '42',
      'x-session': 's1',
    })
  })

  it('uses the platform’s fetch where none was given', async () => {
    vi.stubGlobal('fetch', async () => new Response('ok'))
    const client = createKieClient({ baseUrl: 'https://app.test' })
    expect(await (await open(client, '/x')).text()).toBe('ok')
  })

  it.each([
    ['an envelope', 404, '{"code":404,"msg":"No such task","data":null}', 'not-found'],
    ['an envelope that calls itself fine', 500, '{"code":200,"data":{}}', 'invalid-response'],
    ['an envelope with another code', 502, '{"code":451,"msg":"expired","data":null}', 'input-file'],
    ['a page', 503, '<html>', 'server'],
    ['a route that is switched off', 405, '', 'unsupported'],
  ])('fails with what the gateway says: %s', async (_, status, body, kind) => {
    const { client } = clientOf(() => new Response(body, { status, headers: { 'retry-after': '2' } }))
    await expect(open(client, '/x')).rejects.toMatchObject({ name: 'KieError', kind, httpStatus: status })
  })

  it('says that the gateway cannot be reached', async () => {
    const { client } = clientOf(() => Promise.reject(new TypeError('fetch failed')))
    await expect(open(client, '/x')).rejects.toMatchObject({ name: 'KieError', kind: 'network', retryable: true })
  })

  it('says no key, whoever echoes it', async () => {
    const options = { apiKey: secret }
    const echoed = clientOf(() => new Response(`{"code":401,"msg":"bad key ${secret}"}`, { status: 401 }), options)
    const broken = clientOf(() => Promise.reject(new TypeError(`no route for ${secret}`)), options)
    for (const { client } of [echoed, broken]) {
      const error: unknown = await open(client, '/x').catch((caught: unknown) => caught)
      expect(error).toMatchObject({ name: 'KieError' })
      expect(`${String(error)}${JSON.stringify(error)}`).not.toContain(secret)
    }
  })

  it('ends on an abort, whenever it comes', async () => {
    const controller = new AbortController()
    const { client, fetch } = clientOf(silent)
    const opening = open(client, '/x', { signal: controller.signal })
    const ended = expect(opening).rejects.toMatchObject({ kind: 'aborted', cause: 'enough' })
    await vi.waitFor(() => expect(fetch).toHaveBeenCalledOnce())
    controller.abort('enough')
    await ended
    await expect(open(client, '/x', { signal: controller.signal })).rejects.toMatchObject({ kind: 'aborted' })
    expect(fetch).toHaveBeenCalledOnce()
  })

  it.each(['', 'x', '@evil.test/x', '.evil.test/x', '//evil.test/x', '/\\evil.test/x', 'https://evil.test/x'])(
    'refuses %j, which could lead to another host',
    async (path) => {
      const { client, fetch } = clientOf(() => new Response('ok'), { baseUrl: '' })
      await expect(open(client, path)).rejects.toMatchObject({ kind: 'validation' })
      expect(fetch).not.toHaveBeenCalled()
    },
  )

  it('refuses headers that cannot be sent, and says none of them', async () => {
    const { client, fetch } = clientOf(() => new Response('ok'))
    const error: unknown = await open(client, '/x', { headers: { 'x-a': 'lake\n' + secret + '\u2013' } }).catch(
      (caught: unknown) => caught,
    )
    expect(error).toMatchObject({ kind: 'validation' })
    expect(String(error)).not.toContain(secret)
    expect(fetch).not.toHaveBeenCalled()
  })

  it('is not offered by a client for Kie.ai itself, which has no such paths', () => {
    expect(createKieClient({ apiKey: secret }).open).toBeUndefined()
  })
})
