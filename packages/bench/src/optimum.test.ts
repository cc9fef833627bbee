import { describe, expect, it } from 'vitest'
import { followSchedule } from './follow.ts'
import { optimalLooks } from './optimum.ts'
import { optimalLooksByState } from './optimum-by-state.ts'
import { randomFrom } from './random.ts'
import { logNormal, queued, type SimulatedTask } from './truth.ts'

const truths = {
  'short images': logNormal({ share: 1, medianMs: 15_000, sigma: 0.5 }),
  'long videos': logNormal({ share: 1, medianMs: 150_000, sigma: 0.6 }),
  'a queue': queued({ share: 0.4, medianMs: 75_000, sigma: 0.4 }, { share: 1, medianMs: 25_000, sigma: 0.3 }),
}

describe.each(Object.entries(truths))('the optimum for %s', (_, truth) => {
  const price = 500
  const random = randomFrom(7)
  const tasks = Array.from({ length: 8000 }, () => truth.draw(random))
  const cost = (looks: readonly number[]) =>
    tasks.reduce((sum, task) => {
      const { requests, delayMs } = followSchedule(looks, task)
      return sum + delayMs + price * requests
    }, 0) / tasks.length
  const looks = optimalLooks(truth, price)

  it('is a row of moments, each after the last', () => {
    expect(looks.length).toBeGreaterThan(3)
    expect(looks).toEqual([...new Set(looks)].sort((a, b) => a - b))
  })

  it('is cheaper than any fixed interval', () => {
    for (const interval of [500, 1000, 2000, 3000, 5000, 8000, 12_000, 20_000]) {
      const fixed = Array.from({ length: 2000 }, (_, index) => (index + 1) * interval)
      expect(cost(looks)).toBeLessThan(cost(fixed))
    }
  })

  it('gets no cheaper by stretching or moving it', () => {
    // Its own cost less what chance may make of so many tasks.
    const best = cost(looks) * 0.99
    for (const factor of [0.9, 0.95, 1.05, 1.1]) expect(cost(looks.map((look) => look * factor))).toBeGreaterThan(best)
    for (const by of [-2000, 2000]) {
      expect(cost(looks.map((look) => look + by).filter((look) => look > 0))).toBeGreaterThan(best)
    }
  })
})

describe('the optimum that sees states', () => {
  const truth = queued({ share: 0.5, medianMs: 20_000, sigma: 0.3 }, { share: 1, medianMs: 8000, sigma: 0.3 })
  const { stages } = truth
  if (!stages) throw new Error('The queue is gone.')
  const random = randomFrom(7)
  const tasks = Array.from({ length: 4000 }, () => truth.draw(random))
  const cost = (looksFor: (task: SimulatedTask) => readonly number[]) =>
    tasks.reduce((sum, task) => {
      const { requests, delayMs } = followSchedule(looksFor(task), task)
      return sum + delayMs + 500 * requests
    }, 0) / tasks.length
  const looksFor = optimalLooksByState(stages, 500)

  it('is cheaper than the one that does not', () => {
    const blind = optimalLooks(truth, 500)
    expect(cost(looksFor)).toBeLessThan(0.85 * cost(() => blind))
  })

  it('knows no more than the other where a task was not queued', () => {
    expect(looksFor({ queuedMs: 0, doneMs: 20_000 })).toEqual(optimalLooks(stages.made, 500))
  })

  it('looks at every task until its end', () => {
    for (const task of tasks) expect(followSchedule(looksFor(task), task).delayMs).toBeGreaterThanOrEqual(0)
  })
})
