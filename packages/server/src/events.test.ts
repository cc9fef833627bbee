import { signCallback } from '@kiekit/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CREATE, KEY, RECORD, startGateway } from '../test/start-gateway.ts'
import { memoryStore } from './memory-store.ts'
import type { GatewayOptions } from './options.ts'

const CALLBACK_KEY = 'webhook-key'
const EVENTS = '/api/v1/kiekit/events'
const CALLBACK = '/api/v1/kiekit/callback'
const pushing: Partial<GatewayOptions> = { callbackKey: CALLBACK_KEY, publicUrl: 'https://app.test/api/kie' }

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

interface ServerEvent {
  id: string
  event: string
  data: unknown
}

type Setup = ReturnType<typeof startGateway>

/** Opens an event stream and gives what it brings, piece by piece. */
async function listen({ ask }: Pick<Setup, 'ask'>, init: { user?: string; since?: string } = {}) {
  const response = await ask(EVENTS, {
    ...(init.user !== undefined && { user: init.user }),
    headers: init.since === undefined ? {} : { 'last-event-id': init.since },
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    response,
    close: () => reader?.cancel(),
    /** Comments and events up to and with the next event; `null` at the end. */
    async next(): Promise<ServerEvent | null> {
      for (;;) {
        const end = text.indexOf('\n\n')
        if (end >= 0) {
          const block = text.slice(0, end)
          text = text.slice(end + 2)
          if (block.startsWith(':')) continue
          const field = (name: string) =>
            block
              .split('\n')
              .find((line) => line.startsWith(`${name}: `))
              ?.slice(name.length + 2) ?? ''
          return { id: field('id'), event: field('event'), data: JSON.parse(field('data')) as unknown }
        }
        const piece = await reader?.read()
        if (!piece || piece.done) return null
        text += piece.value
      }
    },
    /** The raw text that comes next. */
    raw: async () => (await reader?.read())?.value,
  }
}

/** The callback that Kie would send now. */
async function callback(
  { gateway }: Pick<Setup, 'gateway'>,
  taskId: string,
  change: { key?: string; ageMs?: number; query?: string; body?: unknown; headers?: HeadersInit } = {},
) {
  const timestamp = String(Math.floor((Date.now() - (change.ageMs ?? 0)) / 1_000))
  const headers = new Headers({
    'content-type': 'application/json',
    'x-webhook-timestamp': timestamp,
    'x-webhook-signature': await signCallback(taskId, timestamp, change.key ?? CALLBACK_KEY),
  })
  for (const [name, value] of new Headers(change.headers)) headers.set(name, value)
  return gateway.fetch(
    new Request(`https://app.test/api/kie${CALLBACK}${change.query ?? ''}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(change.body ?? { code: 200, msg: 'ok', data: { taskId, state: 'success' } }),
    }),
  )
}

describe('an event stream', () => {
  it('says that it is ready, in a form that no proxy holds back', async () => {
    const setup = startGateway(pushing)
    const stream = await listen(setup)
    expect(Object.fromEntries(stream.response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    })
    expect(await stream.next()).toMatchObject({ event: 'ready', data: {} })
  })

  it('brings the end of a task to its owner’s browsers, all of them, and to nobody else’s', async () => {
    const setup = startGateway(pushing)
    const taskId = await setup.create()
    const streams = [await listen(setup), await listen(setup)]
    const others = await listen(setup, { user: 'bob' })
    for (const stream of [...streams, others]) await stream.next()
    setup.fake.finish(taskId)
    expect((await callback(setup, taskId)).status).toBe(200)
    for (const stream of streams) {
      expect(await stream.next()).toMatchObject({ event: 'task', data: { taskId, state: 'success' } })
    }
    vi.advanceTimersByTime(15_000)
    expect(await others.raw()).toBe(': still here\n\n')
  })

  it('is not troubled by what others say on its channel', async () => {
    const store = memoryStore()
    const setup = startGateway({ ...pushing, store })
    const stream = await listen(setup)
    await stream.next()
    for (const message of ['{', 'null', '[]', '{"taskId":7,"state":"success"}', '{"taskId":"t","state":"done"}'])
      await store.publish('events:ann', message)
    await store.publish('events:ann', '{"taskId":"t","state":"success"}')
    expect(await stream.next()).toMatchObject({ event: 'task', data: { taskId: 't', state: 'success' } })
  })

  it('goes on where it was lost, with no change missed or doubled', async () => {
    const setup = startGateway(pushing)
    const [first, second] = [await setup.create(), await setup.create()]
    const before = await listen(setup)
    await before.next()
    setup.fake.finish(first)
    await callback(setup, first)
    const seen = await before.next()
    await before.close()
    setup.fake.finish(second)
    await callback(setup, second)
    const after = await listen(setup, { since: seen?.id ?? '' })
    expect(await after.next()).toMatchObject({ event: 'task', data: { taskId: second } })
    expect(await after.next()).toMatchObject({ event: 'ready' })
  })

  it.each(['other-1', 'nonsense', '-5', '999999999999999999999'])(
    'asks to look at everything anew when it cannot tell what was missed since %j',
    async (since) => {
      expect(await (await listen(startGateway(pushing), { since })).next()).toMatchObject({ event: 'resync' })
    },
  )

  it('asks the same after so long that what was missed is forgotten', async () => {
    const setup = startGateway(pushing)
    const stream = await listen(setup)
    const ready = await stream.next()
    await stream.close()
    await vi.advanceTimersByTimeAsync(5 * 60_000)
    expect(await (await listen(setup, { since: ready?.id ?? '' })).next()).toMatchObject({ event: 'resync' })
  })

  it('has a heartbeat every 15 s, and ends within the hour, so that the user is asked for again', async () => {
    const stream = await listen(startGateway(pushing))
    await stream.next()
    vi.advanceTimersByTime(15_000)
    expect(await stream.raw()).toBe(': still here\n\n')
    vi.advanceTimersByTime(60 * 60_000)
    expect(await stream.next()).toBeNull()
  })

  it('is dropped when its reader is too slow, and holds only so much till then', async () => {
    const store = memoryStore()
    const slow = startGateway({ ...pushing, store })
    const body = (await slow.ask(EVENTS)).body
    for (let count = 0; count < 2_000; count += 1) {
      await store.publish('events:ann', JSON.stringify({ taskId: `t${count}`, state: 'success' }))
    }
    let bytes = 0
    for (const unread = body?.getReader(); unread; ) {
      const { done, value } = await unread.read()
      if (done) break
      bytes += value.byteLength
    }
    expect(bytes).toBeGreaterThan(1_000)
    expect(bytes).toBeLessThan(80 * 1024)
  })

  it('is one of a few per user', async () => {
    const setup = startGateway({ ...pushing, limits: { streams: 2 } })
    const first = await listen(setup)
    await listen(setup)
    expect((await setup.ask(EVENTS)).status).toBe(429)
    expect((await setup.ask(EVENTS, { user: 'bob' })).status).toBe(200)
    await first.close()
    expect((await setup.ask(EVENTS)).status).toBe(200)
  })

  it('ends when the gateway closes', async () => {
    const setup = startGateway(pushing)
    const stream = await listen(setup)
    await stream.next()
    await setup.gateway.close()
    expect(await stream.next()).toBeNull()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is told across processes that share a store', async () => {
    const store = memoryStore()
    const [one, two] = [startGateway({ ...pushing, store }), startGateway({ ...pushing, store })]
    const taskId = await one.create()
    const stream = await listen(two)
    await stream.next()
    one.fake.finish(taskId)
    await callback(one, taskId)
    expect(await stream.next()).toMatchObject({ event: 'task', data: { taskId, state: 'success' } })
  })

  it('is refused where Kie cannot call back, so that browsers poll', async () => {
    const answer = await startGateway().ask(EVENTS)
    expect([answer.status, await answer.json()]).toMatchObject([501, { code: 505 }])
  })
})

describe('a callback', () => {
  it('is where Kie reports to, whatever address the page gave', async () => {
    const { post, fake } = startGateway(pushing)
    await post(CREATE, { model: 'z-image', input: { prompt: 'x' }, callBackUrl: 'https://evil.test' })
    expect(fake.requests[0]?.body).toMatchObject({
      callBackUrl: expect.stringMatching(
        /^https:\/\/app\.test\/api\/kie\/api\/v1\/kiekit\/callback\?create=[\da-f-]{36}$/,
      ) as string,
    })
  })

  it('is only a reason to read the record: what its body claims counts for nothing', async () => {
    const setup = startGateway(pushing)
    const taskId = await setup.create()
    await callback(setup, taskId, {
      body: { code: 501, data: { taskId, state: 'fail', resultJson: '{"resultUrls":["https://evil.test"]}' } },
    })
    expect(await (await setup.read(taskId)).json()).toMatchObject({
      data: { state: expect.not.stringContaining('fail') as string },
    })
  })

  it.each([
    ['signed with another key', { key: 'another' }],
    ['old', { ageMs: 6 * 60_000 }],
    ['from the future', { ageMs: -6 * 60_000 }],
    ['signed with nonsense', { headers: { 'x-webhook-signature': '§§§' } }],
    ['signed with a shorter signature', { headers: { 'x-webhook-signature': 'AAAA' } }],
    ['without a time', { headers: { 'x-webhook-timestamp': 'now' } }],
  ])('is refused when it is %s', async (_, change) => {
    const setup = startGateway(pushing)
    const taskId = await setup.create()
    const answer = await callback(setup, taskId, change)
    expect([answer.status, await answer.json()]).toMatchObject([401, { code: 401 }])
    expect(setup.asked(RECORD)).toBe(0)
  })

  it.each([[{}], [[]], [{ data: { taskId: 5 } }], [{ data: { taskId: '' } }], [{ data: 'x' }]])(
    'is refused when it is %j',
    async (body) => {
      expect((await callback(startGateway(pushing), 'x', { body })).status).toBe(422)
    },
  )

  it('is taken once, however often it comes', async () => {
    const setup = startGateway(pushing)
    const taskId = await setup.create()
    setup.fake.finish(taskId)
    for (let time = 0; time < 3; time += 1) expect((await callback(setup, taskId)).status).toBe(200)
    expect(setup.asked(RECORD)).toBe(1)
  })

  it('makes the gateway look again when the record is behind it', async () => {
    const setup = startGateway(pushing)
    const taskId = await setup.create()
    const stream = await listen(setup)
    await stream.next()
    await callback(setup, taskId)
    setup.fake.finish(taskId)
    await vi.advanceTimersByTimeAsync(2_500)
    expect(await stream.next()).toMatchObject({ data: { taskId, state: 'success' } })
  })

  it('does not concern us when the task is none of ours', async () => {
    const setup = startGateway(pushing)
    expect((await callback(setup, 'of-another-program')).status).toBe(200)
    expect(setup.fake.requests).toHaveLength(0)
  })

  it('is refused where no key is known', async () => {
    expect((await callback(startGateway(), 't1')).status).toBe(404)
  })

  it('brings back a paid task whose create got no answer', async () => {
    let address = ''
    const setup = startGateway({
      ...pushing,
      fetch: async (input, init) => {
        const request = new Request(input, init)
        if (!request.url.endsWith('createTask'))
          return Response.json({ code: 200, data: { taskId: 'paid', state: 'success' } })
        address = ((await request.json()) as { callBackUrl: string }).callBackUrl
        throw new TypeError('fetch failed')
      },
    })
    expect((await setup.createRaw({ key: 'k' })).status).toBe(504)
    expect((await callback(setup, 'paid', { query: new URL(address).search })).status).toBe(200)
    expect((await setup.read('paid')).status).toBe(200)
    expect((await setup.read('paid', 'bob')).status).toBe(404)
    expect(await (await setup.createRaw({ key: 'k' })).json()).toMatchObject({ code: 200, data: { taskId: 'paid' } })
  })

  it('is all that a task costs in questions, with a stream open', async () => {
    const setup = startGateway(pushing, { apiKey: KEY })
    const taskId = await setup.create()
    await setup.read(taskId)
    setup.fake.finish(taskId)
    await callback(setup, taskId)
    await setup.read(taskId)
    expect(setup.asked(RECORD)).toBe(2)
  })
})
