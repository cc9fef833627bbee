import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keepLines } from '../test/start-gateway.ts'
import { memoryStore } from './memory-store.ts'
import { patientStore } from './patient-store.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A patient store over one that refuses the first `times` writes. */
function failing(times: number) {
  const inner = memoryStore()
  let left = times
  const { logger, lines } = keepLines()
  const store = patientStore(
    {
      ...inner,
      async set(key, value, options) {
        left -= 1
        if (left >= 0) throw new Error('the disk is full')
        await inner.set(key, value, options)
      },
    },
    logger,
  )
  return { inner, store, lines }
}

describe('a write that the store refuses', () => {
  it.each([1, 2, 3, 10])('is kept, readable, and written when the store takes it: %i refusals', async (times) => {
    const { inner, store } = failing(times)
    const written = store.set('owner:a', 'ann')
    expect(await store.get('owner:a')).toBe('ann')
    await vi.advanceTimersByTimeAsync(60_000)
    await written
    expect(await inner.get('owner:a')).toBe('ann')
  })

  it('does not come after what was written since', async () => {
    const { inner, store } = failing(1)
    const ann = store.set('owner:a', 'ann')
    await vi.advanceTimersByTimeAsync(10)
    await store.set('owner:a', 'bob')
    await vi.advanceTimersByTimeAsync(60_000)
    await ann
    expect(await inner.get('owner:a')).toBe('bob')
  })

  it.each([1, 4])('does not bring back what was deleted since: %i refusals', async (times) => {
    const { inner, store, lines } = failing(times)
    const ann = store.set('owner:a', 'ann')
    await vi.advanceTimersByTimeAsync(10)
    await store.delete('owner:a')
    await vi.advanceTimersByTimeAsync(60_000)
    await ann
    expect(await inner.get('owner:a')).toBeNull()
    expect(await store.get('owner:a')).toBeNull()
    expect(lines.join()).not.toContain('kept in memory')
  })
})
