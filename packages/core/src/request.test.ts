import { createFakeKie } from '@kiekit/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createKieClient } from './client.ts'
import type { KieClientOptions } from './client-options.ts'
import type { KieError } from './kie-error.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const good = JSON.stringify({ code: 200, msg: 'success', data: 5 })
const secret = 'c0ffee00c0ffee00c0ffee00c0ffee00'

function clientOf(answer: () => Response | Promise<Response>, options: KieClientOptions = {}) {
  const fetch = vi.fn<typeof globalThis.fetch>(async () => answer())
  return { fetch, client: createKieClient({ baseUrl: 'https://app.test', fetch, ...options }) }
}

async function errorOf(promise: Promise<unknown>): Promise<KieError> {
  const caught: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(caught).toMatchObject({ name: 'KieError' })
  return caught as KieError
}

describe('an answer', () => {
  it.each([
    ['a page of a CDN', 502, '<html>Bad gateway</html>', 'server'],
    ['an empty page', 503, '', 'server'],
    ['JSON of somebody else', 500, '{"error":"boom"}', 'server'],
    ['a page with a good status', 200, '<!doctype html>', 'invalid-response'],
    ['nothing', 200, '', 'invalid-response'],
    ['JSON of somebody else with a good status', 200, '{"mensaje":"vaya"}', 'invalid-response'],
    ['a login page', 401, '<html>', 'auth'],
    ['a forbidden page', 403, '<html>', 'auth'],
    ['an unknown route', 404, '<html>', 'not-found'],
    ['a route that takes no such method', 405, '<html>', 'unsupported'],
    ['a proxy that had to wait too long', 408, '', 'timeout'],
    ['a body that is too large', 413, '', 'validation'],
    ['a limit of a proxy', 429, 'slow down', 'rate-limit'],
  ])('that is %s (HTTP %i) is of kind', async (_, status, body, kind) => {
    const { client } = clientOf(() => new Response(body, { status }))
    expect(await errorOf(client.getCredits())).toMatchObject({ kind, httpStatus: status, code: null })
  })

  it('goes by the code in its body, not by the HTTP status', async () => {
    const wrongKey = clientOf(() => new Response('{"code":401,"msg":"Unauthorized"}', { status: 200 }))
    expect(await errorOf(wrongKey.client.getCredits())).toMatchObject({ kind: 'auth', code: 401, httpStatus: 200 })
    const fine = clientOf(() => new Response(good, { status: 500 }))
    expect(await fine.client.getCredits()).toBe(5)
  })

  it('says when to come back, also without a body that can be read', async () => {
    const { client } = clientOf(() => new Response('', { status: 503, headers: { 'retry-after': '2' } }))
    expect(await errorOf(client.getCredits())).toMatchObject({ retryAfterMs: 2000, retryable: true })
  })

  it('is not read without end', async () => {
    const cancel = vi.fn()
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024).fill(32)),
      cancel,
    })
    const { client } = clientOf(() => new Response(endless))
    expect(await errorOf(client.getCredits())).toMatchObject({ kind: 'invalid-response' })
    expect(cancel).toHaveBeenCalledOnce()
  })

  it('is read in pieces, with characters cut in two', async () => {
    const bytes = new TextEncoder().encode('{"code":422,"msg":"é – prompt","data":null}')
    const pieces = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    const { client } = clientOf(() => new Response(pieces))
    expect((await errorOf(client.getCredits())).message).toContain('é – prompt')
  })

  it('is read also where a platform has no body streams', async () => {
    const bodyless = { status: 200, headers: new Headers(), body: null, text: async () => good }
    const { client } = clientOf(() => bodyless as unknown as Response)
    expect(await client.getCredits()).toBe(5)
  })
})

describe('a request', () => {
  it('times out, also where the platform’s fetch does not listen', async () => {
    const { client, fetch } = clientOf(() => new Promise<Response>(() => undefined), { requestTimeoutMs: 1000 })
    const failed = errorOf(client.getCredits())
    await vi.advanceTimersByTimeAsync(1000)
    expect(await failed).toMatchObject({ kind: 'timeout', retryable: true, httpStatus: null })
    expect(fetch.mock.calls[0]?.[1]?.signal?.aborted).toBe(true)
  })

  it('times out after 30 s where nobody says otherwise', async () => {
    const { client } = clientOf(() => new Promise<Response>(() => undefined))
    const settled = vi.fn()
    const failed = errorOf(client.getCredits()).finally(settled)
    await vi.advanceTimersByTimeAsync(29_999)
    expect(settled).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(await failed).toMatchObject({ kind: 'timeout' })
  })

  it('times out in the middle of a body', async () => {
    const silent = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(Uint8Array.of(123)) })
    const { client } = clientOf(() => new Response(silent), { requestTimeoutMs: 1000 })
    const failed = errorOf(client.getCredits())
    await vi.advanceTimersByTimeAsync(1000)
    expect(await failed).toMatchObject({ kind: 'timeout' })
  })

  it('ends at once on an abort, and keeps the reason', async () => {
    const { client, fetch } = clientOf(() => new Promise<Response>(() => undefined))
    const controller = new AbortController()
    const failed = errorOf(client.getCredits({ signal: controller.signal }))
    await vi.advanceTimersByTimeAsync(0)
    controller.abort('gone')
    expect(await failed).toMatchObject({ kind: 'aborted', retryable: false, cause: 'gone' })
    expect(fetch.mock.calls[0]?.[1]?.signal?.aborted).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('says that the server cannot be reached', async () => {
    const fake = createFakeKie()
    fake.inject('offline')
    const client = createKieClient({ fetch: fake.fetch })
    const error = await errorOf(client.getCredits())
    expect(error).toMatchObject({ kind: 'network', retryable: true })
    expect(error.cause).toBeInstanceOf(TypeError)
    const fetch = vi.fn<typeof globalThis.fetch>().mockRejectedValue('a text')
    expect(await errorOf(createKieClient({ fetch }).getCredits())).toMatchObject({ kind: 'network' })
  })

  it('is refused for good where the address is none', async () => {
    vi.useRealTimers()
    const error = await errorOf(createKieClient({ baseUrl: '/api/kie' }).getCredits())
    expect(error).toMatchObject({ kind: 'validation', retryable: false })
  })

  it('uses the platform’s fetch of the moment', async () => {
    const client = createKieClient({ baseUrl: 'https://app.test' })
    vi.stubGlobal('fetch', async () => new Response(good))
    expect(await client.getCredits()).toBe(5)
  })

  it('carries headers, given or made for each request', async () => {
    const headersOf = async (headers: KieClientOptions['headers']) => {
      const { client, fetch } = clientOf(() => new Response(good), { headers })
      await client.getCredits()
      return Object.fromEntries(new Headers(fetch.mock.calls[0]?.[1]?.headers))
    }
    expect(await headersOf({ 'X-Session': 'a' })).toEqual({ 'x-session': 'a' })
    expect(await headersOf([['X-Session', 'a']])).toEqual({ 'x-session': 'a' })
    expect(await headersOf(async () => new Headers({ 'X-Session': 'b' }))).toEqual({ 'x-session': 'b' })
    expect(await headersOf(undefined)).toEqual({})
  })
})

describe('the key', () => {
  it('is sent, as text or made for each request, without stray blanks', async () => {
    for (const apiKey of [secret, () => secret, async () => `${secret}\n`]) {
      const { client, fetch } = clientOf(() => new Response(good), { apiKey })
      await client.getCredits()
      expect(new Headers(fetch.mock.calls[0]?.[1]?.headers).get('authorization')).toBe(`Bearer ${secret}`)
    }
  })

  it.each([
    ['an echo in an error', () => new Response(JSON.stringify({ code: 401, msg: `Bad key ${secret}` }))],
    ['an echo in a page', () => new Response(`<html>${secret}`, { status: 500 })],
    ['an echo in an error of fetch', () => Promise.reject(new TypeError(`cannot send ${secret}`))],
    [
      'an echo in a task',
      () =>
        new Response(
          JSON.stringify({ code: 200, data: { taskId: 'a', state: 'fail', failMsg: secret, [secret]: [secret] } }),
        ),
    ],
  ])('shows nowhere after %s', async (_, answer) => {
    const { client } = clientOf(answer, { apiKey: secret })
    const outcome: unknown = await client.getTask('a').catch((error: unknown) => error)
    const error = outcome instanceof Error ? outcome : undefined
    const shown = [JSON.stringify(outcome), error?.message, error?.stack, String(error?.cause)].join('\n')
    expect(shown).not.toContain(secret)
  })

  it('shows nowhere when no header can carry it', async () => {
    const broken = `${secret}\u0000x`
    const { client, fetch } = clientOf(() => new Response(good), { apiKey: broken })
    const error = await errorOf(client.getCredits())
    expect(error.kind).toBe('validation')
    expect(`${error.message}${error.stack}${String(error.cause)}`).not.toContain(secret)
    expect(fetch).not.toHaveBeenCalled()
  })

  it('shows nowhere when the function that reads it fails, nor do headers', async () => {
    const apiKey = () => Promise.reject(new Error(`vault: ${secret}`))
    const headers = { 'x-session': `${secret}\n\u0000` }
    for (const options of [{ apiKey }, { headers }]) {
      const error = await errorOf(clientOf(() => new Response(good), options).client.getCredits())
      expect(`${error.message}${error.stack}${String(error.cause)}`).not.toContain(secret)
      expect(error.retryable).toBe(false)
    }
  })

  it('refuses an idempotency key that no header can carry', async () => {
    const { client } = clientOf(() => new Response(good))
    const created = client.createTask({ model: 'm', input: {} }, { idempotencyKey: 'a\nb' })
    expect(await errorOf(created)).toMatchObject({ kind: 'validation', outcome: 'known' })
  })
})
