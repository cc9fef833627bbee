import { expect, it, vi } from 'vitest'
import { delay } from './delay.ts'

it('waits, and leaves nothing behind', async () => {
  vi.useFakeTimers()
  const { signal } = new AbortController()
  const [added, removed] = [vi.spyOn(signal, 'addEventListener'), vi.spyOn(signal, 'removeEventListener')]
  const waited = delay(1000, signal)
  await vi.advanceTimersByTimeAsync(1000)
  await waited
  expect(added).toHaveBeenCalledTimes(1)
  expect(removed.mock.calls).toEqual(added.mock.calls)
  vi.useRealTimers()
})

it('comes back early when it is given up', async () => {
  vi.useFakeTimers()
  const giveUp = new AbortController()
  const waited = delay(1000, giveUp.signal)
  giveUp.abort()
  await waited
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})
