import type { KieTask } from '@kiekit/core'
import { createFakeKie, type Scenario } from '@kiekit/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { KEY, RECORD, startGateway } from '../test/start-gateway.ts'
import { memoryStore } from './memory-store.ts'
import type { GatewayUser } from './options.ts'
import type { Store } from './store.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const longTask: Scenario = {
  steps: [{ state: 'generating', afterMs: 0 }],
  outcome: { state: 'success', afterMs: 10 * MINUTE, result: { files: ['hills-16x9.png'] }, creditsConsumed: 4 },
}

/** An `onTaskFinished` that notes its calls, and fails the first `failures` times. */
function ends(failures = 0) {
  const calls: [string, string, string][] = []
  const onTaskFinished = async (task: KieTask, user: GatewayUser) => {
    calls.push([task.taskId, task.state, user.id])
    if (calls.length <= failures) throw new Error('the bucket is full')
  }
  return { calls, onTaskFinished }
}

describe('when a task ends', () => {
  it('onTaskFinished runs once, though nobody watches', async () => {
    const { calls, onTaskFinished } = ends()
    const { create, asked } = startGateway({ onTaskFinished })
    const taskId = await create()
    await vi.advanceTimersByTimeAsync(10 * MINUTE)
    expect(calls).toEqual([[taskId, 'success', 'ann']])
    const questions = asked(RECORD)
    expect(questions).toBeLessThan(6)
    await vi.advanceTimersByTimeAsync(60 * MINUTE)
    expect([calls.length, asked(RECORD)]).toEqual([1, questions])
  })

  it('it runs once, however many watch', async () => {
    const { calls, onTaskFinished } = ends()
    const { create, read, fake } = startGateway({ onTaskFinished })
    const taskId = await create()
    fake.finish(taskId)
    await Promise.all([read(taskId), read(taskId), read(taskId)])
    await vi.advanceTimersByTimeAsync(MINUTE)
    await read(taskId)
    expect(calls).toHaveLength(1)
  })

  it('it runs for failed tasks too, and for claimed ones', async () => {
    const { calls, onTaskFinished } = ends()
    const { gateway, fake } = startGateway({ onTaskFinished })
    const taskId = fake.addTask({ model: 'z-image', input: { prompt: 'x' } }, { scenario: 'fail' })
    await gateway.claim(taskId, 'bob')
    await vi.advanceTimersByTimeAsync(MINUTE)
    expect(calls).toEqual([[taskId, 'fail', 'bob']])
  })

  it('it is told whose the task is by then', async () => {
    const { calls, onTaskFinished } = ends()
    const { create, gateway } = startGateway({ onTaskFinished })
    const taskId = await create()
    await gateway.claim(taskId, 'bob')
    await vi.advanceTimersByTimeAsync(10 * MINUTE)
    expect(calls).toEqual([[taskId, 'success', 'bob']])
  })

  it('it is tried again until it comes back without an error', async () => {
    const { calls, onTaskFinished } = ends(3)
    const { create, lines } = startGateway({ onTaskFinished })
    await create()
    await vi.advanceTimersByTimeAsync(5 * MINUTE)
    expect(calls).toHaveLength(4)
    expect(lines.filter((line) => line.includes('the bucket is full'))).toHaveLength(3)
    await vi.advanceTimersByTimeAsync(60 * MINUTE)
    expect(calls).toHaveLength(4)
  })

  it('it is tried again ever more rarely, for days, and then the log says why no longer', async () => {
    const { calls, onTaskFinished } = ends(Number.POSITIVE_INFINITY)
    const { create, lines } = startGateway({ onTaskFinished })
    await create()
    await vi.advanceTimersByTimeAsync(10 * MINUTE)
    expect(calls.length).toBeGreaterThan(5)
    expect(calls.length).toBeLessThan(12)
    await vi.advanceTimersByTimeAsync(2 * DAY)
    const after = calls.length
    await vi.advanceTimersByTimeAsync(10 * MINUTE)
    expect(calls.length).toBeGreaterThan(after)
    expect(lines.join()).not.toContain('has not ended')
    await vi.advanceTimersByTimeAsync(6 * DAY)
    expect(lines.at(-1)).toContain('onTaskFinished has failed for a week')
    const all = calls.length
    await vi.advanceTimersByTimeAsync(DAY)
    expect(calls).toHaveLength(all)
  }, 30_000)

  it.each([
    ['before it is called', 'setIfAbsent', 0],
    ['after it has failed', 'delete', 1],
    ['after it has come back', 'delete', 0],
  ] as const)('it runs though the store fails once, %s', async (_, method, failures) => {
    const store = memoryStore()
    let broken = 1
    const failing: Store = {
      ...store,
      [method]: async (key: string, value: string, options: object) => {
        const isOfEnd = key.startsWith('ended:') || (method === 'delete' && failures === 0 && key.startsWith('watch:'))
        if (isOfEnd && broken > 0) {
          broken -= 1
          throw new Error('the store is away')
        }
        return store[method](key, value, options)
      },
    }
    const { calls, onTaskFinished } = ends(failures)
    const { create, read, fake } = startGateway({ store: failing, onTaskFinished })
    const taskId = await create()
    fake.finish(taskId)
    await read(taskId)
    await vi.advanceTimersByTimeAsync(10 * MINUTE)
    expect(broken).toBe(0)
    expect(calls).toHaveLength(failures + 1)
    expect(await store.list('watch:')).toEqual([])
  })

  it('it is given the files of a success that had none at first', async () => {
    const files: number[] = []
    const onTaskFinished = (task: KieTask) => void files.push(task.state === 'success' ? task.results.length : -1)
    const { create, read, fake } = startGateway({ onTaskFinished })
    const taskId = await create()
    fake.inject('success-without-files', { taskId, times: 2 })
    fake.finish(taskId)
    await read(taskId)
    await vi.advanceTimersByTimeAsync(MINUTE)
    expect(files).toEqual([1])
  })

  it.each([
    ['that has just ended', 0],
    ['of three days ago', 3 * DAY],
  ])('it runs after a while for a success %s and never has files', async (_, age) => {
    const { calls, onTaskFinished } = ends()
    const { create, read, fake, asked } = startGateway({ onTaskFinished })
    fake.inject('offline', { path: RECORD })
    const taskId = await create()
    await vi.advanceTimersByTimeAsync(age)
    fake.clear()
    fake.inject('success-without-files', { taskId })
    fake.finish(taskId)
    const questions = asked(RECORD)
    await read(taskId)
    await vi.advanceTimersByTimeAsync(30_000)
    expect(calls).toEqual([])
    await vi.advanceTimersByTimeAsync(MINUTE)
    expect(calls).toEqual([[taskId, 'success', 'ann']])
    expect(asked(RECORD) - questions).toBeLessThan(10)
  })

  it.each([
    ['ten hours', 10 * HOUR],
    ['three days', 3 * DAY],
  ])('it runs soon after a downtime of %s', async (_, downtime) => {
    const store = memoryStore()
    const fake = createFakeKie({ apiKey: KEY })
    const before = startGateway({ store, fetch: fake.fetch, ...ends() })
    const taskId = await before.create()
    await before.gateway.close()
    await vi.advanceTimersByTimeAsync(downtime)
    const { calls, onTaskFinished } = ends()
    startGateway({ store, fetch: fake.fetch, onTaskFinished })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(calls).toEqual([[taskId, 'success', 'ann']])
  })

  it('what was left by a process that is gone is not asked for all at once', async () => {
    const store = memoryStore()
    const fake = createFakeKie({ apiKey: KEY })
    for (let task = 0; task < 200; task += 1) {
      const taskId = fake.addTask({ model: 'z-image', input: { prompt: 'x' } })
      await store.set(`watch:${taskId}`, JSON.stringify({ userId: 'ann', since: Date.now() }))
      fake.finish(taskId)
    }
    const { calls, onTaskFinished } = ends()
    startGateway({ store, fetch: fake.fetch, onTaskFinished })
    let before = 0
    for (let second = 0; second < 50; second += 1) {
      await vi.advanceTimersByTimeAsync(1_000)
      expect(fake.requests.length - before).toBeLessThanOrEqual(6)
      before = fake.requests.length
    }
    expect(calls).toHaveLength(200)
  }, 30_000)

  it('it runs though the key was refused for more than a day', async () => {
    let isRefused = true
    const { calls, onTaskFinished } = ends()
    const fake = createFakeKie({ apiKey: KEY })
    const { create } = startGateway({
      onTaskFinished,
      fetch: async (input, init) =>
        isRefused && new Request(input).url.includes(RECORD)
          ? Response.json({ code: 401, msg: 'You do not have access permissions' })
          : fake.fetch(input, init),
    })
    const taskId = await create()
    await vi.advanceTimersByTimeAsync(30 * HOUR)
    isRefused = false
    await vi.advanceTimersByTimeAsync(10 * MINUTE)
    expect(calls).toEqual([[taskId, 'success', 'ann']])
  }, 30_000)

  it('it runs at once when another process than the one that follows sees the end', async () => {
    const store = memoryStore()
    const fake = createFakeKie({ apiKey: KEY })
    const { calls, onTaskFinished } = ends()
    const [one, two] = [
      startGateway({ store, fetch: fake.fetch, onTaskFinished }),
      startGateway({ store, fetch: fake.fetch, onTaskFinished }),
    ]
    const taskId = await one.create()
    fake.finish(taskId)
    await two.read(taskId)
    await vi.advanceTimersByTimeAsync(0)
    expect(calls).toEqual([[taskId, 'success', 'ann']])
    await vi.advanceTimersByTimeAsync(HOUR)
    expect(calls).toHaveLength(1)
  })

  it('it runs after a restart for a task that ended meanwhile', async () => {
    const store = memoryStore()
    const fake = createFakeKie({ apiKey: KEY })
    const before = startGateway({ store, fetch: fake.fetch, ...ends() })
    const taskId = await before.create()
    await before.gateway.close()
    fake.finish(taskId)
    const { calls, onTaskFinished } = ends()
    startGateway({ store, fetch: fake.fetch, onTaskFinished })
    await vi.advanceTimersByTimeAsync(MINUTE)
    expect(calls).toEqual([[taskId, 'success', 'ann']])
  })

  it('it runs after a crash, in the middle of itself too', async () => {
    const store = memoryStore()
    const fake = createFakeKie({ apiKey: KEY })
    const crashed = startGateway({ store, fetch: fake.fetch, onTaskFinished: () => new Promise(() => {}) })
    const taskId = await crashed.create()
    fake.finish(taskId)
    // What a process that is gone leaves in the store: its leases, which nobody renews.
    await store.setIfAbsent(`ended:${taskId}`, 'running', { ttlMs: 90_000 })
    const { calls, onTaskFinished } = ends()
    startGateway({ store: { ...store }, fetch: fake.fetch, onTaskFinished })
    await crashed.gateway.close()
    await vi.advanceTimersByTimeAsync(10 * MINUTE)
    expect(calls).toEqual([[taskId, 'success', 'ann']])
  })

  it('it runs in one of several processes that share a store', async () => {
    const store = memoryStore()
    const fake = createFakeKie({ apiKey: KEY })
    const { calls, onTaskFinished } = ends()
    const [one, two] = [1, 2].map(() => startGateway({ store, fetch: fake.fetch, onTaskFinished }))
    const taskId = (await one?.create()) ?? ''
    fake.finish(taskId)
    await Promise.all([one?.read(taskId), two?.read(taskId)])
    await vi.advanceTimersByTimeAsync(10 * MINUTE)
    expect(calls).toHaveLength(1)
  })

  it('a Kie that is down for a while, or that knows nothing yet, does not matter', async () => {
    const { calls, onTaskFinished } = ends()
    const { create, fake } = startGateway({ onTaskFinished })
    fake.inject('fresh-null', { times: 1 })
    const taskId = await create()
    fake.inject('offline', { path: RECORD, times: 4 })
    await vi.advanceTimersByTimeAsync(10 * MINUTE)
    expect(calls).toEqual([[taskId, 'success', 'ann']])
  })

  it('it learns how long a model takes, and asks when the next task is likely to be done', async () => {
    const { calls, onTaskFinished } = ends()
    const { create, asked } = startGateway({ onTaskFinished }, { scenarios: { 'z-image': longTask } })
    const questions: number[] = []
    for (let task = 0; task < 8; task += 1) {
      const before = asked(RECORD)
      await create()
      await vi.advanceTimersByTimeAsync(60 * MINUTE)
      questions.push(asked(RECORD) - before)
    }
    expect(calls).toHaveLength(8)
    expect(questions.at(-1)).toBeLessThan(questions[0] ?? 0)
  }, 30_000)

  /** How often Kie is asked about one long task from its create to its end. */
  async function questionsAboutOne({ create, asked }: ReturnType<typeof startGateway>): Promise<number> {
    const before = asked(RECORD)
    await create()
    await vi.advanceTimersByTimeAsync(60 * MINUTE)
    return asked(RECORD) - before
  }

  it('what it has learned survives a restart', async () => {
    const store = memoryStore()
    const start = () => startGateway({ store, ...ends() }, { scenarios: { 'z-image': longTask } })
    const before = start()
    const first = await questionsAboutOne(before)
    for (let task = 0; task < 7; task += 1) await questionsAboutOne(before)
    await before.gateway.close()
    expect(await questionsAboutOne(start())).toBeLessThan(first)
  }, 30_000)

  it.each([
    'x',
    '{"a":1}',
    '[["z-image",["soon",-1,1e99,null]]]',
    '[[["z-image"],[1]],null,7]',
    `[["z-image",[${'1,'.repeat(200_000)}1]]]`,
  ])(
    'nonsense in the place of what it has learned costs nothing but that (%#)',
    async (nonsense) => {
      const store = memoryStore()
      await store.set('durations:learned:1', nonsense)
      const start = (over: Store) => startGateway({ store: over, ...ends() }, { scenarios: { 'z-image': longTask } })
      expect(await questionsAboutOne(start(store))).toBe(await questionsAboutOne(start(memoryStore())))
      expect(JSON.parse((await store.get('durations:learned:1')) ?? '')).toEqual([['z-image', [10 * MINUTE]]])
    },
    30_000,
  )

  it('what it has learned stays small, however many models and tasks there are', async () => {
    const store = memoryStore()
    const { create } = startGateway({ store, ...ends() })
    for (let task = 0; task < 120; task += 1) {
      await create({ model: `model-${task % 100}-${'x'.repeat(180)}` })
      await vi.advanceTimersByTimeAsync(MINUTE)
    }
    const stored = (await store.get('durations:learned:1')) ?? ''
    expect(JSON.parse(stored)).toHaveLength(64)
    expect(stored.length).toBeLessThan(20_000)
  }, 30_000)

  it('it runs though something unreadable lies beside it in the store', async () => {
    const store = memoryStore()
    await store.set('watch:a', '{"userId":')
    await store.set('watch:b', '7')
    const fake = createFakeKie({ apiKey: KEY })
    const taskId = fake.addTask({ model: 'z-image', input: { prompt: 'x' } })
    await store.set(`watch:${taskId}`, JSON.stringify({ userId: 'ann', since: Date.now() }))
    fake.finish(taskId)
    const { calls, onTaskFinished } = ends()
    const { lines } = startGateway({ store, fetch: fake.fetch, onTaskFinished })
    await vi.advanceTimersByTimeAsync(MINUTE)
    expect(calls).toEqual([[taskId, 'success', 'ann']])
    expect(lines.join()).not.toContain('could not be followed')
  })

  it('a task that never ends is given up after a day', async () => {
    const { calls, onTaskFinished } = ends()
    const { create, fake, lines } = startGateway({ onTaskFinished })
    fake.play('next', 'stuck')
    await create()
    await vi.advanceTimersByTimeAsync(25 * 60 * MINUTE)
    expect(calls).toEqual([])
    expect(lines.join()).toContain('has not ended within a day')
    const questions = fake.requests.length
    await vi.advanceTimersByTimeAsync(25 * 60 * MINUTE)
    expect(fake.requests.length).toBe(questions)
  }, 30_000)
})
