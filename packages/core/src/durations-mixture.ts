import type { DurationDistribution } from './duration-distribution.ts'

/** One log-logistic bell on the axis of ln(milliseconds). */
export interface LogLogistic {
  /** Share of the whole; the shares of a mixture add up to 1. */
  weight: number
  /** ln of the median, in milliseconds. */
  centre: number
  /** 0.55 of the standard deviation of ln(ms); below 1, so that the mean exists. */
  scale: number
}

/** Between a microsecond and thirty years nothing overflows, and no survival rounds to 0. */
const earliest = 1e-3
const latest = 1e12
/** The mean is taken over the next 98 % of what may still happen: the far tail of a fit says nothing about tasks. */
const tailLeftOut = 0.02
const areaSteps = 64

/**
 * A distribution of durations as a sum of log-logistic bells.
 *
 * Log-logistic, because its cumulative form needs no special function (few bytes, and exact in the far tail, where
 * 1 − cdf of a normal drowns in rounding), and because its tail is heavy: a task that is far later than ever before is
 * asked about ever more rarely.
 */
export function mixtureOf(components: readonly LogLogistic[]): DurationDistribution {
  function at(t: number) {
    const moment = Math.min(t, latest)
    let below = 0
    let above = 0
    let density = 0
    if (!(moment >= earliest)) return { below, above: 1, density }
    for (const { weight, centre, scale } of components) {
      const odds = Math.exp((Math.log(moment) - centre) / scale)
      below += (weight * odds) / (1 + odds)
      above += weight / (1 + odds)
      density += (weight * odds) / ((1 + odds) * (1 + odds) * scale * moment)
    }
    return { below: Math.min(1, below), above, density }
  }

  /** The time at which survival has fallen to `target`, which lies between 0 and 1, both left out. */
  function whenSurvivalIs(target: number): number {
    const odds = Math.log((1 - target) / target)
    const ends = components.map(({ centre, scale }) => centre + scale * odds)
    let low = Math.min(...ends)
    let high = Math.max(...ends)
    while (high - low > 1e-7) {
      const middle = (low + high) / 2
      if (at(Math.exp(middle)).above > target) low = middle
      else high = middle
    }
    return Math.exp((low + high) / 2)
  }

  return {
    cdf: (t) => at(t).below,
    quantile: (p) => (p > 0 ? (p < 1 ? whenSurvivalIs(1 - p) : Infinity) : 0),
    hazard(t) {
      const { above, density } = at(t)
      return density / above
    },
    expectedRemaining(elapsed) {
      const from = elapsed > 0 ? Math.min(elapsed, latest) : 0
      const alive = at(from).above
      const until = whenSurvivalIs(alive * tailLeftOut)
      // The area under the survival curve, in steps that grow with time, as the curve's features do.
      const start = Math.log(from + 1000)
      const step = (Math.log(until + 1000) - start) / areaSteps
      let area = 0
      for (let index = 0; index < areaSteps; index++) {
        const moment = Math.exp(start + (index + 0.5) * step)
        area += at(moment - 1000).above * moment * step
      }
      return area / alive
    },
  }
}
