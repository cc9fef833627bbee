import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mixtureOf } from './durations-mixture.ts'

const components = fc
  .array(
    fc.record({
      weight: fc.double({ min: 0.01, max: 1, noNaN: true }),
      centre: fc.double({ min: Math.log(1), max: Math.log(86_400_000), noNaN: true }),
      scale: fc.double({ min: 0.05, max: 0.7, noNaN: true }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((parts) => {
    const total = parts.reduce((sum, { weight }) => sum + weight, 0)
    return parts.map((part) => ({ ...part, weight: part.weight / total }))
  })
const anyTime = fc.oneof(fc.double(), fc.double({ min: 0, max: 1e8, noNaN: true }))

describe('a mixture of log-logistics', () => {
  it('never takes back what it says is done, and stays between 0 and 1', () => {
    fc.assert(
      fc.property(
        components,
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        (parts, a, b) => {
          const fit = mixtureOf(parts)
          const [earlier, later] = [fit.cdf(Math.min(a, b)), fit.cdf(Math.max(a, b))]
          expect(earlier).toBeGreaterThanOrEqual(0)
          expect(later).toBeLessThanOrEqual(1)
          expect(later - earlier).toBeGreaterThanOrEqual(-1e-12)
        },
      ),
    )
  })

  it('has a hazard and a time left that are finite and never negative, whatever time is asked for', () => {
    fc.assert(
      fc.property(components, anyTime, (parts, time) => {
        const distribution = mixtureOf(parts)
        for (const value of [distribution.hazard(time), distribution.expectedRemaining(time)]) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThan(Infinity)
        }
      }),
    )
  })

  it('finds the time by which a share is done', () => {
    fc.assert(
      fc.property(components, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (parts, share) => {
        const fit = mixtureOf(parts)
        expect(fit.cdf(fit.quantile(share))).toBeCloseTo(share, 4)
      }),
    )
  })

  it('answers shares that are none with the ends of time', () => {
    const fit = mixtureOf([{ weight: 1, centre: Math.log(5000), scale: 0.3 }])
    expect([-1, 0, Number.NaN].map((share) => fit.quantile(share))).toEqual([0, 0, 0])
    expect([1, 2].map((share) => fit.quantile(share))).toEqual([Infinity, Infinity])
  })

  it('has the hazard of its own cdf', () => {
    fc.assert(
      fc.property(components, fc.double({ min: 0.05, max: 0.9, noNaN: true }), (parts, share) => {
        const fit = mixtureOf(parts)
        const time = fit.quantile(share)
        const step = time * 1e-5
        const slope = (fit.cdf(time + step) - fit.cdf(time - step)) / (2 * step)
        expect(fit.hazard(time) / (slope / (1 - fit.cdf(time)))).toBeCloseTo(1, 2)
      }),
    )
  })

  it('expects a narrow bell at its middle, and less of it the longer it was waited for', () => {
    const fit = mixtureOf([{ weight: 1, centre: Math.log(60_000), scale: 0.05 }])
    expect(fit.expectedRemaining(0)).toBeGreaterThan(58_000)
    expect(fit.expectedRemaining(0)).toBeLessThan(62_000)
    expect(fit.expectedRemaining(40_000)).toBeGreaterThan(18_000)
    expect(fit.expectedRemaining(40_000)).toBeLessThan(22_000)
    expect(fit.expectedRemaining(90_000)).toBeGreaterThan(0)
  })

  it('takes the second hump for granted once the first has passed', () => {
    const fit = mixtureOf([
      { weight: 0.6, centre: Math.log(20_000), scale: 0.1 },
      { weight: 0.4, centre: Math.log(100_000), scale: 0.1 },
    ])
    expect(fit.expectedRemaining(0)).toBeLessThan(60_000)
    expect(fit.expectedRemaining(45_000)).toBeGreaterThan(50_000)
  })
})
