import { describe, expect, it } from 'vitest'
import { formatClock, formatPercent, formatRoughDuration } from './format-duration.ts'

describe('durations and percentages', () => {
  it('reads like a clock', () => {
    expect(formatClock(42_900, 'en')).toBe('0:42')
    expect(formatClock(65_000, 'en')).toBe('1:05')
    expect(formatClock(3_725_000, 'en')).toBe('1:02:05')
    expect(formatClock(-5, 'en')).toBe('0:00')
    expect(formatClock(86_399_999, 'en')).toBe('23:59:59')
  })

  it('counts days from a day on', () => {
    expect(formatClock(86_400_000, 'en')).toBe('1 day')
    expect(formatClock(2_241_240_000, 'en')).toBe('25 days')
    expect(formatClock(2_241_240_000, 'es')).toBe('25 d')
  })

  it("uses the locale's digits, plurals and units", () => {
    expect(formatClock(65_000, 'ar-EG')).toBe('١:٠٥')
    expect(formatPercent(0.45, 'en')).toBe('45%')
  })

  it('rounds what is only expected, so that it does not fidget', () => {
    expect(formatRoughDuration(1000, 'en')).toBe('5 sec')
    expect(formatRoughDuration(21_000, 'en')).toBe('25 sec')
    expect(formatRoughDuration(61_000, 'en')).toBe('2 min')
  })
})
