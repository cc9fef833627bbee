import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoffMs, jitter } from './backoff.ts'
import { fixedPolling } from './fixed-polling.ts'
import type { PollContext } from './polling-policy.ts'
import { stagedPolling } from './staged-polling.ts'

const context = (more: Partial<PollContext> = {}): PollContext => ({
  taskId: 'a',
  model: 'z-image',
  state: 'generating',
  elapsedMs: 0,
  attempt: 1,
  failures: 0,
  lastError: null,
  retryAfterMs: null,
  push: false,
  durations: null,
  ...more,
})

describe('stagedPolling', () => {
  it.each([
    [0, 2500],
    [29_999, 2500],
    [30_000, 7500],
    [119_999, 7500],
    [120_000, 20_000],
    [3_600_000, 20_000],
  ])('asks %i ms into a task again after %i ms', (elapsedMs, delayMs) => {
    expect(stagedPolling()(context({ elapsedMs }))).toBe(delayMs)
  })
})

describe.each([
  ['stagedPolling', stagedPolling()],
  ['fixedPolling', fixedPolling(3000)],
])('%s', (_, policy) => {
  it('stops at the end of a task', () => {
    expect(policy(context({ state: 'success' }))).toBe(false)
    expect(policy(context({ state: 'fail' }))).toBe(false)
  })

  it('backs off while questions fail', () => {
    const delays = [1, 3, 5, 9].map((failures) => Number(policy(context({ failures }))))
    expect(delays).toEqual([...delays].sort((a, b) => a - b))
    expect(delays[3]).toBeGreaterThanOrEqual(30_000)
    expect(delays[3]).toBeLessThanOrEqual(37_500)
  })

  it('respects Retry-After', () => {
    expect(policy(context({ failures: 1, retryAfterMs: 60_000 }))).toBe(60_000)
  })
})

it('asks as often as it is told', () => {
  expect(fixedPolling(3000)(context({ elapsedMs: 500_000 }))).toBe(3000)
})

describe('backoff', () => {
  it('does not believe a server that asks for hours', () => {
    expect(backoffMs(context({ failures: 1, retryAfterMs: 86_400_000 }))).toBe(300_000)
  })

  it('is the same for the same task and attempt, and spreads tasks that failed together', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.integer({ min: 1, max: 2000 }), (taskId, attempt, failures) => {
        const delay = backoffMs(context({ taskId, attempt, failures }))
        expect(backoffMs(context({ taskId, attempt, failures }))).toBe(delay)
        expect(delay).toBeGreaterThanOrEqual(1000)
        expect(delay).toBeLessThanOrEqual(37_500)
      }),
    )
    const spread = Array.from({ length: 200 }, (_, index) => jitter(`task-${index}`, 1))
    expect(Math.min(...spread)).toBeLessThan(0.1)
    expect(Math.max(...spread)).toBeGreaterThan(0.9)
    expect(new Set(spread).size).toBeGreaterThan(190)
  })
})
