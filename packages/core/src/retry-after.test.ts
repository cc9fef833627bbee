import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { readRetryAfter } from './retry-after.ts'

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-11-23T22:00:00Z') }))
afterEach(() => void vi.useRealTimers())

it.each([
  ['3', 3000],
  ['0', 0],
  [' 120 ', 120_000],
  ['Mon, 23 Nov 2026 22:00:10 GMT', 10_000],
  ['Mon, 23 Nov 2026 21:59:10 GMT', 0],
  ['-5', null],
  ['1.5', null],
  ['soon', null],
  ['99999999999', null],
])('reads %j as %j milliseconds', (value, ms) => {
  expect(readRetryAfter(new Headers({ 'retry-after': value }))).toBe(ms)
})

it('says nothing where the server says nothing', () => {
  expect(readRetryAfter(new Headers())).toBeNull()
})
