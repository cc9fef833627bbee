import { signCallback } from '@kiekit/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { silent } from '../test/call-back.ts'
import { CREATE, KEY, keepLines, RECORD, startGateway } from '../test/start-gateway.ts'
import { createEvents } from './events.ts'
import { memoryStore } from './memory-store.ts'
import type { GatewayOptions } from './options.ts'
import type { Store } from './store.ts'

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

  it('has a heartbeat every 15 s, and ends within half an hour, so that the user is asked for again', async () => {
    const stream = await listen(startGateway(pushing))
    await stream.next()
    const text: string[] = []
    for (let beat = 0; beat < 120; beat += 1) {
      vi.advanceTimersByTime(15_000)
      const piece = await stream.raw()
      if (piece === undefined) break
      text.push(piece)
    }
    expect(new Set(text)).toEqual(new Set([': still here\n\n']))
    expect(text.length).toBeGreaterThanOrEqual((24 * 60) / 15 - 1)
    expect(text.length).toBeLessThan(120)
  })

  it('is broken off at its end where nobody reads it', async () => {
    const setup = startGateway(pushing)
    const reader = (await setup.ask(EVENTS)).body?.getReader()
    const { value } = (await reader?.read()) ?? {}
    expect(String(value)).not.toBe('')
    await vi.advanceTimersByTimeAsync(30 * 60_000)
    await vi.advanceTimersByTimeAsync(5_000)
    await expect(reader?.read()).rejects.toThrow('nobody reads it')
  })

  it('does not end at the same time as all others that were opened with it', async () => {
    const setup = startGateway(pushing)
    const ends = await Promise.all(
      Array.from({ length: 15 }, async () => {
        const stream = await listen(setup)
        const end = { at: 0 }
        void (async () => {
          while ((await stream.raw()) !== undefined) continue
          end.at = Date.now()
        })()
        return end
      }),
    )
    for (let beat = 0; beat < 121; beat += 1) await vi.advanceTimersByTimeAsync(15_000)
    expect(ends.map(({ at }) => at)).not.toContain(0)
    expect(new Set(ends.map(({ at }) => at)).size).toBeGreaterThan(5)
  })

  it('breaks off when its reader is too slow, and its place is free at once', async () => {
    const store = memoryStore()
    const slow = startGateway({ ...pushing, store, limits: { streams: 1 } })
    const reader = (await slow.ask(EVENTS)).body?.getReader()
    const publish = async (count: number) => {
      for (let task = 0; task < count; task += 1)
        await store.publish('events:ann', JSON.stringify({ taskId: `t${task}`, state: 'success' }))
    }
    await publish(400)
    expect((await slow.ask(EVENTS)).status, 'some hundred events are held').toBe(429)
    await publish(2_000)
    await expect(reader?.read()).rejects.toThrow('nobody reads it')
    expect((await slow.ask(EVENTS)).status).toBe(200)
  })

  it('tells a reader who is behind of changes alone, so that records do not fill the memory', async () => {
    const store = memoryStore()
    const setup = startGateway({ ...pushing, store })
    const stream = await listen(setup)
    const record = { data: { prompt: 'x'.repeat(10_000) } }
    for (let task = 0; task < 50; task += 1)
      await store.publish('events:ann', JSON.stringify({ taskId: `t${task}`, state: 'success', record }))
    await stream.next()
    const told = []
    for (let task = 0; task < 50; task += 1) told.push((await stream.next())?.data)
    expect(told[0]).toEqual({ taskId: 't0', state: 'success', record })
    expect(told[49]).toEqual({ taskId: 't49', state: 'success' })
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

  it('brings the record along, in Kie’s own words', async () => {
    const setup = startGateway(pushing)
    const taskId = await setup.create()
    const stream = await listen(setup)
    await stream.next()
    setup.fake.finish(taskId)
    await callback(setup, taskId)
    const record: unknown = await (await setup.read(taskId)).json()
    expect(record).toMatchObject({ code: 200, data: { state: 'success', resultJson: expect.any(String) as string } })
    expect(await stream.next()).toMatchObject({ event: 'task', data: { taskId, state: 'success', record } })
  })

  it.each([
    ['is too long', 20_000, {}],
    ['was told of while the browser was away', 10, { isAway: true }],
  ])('leaves out a record that %s', async (_, length, { isAway = false }: { isAway?: boolean }) => {
    const setup = startGateway(pushing)
    const taskId = setup.fake.addTask({ model: 'z-image', input: { prompt: 'x'.repeat(length) } })
    await setup.gateway.claim(taskId, 'ann')
    let stream = await listen(setup)
    const ready = await stream.next()
    if (isAway) await stream.close()
    setup.fake.finish(taskId)
    await callback(setup, taskId)
    if (isAway) stream = await listen(setup, { since: ready?.id ?? '' })
    expect((await stream.next())?.data).toEqual({ taskId, state: 'success' })
  })

  it('tells once more of a success whose files come later', async () => {
    const setup = startGateway(pushing)
    const taskId = await setup.create()
    const stream = await listen(setup)
    await stream.next()
    setup.fake.finish(taskId)
    setup.fake.inject('success-without-files', { taskId, times: 1 })
    await callback(setup, taskId)
    expect((await stream.next())?.data).toMatchObject({ taskId, state: 'success', record: { code: 200 } })
    for (let look = 0; look < 3; look += 1) {
      await vi.advanceTimersByTimeAsync(1_500)
      await setup.read(taskId)
    }
    expect(JSON.stringify((await stream.next())?.data)).toContain('resultUrls')
    vi.advanceTimersByTime(15_000)
    expect(await stream.raw()).toBe(': still here\n\n')
  })

  it('tells its own browsers at once, and all others when the store is back', async () => {
    const store = memoryStore()
    let isDown = true
    const publish: Store['publish'] = (...message) =>
      isDown ? Promise.reject(new Error('connection lost')) : store.publish(...message)
    const [one, two] = [startGateway({ ...pushing, store: { ...store, publish } }), startGateway({ ...pushing, store })]
    const taskId = await one.create()
    const [here, there] = [await listen(one), await listen(two)]
    await here.next()
    await there.next()
    one.fake.finish(taskId)
    await callback(one, taskId)
    expect(await here.next()).toMatchObject({ data: { taskId, state: 'success' } })
    expect(one.lines.join()).toContain('A change could not be told; trying again.')
    await vi.advanceTimersByTimeAsync(10 * 60_000)
    isDown = false
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await there.next()).toMatchObject({ data: { taskId, state: 'success' } })
    vi.advanceTimersByTime(15_000)
    for (const stream of [here, there]) expect(await stream.raw()).toBe(': still here\n\n')
  })

  it('is not led back behind the end by a process that is late', async () => {
    const store = memoryStore()
    const stream = await listen(startGateway({ ...pushing, store }))
    await stream.next()
    for (const [taskId, state] of [
      ['t', 'success'],
      ['t', 'generating'],
      ['t', 'success'],
      ['u', 'fail'],
    ])
      await store.publish('events:ann', JSON.stringify({ taskId, state }))
    expect(await stream.next()).toMatchObject({ data: { taskId: 't', state: 'success' } })
    expect(await stream.next()).toMatchObject({ data: { taskId: 'u', state: 'fail' } })
  })

  it('asks to look at everything anew when the store may have lost messages', async () => {
    const store = memoryStore()
    const { logger } = keepLines()
    let gap = () => {}
    const events = createEvents(
      { ...store, subscribe: (channel, listener, onGap) => ((gap = onGap ?? gap), store.subscribe(channel, listener)) },
      5,
      logger,
    )
    const open = async (since: string | null) => {
      const ask = async () => new Response(await events.open('ann', since))
      return listen({ ask })
    }
    const stream = await open(null)
    const ready = await stream.next()
    gap()
    expect(await stream.next()).toMatchObject({ event: 'resync' })
    expect(await (await open(ready?.id ?? '')).next(), 'who was away meanwhile').toMatchObject({ event: 'resync' })
    events.close()
  })

  it('survives a store that does not let go of a channel', async () => {
    const store = memoryStore()
    const subscribe: Store['subscribe'] = async () => () => Promise.reject(new Error('connection lost'))
    const setup = startGateway({ ...pushing, store: { ...store, subscribe } })
    const stream = await listen(setup)
    await stream.next()
    await stream.close()
    await vi.advanceTimersByTimeAsync(3 * 60_000)
    expect(setup.lines.join()).toContain('A channel of the store could not be left.')
    expect((await listen(setup)).response.status).toBe(200)
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

  it('ends when no callbacks arrive, and is refused until one does, so that browsers poll', async () => {
    const setup = startGateway(pushing, silent)
    const stream = await listen(setup)
    const end = (async () => {
      while (await stream.next()) continue
    })()
    const taskIds = [await setup.create(), await setup.create(), await setup.create()]
    for (const taskId of taskIds) {
      setup.fake.finish(taskId)
      await setup.read(taskId)
    }
    await vi.advanceTimersByTimeAsync(2 * 60_000)
    await end
    expect((await setup.ask(EVENTS)).status).toBe(501)
    await callback(setup, taskIds[0] ?? '')
    expect((await setup.ask(EVENTS)).status).toBe(200)
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
    const stream = await listen(setup)
    await stream.next()
    const taskId = await setup.create()
    await setup.read(taskId)
    setup.fake.finish(taskId)
    await callback(setup, taskId)
    expect(await stream.next()).toMatchObject({ data: { taskId, state: 'success' } })
    await setup.read(taskId)
    expect(setup.asked(RECORD)).toBe(2)
  })
})
