import { createFakeKie } from '@kiekit/testing'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CREATE, KEY, RECORD, startGateway } from '../test/start-gateway.ts'
import { createFairQueue } from './fair-queue.ts'
import { consoleLogger } from './logger.ts'
import { memoryStore } from './memory-store.ts'
import { createSharedRate } from './shared-rate.ts'
import type { Store, StoreRates } from './store.ts'

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
    now: 1_800_000_000_000,
  })
})
afterEach(() => {
  vi.useRealTimers()
})

/** The largest number of these times within any `windowMs`. */
function most(times: number[], windowMs: number): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + windowMs).length))
}

/** Gateways on one store, in front of one Kie; `times` has when it was asked, by path. */
function startProcesses(count: number, store: Store = memoryStore()) {
  const times: Record<string, number[]> = {}
  const fake = createFakeKie({
    apiKey: KEY,
    seed: 1,
    onRequest: ({ path }) => void (times[path] ??= []).push(Date.now()),
  })
  const processes = Array.from({ length: count }, () => startGateway({ store, fetch: fake.fetch }))
  const addTask = () => fake.addTask({ model: 'z-image', input: { prompt: 'x' } })
  const at = (index: number) => {
    const found = processes[index % count]
    if (!found) throw new Error('there are no processes')
    return found
  }
  return { fake, times, processes, addTask, at }
}

describe('Kie’s limits over several processes that share a store', () => {
  it('hold for questions in any second', async () => {
    const { at, times, addTask } = startProcesses(3)
    const answers: Promise<Response>[] = []
    for (let task = 0; task < 45; task += 1) {
      const taskId = addTask()
      await at(task).gateway.claim(taskId, 'ann')
      answers.push(at(task).read(taskId))
    }
    await vi.advanceTimersByTimeAsync(9_000)
    for (const answer of await Promise.all(answers)) expect(answer.status).toBe(200)
    expect(times[RECORD]).toHaveLength(45)
    expect(most(times[RECORD] ?? [], 1_000)).toBe(10)
  })

  it('hold for creates in any ten seconds', async () => {
    const { at, times } = startProcesses(2)
    const answers = Array.from({ length: 45 }, (_, index) => at(index).createRaw())
    await vi.advanceTimersByTimeAsync(30_000)
    expect((await Promise.all(answers)).filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(40)
    expect(most(times[CREATE] ?? [], 10_000)).toBe(20)
  })

  it('hold however many processes and arrivals there are, and everybody gets a turn in the end', async () => {
    const arrival = fc.record({ process: fc.nat(2), user: fc.constantFrom('a', 'b'), at: fc.nat(3_000) })
    await fc.assert(
      fc.asyncProperty(fc.array(arrival, { maxLength: 60 }), async (arrivals) => {
        const rates = ratesOf(memoryStore())
        const queues = [1, 2, 3].map(() =>
          createFairQueue(createSharedRate('x', { limit: 5, windowMs: 1_000 }, rates, consoleLogger), 60_000),
        )
        const given: number[] = []
        for (const { process, user, at } of arrivals)
          setTimeout(() => void queues[process]?.turn(user).then(() => given.push(Date.now())), at)
        await vi.advanceTimersByTimeAsync(30_000)
        expect(given).toHaveLength(arrivals.length)
        expect(arrivals.length === 0 ? 0 : most(given, 1_000)).toBeLessThanOrEqual(5)
      }),
      { numRuns: 30 },
    )
  })

  it('make all of them pause when Kie tells one to, and their browsers are told', async () => {
    const { at, fake, times, addTask } = startProcesses(2)
    const taskId = addTask()
    await at(0).gateway.claim(taskId, 'ann')
    fake.inject('rate-limit', { times: 1, retryAfterSeconds: 15 })
    const first = await at(0).read(taskId)
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '15'])
    const second = at(1).read(taskId)
    const create = at(1).createRaw()
    await vi.advanceTimersByTimeAsync(10_000)
    expect([(await second).status, (await second).headers.get('retry-after')]).toEqual([429, '5'])
    await vi.advanceTimersByTimeAsync(10_000)
    expect((await create).status).toBe(200)
    expect([times[RECORD]?.length, times[CREATE]?.length]).toEqual([1, 1])
  })

  it('are kept by each process for itself while the store fails, and one line says so', async () => {
    let fails = true
    const real = ratesOf(memoryStore())
    const rates: StoreRates = {
      take: async (...args) => (fails ? Promise.reject(new Error('READONLY')) : real.take(...args)),
      pause: (ms) => real.pause(ms),
    }
    const { at, times, addTask, processes } = startProcesses(1, { ...memoryStore(), rates })
    const ask = async (count: number) => {
      const ids = Array.from({ length: count }, addTask)
      for (const taskId of ids) await at(0).gateway.claim(taskId, 'ann')
      const answers = Promise.all(ids.map((taskId) => at(0).read(taskId)))
      await vi.advanceTimersByTimeAsync(5_000)
      return (await answers).map(({ status }) => status)
    }
    expect(new Set(await ask(25))).toEqual(new Set([200]))
    expect(most(times[RECORD] ?? [], 1_000)).toBe(10)
    const lines = () => processes[0]?.lines.filter((line) => line.includes('requests to Kie.ai')) ?? []
    expect(lines()).toEqual([expect.stringMatching(/^warn The store does not count .*READONLY/)])
    fails = false
    await ask(1)
    expect(lines().slice(1)).toEqual([expect.stringMatching(/^info The store counts .* again/)])
  })

  it('are kept, too, while the store does not answer', async () => {
    const rates: StoreRates = { take: () => new Promise(() => {}), pause: () => new Promise(() => {}) }
    const { at, addTask } = startProcesses(1, { ...memoryStore(), rates })
    const taskId = addTask()
    await at(0).gateway.claim(taskId, 'ann')
    const answer = at(0).read(taskId)
    await vi.advanceTimersByTimeAsync(1_000)
    expect((await answer).status).toBe(200)
  })

  it('are not asked for in the store when this process alone has used them up', async () => {
    let asked = 0
    const rates: StoreRates = {
      take: async () => {
        asked += 1
        return { kind: 'taken' }
      },
      pause: async () => {},
    }
    const queue = createFairQueue(createSharedRate('x', { limit: 5, windowMs: 1_000 }, rates, consoleLogger), 60_000)
    const turns = Promise.all(Array.from({ length: 12 }, () => queue.turn('ann')))
    await vi.advanceTimersByTimeAsync(3_000)
    await turns
    expect(asked).toBe(12)
  })
})

describe('a runtime in which requests cannot wait for each other', () => {
  it('keeps to the limits all the same, each request waiting for itself', async () => {
    vi.stubGlobal('navigator', { userAgent: 'Cloudflare-Workers' })
    try {
      const { at, times, addTask } = startProcesses(2)
      const ids = Array.from({ length: 25 }, addTask)
      for (const [index, taskId] of ids.entries()) await at(index).gateway.claim(taskId, 'ann')
      const answers = Promise.all(ids.map((taskId, index) => at(index).read(taskId)))
      await vi.advanceTimersByTimeAsync(5_000)
      for (const answer of await answers) expect(answer.status).toBe(200)
      expect(most(times[RECORD] ?? [], 1_000)).toBe(10)
    } finally {
      vi.unstubAllGlobals()
    }
  })
})

function ratesOf({ rates }: Store): StoreRates {
  if (!rates) throw new Error('this store keeps no rates')
  return rates
}
