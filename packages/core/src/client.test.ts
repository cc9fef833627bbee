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

const gateway = 'https://app.test/api/kie'
const create = { model: 'z-image', input: { prompt: 'A lake' } }

/** A client in front of a server that always answers the same. */
function clientOf(body: unknown, init: ResponseInit = {}, options: KieClientOptions = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const fetch = vi.fn<typeof globalThis.fetch>(async () => new Response(text, init))
  return { fetch, client: createKieClient({ baseUrl: gateway, fetch, ...options }) }
}

async function errorOf(promise: Promise<unknown>): Promise<KieError> {
  const caught: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(caught).toMatchObject({ name: 'KieError' })
  return caught as KieError
}

describe('createTask', () => {
  it('creates a task, passes the input on untouched, and follows it', async () => {
    const fake = createFakeKie({ seed: 1 })
    const client = createKieClient({ apiKey: 'k'.repeat(32), fetch: fake.fetch })
    const input = { prompt: 'A lake', duration: '5', n_frames: 10 }
    const { taskId } = await client.createTask({ model: 'z-image', input, callBackUrl: 'https://app.test/cb' })
    expect(fake.requests[0]).toMatchObject({
      method: 'POST',
      path: '/api/v1/jobs/createTask',
      body: { model: 'z-image', input, callBackUrl: 'https://app.test/cb' },
      headers: { authorization: `Bearer ${'k'.repeat(32)}`, 'content-type': 'application/json' },
    })
    fake.finish(taskId)
    expect(await client.getTask(taskId)).toMatchObject({ taskId, state: 'success', request: { input } })
  })

  it('takes recordId for the task id, as some servers say', async () => {
    expect(await clientOf({ code: 200, data: { recordId: 'r1' } }).client.createTask(create)).toEqual({ taskId: 'r1' })
  })

  it.each([
    [{ code: 401, msg: 'Unauthorized' }, 'auth'],
    [{ code: 402, msg: 'Insufficient credits' }, 'credits'],
    [{ code: 422, msg: 'prompt is required' }, 'validation'],
    [{ code: 429, msg: 'Too many requests' }, 'rate-limit'],
    [{ code: 550, msg: 'queue full' }, 'busy'],
  ])('knows that nothing was made after %j', async (body, kind) => {
    const error = await errorOf(clientOf(body).client.createTask(create))
    expect(error).toMatchObject({ kind, outcome: 'known' })
  })

  it.each([
    ['an error of the server', () => clientOf({ code: 500, msg: 'Internal error' }), 'server'],
    ['a page of a CDN', () => clientOf('<html>', { status: 502 }), 'server'],
    ['an answer without an id', () => clientOf({ code: 200, data: {} }), 'invalid-response'],
    ['an answer that is none', () => clientOf('<html>'), 'invalid-response'],
  ])('says that the outcome is unknown after %s, and does not ask again', async (_, make, kind) => {
    const { client, fetch } = make()
    const error = await errorOf(client.createTask(create))
    expect(error).toMatchObject({ kind, outcome: 'unknown', retryable: false })
    expect(error.message).toContain('may have been created')
    expect(fetch).toHaveBeenCalledOnce()
  })

  it('says that the outcome is unknown when the connection breaks or no answer comes', async () => {
    const fake = createFakeKie()
    const client = createKieClient({ baseUrl: gateway, fetch: fake.fetch, requestTimeoutMs: 5000 })
    fake.inject('offline', { times: 1 })
    expect(await errorOf(client.createTask(create))).toMatchObject({ kind: 'network', outcome: 'unknown' })
    fake.inject('timeout', { times: 1 })
    const late = errorOf(client.createTask(create))
    await vi.advanceTimersByTimeAsync(5000)
    expect(await late).toMatchObject({ kind: 'timeout', outcome: 'unknown', retryable: false })
  })

  it('knows that a request which never left made nothing', async () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    for (const failure of [new TypeError('fetch failed', { cause: refused }), refused]) {
      const fetch = vi.fn<typeof globalThis.fetch>().mockRejectedValue(failure)
      const error = await errorOf(createKieClient({ baseUrl: gateway, fetch }).createTask(create))
      expect(error).toMatchObject({ kind: 'network', outcome: 'known', retryable: true })
    }
  })

  it('may be repeated with an idempotency key where a gateway knows it, not at Kie itself', async () => {
    const options = { idempotencyKey: 'key-1' }
    const { client, fetch } = clientOf({ code: 500, msg: 'Internal error' })
    expect(await errorOf(client.createTask(create, options))).toMatchObject({ outcome: 'unknown', retryable: true })
    expect(new Headers(fetch.mock.calls[0]?.[1]?.headers).get('idempotency-key')).toBe('key-1')
    const { client: kie } = clientOf({ code: 500, msg: 'x' }, {}, { baseUrl: 'https://api.kie.ai/' })
    expect(await errorOf(kie.createTask(create, options))).toMatchObject({ outcome: 'unknown', retryable: false })
  })

  it('does not ask a gateway again that does not know the outcome itself', async () => {
    const { client } = clientOf({ code: 408, msg: 'No answer', data: { outcome: 'unknown' } }, { status: 504 })
    const error = await errorOf(client.createTask(create, { idempotencyKey: 'key-1' }))
    expect(error).toMatchObject({ kind: 'timeout', outcome: 'unknown', retryable: false })
  })

  it('refuses an input that JSON cannot carry before anything is sent', async () => {
    const { client, fetch } = clientOf({})
    const error = await errorOf(client.createTask({ model: 'm', input: { size: 1n } }))
    expect(error).toMatchObject({ kind: 'validation', outcome: 'known' })
    expect(fetch).not.toHaveBeenCalled()
  })

  it('sends nothing for a signal that is aborted already', async () => {
    const { client, fetch } = clientOf({})
    const error = await errorOf(client.createTask(create, { signal: AbortSignal.abort() }))
    expect(error).toMatchObject({ kind: 'aborted', outcome: 'known' })
    expect(fetch).not.toHaveBeenCalled()
  })

  it('ends at once on an abort, with an unknown outcome', async () => {
    const controller = new AbortController()
    const fetch = vi.fn<typeof globalThis.fetch>(() => new Promise(() => undefined))
    const failed = errorOf(
      createKieClient({ baseUrl: gateway, fetch }).createTask(create, { signal: controller.signal }),
    )
    await vi.advanceTimersByTimeAsync(0)
    controller.abort(new Error('closed'))
    expect(await failed).toMatchObject({ kind: 'aborted', outcome: 'unknown', retryable: false })
  })
})

describe('getTask', () => {
  it('asks for one task by its id, however odd, and never from a cache', async () => {
    const { client, fetch } = clientOf({ code: 200, data: { taskId: 'a', state: 'waiting' } })
    await client.getTask('a/../b?c=d&\ud800 ')
    const [url, init] = fetch.mock.calls[0] ?? []
    expect(url).toBe(`${gateway}/api/v1/jobs/recordInfo?taskId=a%2F..%2Fb%3Fc%3Dd%26%EF%BF%BD+`)
    expect(init).toMatchObject({ method: 'GET', cache: 'no-store' })
    expect(init).not.toHaveProperty('body')
  })

  it('works with a relative address and with a slash at the end', async () => {
    const { client, fetch } = clientOf(
      { code: 200, data: { taskId: 'a', state: 'waiting' } },
      {},
      { baseUrl: '/api/kie/' },
    )
    await client.getTask('a')
    expect(fetch.mock.calls[0]?.[0]).toBe('/api/kie/api/v1/jobs/recordInfo?taskId=a')
  })

  it('asks nothing without an id', async () => {
    const { client, fetch } = clientOf({})
    expect(await errorOf(client.getTask(''))).toMatchObject({ kind: 'validation' })
    expect(fetch).not.toHaveBeenCalled()
  })

  it('says what the transport said beside the error', async () => {
    const { client } = clientOf(
      { code: 429, msg: 'Too many requests' },
      { status: 429, headers: { 'retry-after': '7' } },
    )
    const error = await errorOf(client.getTask('a'))
    expect(error).toMatchObject({ kind: 'rate-limit', code: 429, httpStatus: 429, retryAfterMs: 7000, retryable: true })
  })

  it('reads the task’s own failure from the envelope', async () => {
    const { client } = clientOf({ code: 501, msg: 'Generation failed', data: null })
    expect(await client.getTask('a')).toMatchObject({ taskId: 'a', state: 'fail' })
  })

  it.each([
    ['recordInfo is null', { code: 422, msg: 'recordInfo is null', data: null }],
    ['no data', { code: 200, msg: 'success', data: null }],
  ])('counts a task that is not known yet as waiting for 90 s from the first look: %s', async (_, body) => {
    const { client } = clientOf(body)
    const waiting = { taskId: 'a', state: 'waiting', rawState: '', createTime: null, progress: null }
    expect(await client.getTask('a')).toMatchObject(waiting)
    await vi.advanceTimersByTimeAsync(89_999)
    expect(await client.getTask('a')).toMatchObject(waiting)
    await vi.advanceTimersByTimeAsync(1)
    expect(await errorOf(client.getTask('a'))).toMatchObject({ kind: 'not-found', retryable: false })
    await vi.advanceTimersByTimeAsync(1)
    expect(await errorOf(client.getTask('a'))).toMatchObject({ kind: 'not-found' })
  })

  it('counts from the creation where this client made the task', async () => {
    const fake = createFakeKie()
    const client = createKieClient({ baseUrl: gateway, fetch: fake.fetch })
    const { taskId } = await client.createTask(create)
    fake.inject('fresh-null')
    await vi.advanceTimersByTimeAsync(89_000)
    expect(await client.getTask(taskId)).toMatchObject({ state: 'waiting' })
    await vi.advanceTimersByTimeAsync(1000)
    expect(await errorOf(client.getTask(taskId))).toMatchObject({ kind: 'not-found' })
  })

  it('grants no grace where the server says that there is no such task', async () => {
    const { client } = clientOf({ code: 404, msg: 'Task not found', data: null }, { status: 404 })
    expect(await errorOf(client.getTask('a'))).toMatchObject({ kind: 'not-found', httpStatus: 404 })
  })

  it('does not remember unknown ids without end', async () => {
    const { client } = clientOf({ code: 200, data: null })
    await client.getTask('first')
    await vi.advanceTimersByTimeAsync(90_000)
    for (let index = 0; index < 1000; index++) await client.getTask(`id-${index}`)
    // Forgotten for the thousand after it, so it is new again.
    expect(await client.getTask('first')).toMatchObject({ state: 'waiting' })
  })
})

describe('getCredits and getDownloadUrl', () => {
  it('tells the credits, also when they come as text', async () => {
    expect(await clientOf({ code: 200, msg: 'success', data: 100.5 }).client.getCredits()).toBe(100.5)
    expect(await clientOf({ code: 200, msg: 'success', data: '7' }).client.getCredits()).toBe(7)
    expect(await errorOf(clientOf({ code: 200, data: {} }).client.getCredits())).toMatchObject({
      kind: 'invalid-response',
    })
  })

  it('gives a fresh address for a file', async () => {
    const { client, fetch } = clientOf({ code: 200, msg: 'success', data: 'https://cdn.test/fresh.png' })
    expect(await client.getDownloadUrl('https://cdn.test/a.png')).toBe('https://cdn.test/fresh.png')
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({ method: 'POST', body: '{"url":"https://cdn.test/a.png"}' })
  })

  it('tells a gateway which task the file is of, and Kie, which does not ask for it, nothing of that', async () => {
    const answer = { code: 200, msg: 'success', data: 'https://cdn.test/fresh.png' }
    const bodies = []
    for (const baseUrl of ['/api/kie', 'https://api.kie.ai']) {
      const { client, fetch } = clientOf(answer, {}, { baseUrl })
      await client.getDownloadUrl('https://cdn.test/a.png', { taskId: 't1' })
      bodies.push(fetch.mock.calls[0]?.[1]?.body)
    }
    expect(bodies).toEqual(['{"url":"https://cdn.test/a.png","taskId":"t1"}', '{"url":"https://cdn.test/a.png"}'])
  })

  it('gives no address that a page must not open', async () => {
    const { client } = clientOf({ code: 200, data: 'javascript:alert(1)' })
    expect(await errorOf(client.getDownloadUrl('https://cdn.test/a.png'))).toMatchObject({ kind: 'invalid-response' })
    const refused = clientOf({ code: 422, msg: 'only Kie URLs' }).client
    expect(await errorOf(refused.getDownloadUrl('https://cdn.test/a.png'))).toMatchObject({ kind: 'validation' })
  })

  it('ends at once on an abort', async () => {
    const fake = createFakeKie()
    const client = createKieClient({ baseUrl: gateway, fetch: fake.fetch })
    const signal = AbortSignal.abort()
    expect(await errorOf(client.getCredits({ signal }))).toMatchObject({ kind: 'aborted' })
    expect(await errorOf(client.getDownloadUrl('https://cdn.test/a.png', { signal }))).toMatchObject({
      kind: 'aborted',
    })
  })
})

describe('the key', () => {
  it('is refused in a browser', () => {
    vi.stubGlobal('window', { document: {} })
    expect(() => createKieClient({ apiKey: 'secret' })).toThrow(/Every visitor could read it/)
    expect(() => createKieClient({ apiKey: () => 'secret' })).toThrow(
      expect.objectContaining({ kind: 'auth' }) as Error,
    )
    expect(() => createKieClient({ apiKey: 'secret', dangerouslyAllowBrowser: true })).not.toThrow()
    expect(() => createKieClient({ baseUrl: '/api/kie' })).not.toThrow()
  })

  it('is allowed where a server has declared an empty window', () => {
    vi.stubGlobal('window', undefined)
    expect(() => createKieClient({ apiKey: 'secret' })).not.toThrow()
  })
})
