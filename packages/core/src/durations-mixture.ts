import type { DurationDistribution } from './duration-distribution.ts'

/** One log-logistic bell on the axis of ln(milliseconds). */
interface LogLogistic {
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

/** Moments from 0.1 s to twelve days, each 6 % after the last: between them a straight line is near enough. */
const momentAt = (index: number) => 100 * Math.exp(index / 16)
const lastMoment = 260

/** The functions of a distribution, whatever its numbers rest on. */
export type Mixture = Omit<DurationDistribution, 'observations'>

/**
 * A distribution of durations as a sum of log-logistic bells.
 *
 * Log-logistic, because its cumulative form needs no special function (few bytes, and exact in the far tail, where
 * 1 − cdf of a normal drowns in rounding), and because its tail is heavy: a task that is far later than ever before is
 * asked about ever more rarely.
 */
export function mixtureOf(components: readonly LogLogistic[]): Mixture {
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

  const areaBetween = (from: number, to: number) => ((to - from) * (at(from).above + at(to).above)) / 2

  /** The area under the survival curve from each moment on. Worked out once: progress bars ask for it all the time. */
  let areas: Float64Array | undefined
  function areasFromMoments() {
    if (areas) return areas
    areas = new Float64Array(lastMoment + 1)
    let area = 0
    for (let index = lastMoment; index > 0; index--) {
      area += areaBetween(momentAt(index - 1), momentAt(index))
      areas[index - 1] = area
    }
    return areas
  }

  return {
    cdf: (t) => at(t).below,
    quantile: (p) => (p > 0 ? (p < 1 ? whenSurvivalIs(1 - p) : Infinity) : 0),
    hazard(t) {
      const { above, density } = at(t)
      return density / above
    },
    expectedRemaining(elapsed) {
      const from = elapsed > 0 ? Math.min(elapsed, momentAt(lastMoment)) : 0
      const index = Math.min(lastMoment, Math.max(0, Math.ceil(16 * Math.log(from / 100))))
      const area = (areasFromMoments()[index] ?? 0) + areaBetween(from, momentAt(index))
      return Math.max(0, area) / at(from).above
    },
  }
}
