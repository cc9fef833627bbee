import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFairQueue } from './fair-queue.ts'
import { createRate } from './rate.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a fair queue', () => {
  it('never gives more turns than allowed in any window, and gives everybody one in the end', async () => {
    const arrivals = fc.array(fc.record({ user: fc.constantFrom('a', 'b', 'c'), at: fc.nat(3_000) }), { maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(arrivals, async (requests) => {
        vi.setSystemTime(0)
        const queue = createFairQueue(createRate({ limit: 5, windowMs: 1_000 }), 60_000)
        const given: number[] = []
        for (const { user, at } of requests) {
          setTimeout(() => void queue.turn(user).then(() => given.push(Date.now())), at)
        }
        await vi.advanceTimersByTimeAsync(30_000)
        expect(given).toHaveLength(requests.length)
        for (const [index, at] of given.entries()) {
          const sixth = given[index + 5]
          if (sixth !== undefined) expect(sixth - at).toBeGreaterThanOrEqual(1_000)
        }
      }),
      { numRuns: 50 },
    )
  })

  it('goes round the users: one with many requests does not hold up another', async () => {
    const queue = createFairQueue(createRate({ limit: 1, windowMs: 100 }), 60_000)
    const order: string[] = []
    for (const user of ['many', 'many', 'many', 'many', 'one']) void queue.turn(user).then(() => order.push(user))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(order).toEqual(['many', 'many', 'one', 'many', 'many'])
  })

  it('sends away who would wait too long, with the time to come back', async () => {
    const queue = createFairQueue(createRate({ limit: 1, windowMs: 10_000 }), 1_000)
    await queue.turn('a')
    const refused = expect(queue.turn('a')).rejects.toMatchObject({ code: 429, headers: { 'retry-after': '10' } })
    await vi.advanceTimersByTimeAsync(1_000)
    await refused
    queue.pause(30_000)
    await expect(queue.turn('b')).rejects.toMatchObject({ headers: { 'retry-after': '30' } })
  })

  it('sends away who asks for more than could come to a turn, and nobody else', async () => {
    const queue = createFairQueue(createRate({ limit: 1, windowMs: 60_000 }), 10_000)
    await queue.turn('many')
    const waiting = Promise.allSettled(Array.from({ length: 200 }, () => queue.turn('many')))
    await expect(queue.turn('many')).rejects.toMatchObject({ code: 429 })
    let isRefused = false
    const other = queue.turn('one').catch(() => void (isRefused = true))
    await vi.advanceTimersByTimeAsync(5_000)
    expect(isRefused).toBe(false)
    queue.close()
    await Promise.all([waiting, other])
  })

  it('sends all away when it closes', async () => {
    const queue = createFairQueue(createRate({ limit: 1, windowMs: 10_000 }), 60_000)
    await queue.turn('a')
    const refused = expect(Promise.all([queue.turn('a'), queue.turn('b')])).rejects.toMatchObject({ status: 503 })
    queue.close()
    await refused
    expect(vi.getTimerCount()).toBe(0)
  })
})
