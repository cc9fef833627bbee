import { createFakeKie } from '@kiekit/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { KEY, startGateway } from '../test/start-gateway.ts'
import { memoryStore } from './memory-store.ts'
import type { Store } from './store.ts'

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
    now: 1_800_000_000_000,
  })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A store that takes its time for each step, from 1 to 9 ms, as one across a network does. */
function slow(store: Store, seed: number): Store {
  let state = seed
  const pause = () => {
    state = (state * 16_807) % 2_147_483_647
    return new Promise<void>((resolve) => setTimeout(resolve, 1 + (state % 9)))
  }
  async function slowly<Answer>(step: () => Promise<Answer>): Promise<Answer> {
    await pause()
    const answer = await step()
    await pause()
    return answer
  }
  return {
    ...store,
    get: (...args) => slowly(() => store.get(...args)),
    set: (...args) => slowly(() => store.set(...args)),
    setIfAbsent: (...args) => slowly(() => store.setIfAbsent(...args)),
    delete: (...args) => slowly(() => store.delete(...args)),
  }
}

describe('the limits of one user', () => {
  it('hold for creates in a minute, over all processes, and for each user alone', async () => {
    const store = memoryStore()
    const [one, two] = [1, 2].map(() => startGateway({ store, limits: { createsPerMinute: 2 } }))
    expect((await one?.createRaw())?.status).toBe(200)
    expect((await two?.createRaw())?.status).toBe(200)
    const refused = await one?.createRaw()
    expect([refused?.status, refused?.headers.get('retry-after')]).toEqual([429, '60'])
    expect((await two?.createRaw({ user: 'bob' }))?.status).toBe(200)
    vi.advanceTimersByTime(60_000)
    expect((await one?.createRaw())?.status).toBe(200)
  })

  it('hold for running tasks, until one of them ends', async () => {
    const { create, createRaw, fake } = startGateway({ limits: { runningTasks: 2 } })
    const first = await create()
    await create()
    expect((await createRaw()).status).toBe(429)
    fake.finish(first)
    vi.advanceTimersByTime(1_500)
    expect((await createRaw()).status).toBe(200)
    expect((await createRaw()).status).toBe(429)
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'hold for running tasks when ten more are asked for in two processes the moment that one has ended: %i',
    async (seed) => {
      const store = memoryStore()
      const fake = createFakeKie({ apiKey: KEY })
      const processes = [seed, seed + 1].map((each) =>
        startGateway({ store: slow(store, each), limits: { runningTasks: 1 }, fetch: fake.fetch }),
      )
      const first = processes[0]?.create()
      await vi.advanceTimersByTimeAsync(1_000)
      fake.finish((await first) ?? '')
      await vi.advanceTimersByTimeAsync(1_500)
      const asked = Promise.all(Array.from({ length: 5 }, () => processes.map((one) => one.createRaw())).flat())
      await vi.advanceTimersByTimeAsync(20_000)
      const statuses = (await asked).map(({ status }) => status).sort()
      expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 429)])
      await Promise.all([vi.advanceTimersByTimeAsync(1_000), ...processes.map((one) => one.gateway.close())])
    },
  )

  it('do not count a create that was refused as running', async () => {
    const fake = createFakeKie({ apiKey: KEY })
    const answers = [Response.json({ code: 455, msg: 'maintenance', data: null })]
    const fetch: typeof globalThis.fetch = async (...request) => answers.pop() ?? fake.fetch(...request)
    const { createRaw } = startGateway({ limits: { runningTasks: 1 }, fetch })
    expect((await createRaw()).status).toBe(503)
    expect((await createRaw()).status).toBe(200)
  })

  it('hold for models', async () => {
    const { createRaw, fake } = startGateway({ limits: { models: ['z-image'] } })
    expect((await createRaw({ model: 'z-image' })).status).toBe(200)
    const refused = await createRaw({ model: 'veo-3-1' })
    expect([refused.status, await refused.json()]).toMatchObject([422, { code: 422 }])
    expect(fake.requests).toHaveLength(1)
  })
})

describe('beforeCreate', () => {
  it('may veto, in words for the user, before anything is spent', async () => {
    const asked: unknown[] = []
    const { createRaw, fake } = startGateway({
      beforeCreate: (context) => {
        asked.push(context)
        return { veto: 'You have no credits left.', code: 402 }
      },
    })
    const answer = await createRaw({ key: 'k' })
    expect([answer.status, await answer.json()]).toEqual([
      402,
      { code: 402, msg: 'You have no credits left.', data: null },
    ])
    expect(asked).toEqual([
      { user: { id: 'ann' }, request: { model: 'z-image', input: { prompt: 'a pear' } }, idempotencyKey: 'k' },
    ])
    expect(fake.requests).toHaveLength(0)
  })

  it.each([
    [undefined, 403],
    [401, 401],
    [403, 403],
    [418, 418],
    [429, 429],
    [430, 429],
    [433, 402],
    [455, 503],
    [550, 503],
  ])('with the code %s is HTTP %i', async (code, status) => {
    const { createRaw } = startGateway({ beforeCreate: () => ({ veto: 'No.', code }) })
    const answer = await createRaw()
    expect([answer.status, await answer.json()]).toEqual([status, { code: code ?? 403, msg: 'No.', data: null }])
  })

  it.each([200, 0, 302, 408, 500, 503, 402.5, Number.NaN, 1_000])(
    'cannot say with %d that nothing was made: the create is stopped, and the log says what to do',
    async (code) => {
      const { createRaw, fake, lines } = startGateway({
        limits: { runningTasks: 1 },
        beforeCreate: ({ idempotencyKey }) => (idempotencyKey === 'good' ? undefined : { veto: 'No.', code }),
      })
      const answer = await createRaw()
      expect([answer.status, await answer.json()]).toMatchObject([500, { code: 500 }])
      expect(fake.requests).toHaveLength(0)
      expect(lines.join()).toContain('Return 402 for missing credits')
      expect((await createRaw({ key: 'good' })).status).toBe(200)
    },
  )

  it('stops the create when it throws, and what it threw stays in the log', async () => {
    const { createRaw, fake, lines } = startGateway({
      beforeCreate: () => {
        throw new Error('billing at 10.0.0.9 is down')
      },
    })
    const answer = await createRaw()
    expect(answer.status).toBe(500)
    expect(await answer.text()).not.toContain('10.0.0.9')
    expect(lines.join()).toContain('10.0.0.9')
    expect(fake.requests).toHaveLength(0)
  })

  it('runs once for one idempotency key', async () => {
    let runs = 0
    const { create } = startGateway({ beforeCreate: () => void (runs += 1) })
    await Promise.all([create({ key: 'k' }), create({ key: 'k' })])
    await create({ key: 'k' })
    expect(runs).toBe(1)
  })
})
