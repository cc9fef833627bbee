import type { DurationDistribution } from './duration-distribution.ts'
import { mixtureOf } from './durations-mixture.ts'

/** What is believed of a model that nothing has been observed of. */
export interface DurationPrior {
  medianMs: number
  /** Log-logistic scale on ln(ms): 0.55 of the standard deviation. */
  scale: number
}

/** Log-logistic scale of a bell whose standard deviation is 1. */
const scaleOfDeviation = Math.sqrt(3) / Math.PI

/** How far the durations of one model spread, as a standard deviation of ln(ms), before any is known. */
const usualSpread = 0.4
/** How many observations that guess is worth. */
const spreadWorth = 2
/** How many observations the prior is worth: it keeps a share for what has not been seen yet. */
const priorWorth = 1
/** What an observation is worth after each newer one: models are retuned and queues come and go. */
const fading = 0.96
/**
 * Silverman's rule has 0.9; with fewer than half of it two humps (with a queue and without) stay two. Found with
 * the simulator in packages/bench, whose cost hardly changes between 0.4 and 0.7.
 */
const bandwidth = 0.5
/** Below this (about 5 % of the duration) it is network noise that is being fitted. */
const smallestScale = 0.05

/**
 * Fits durations of one model (in ms, oldest first): a kernel estimate on ln(ms), mixed with the prior, which is moved
 * towards the observations and stands for all that they do not show.
 */
export function fitDurations(samples: readonly number[], prior: DurationPrior): DurationDistribution {
  const points = samples.map((ms, index) => ({ y: Math.log(ms), worth: fading ** (samples.length - 1 - index) }))
  const worth = points.reduce((sum, point) => sum + point.worth, 0)
  const centre =
    points.reduce((sum, { y, worth }) => sum + y * worth, priorWorth * Math.log(prior.medianMs)) / (worth + priorWorth)
  const scale = Math.max(
    smallestScale,
    bandwidth * scaleOfDeviation * spreadOf(points.map((point) => point.y)) * Math.max(1, samples.length) ** -0.2,
  )
  return mixtureOf([
    { weight: priorWorth / (worth + priorWorth), centre, scale: prior.scale },
    ...points.map((point) => ({ weight: point.worth / (worth + priorWorth), centre: point.y, scale })),
  ])
}

/** A standard deviation that outliers cannot stretch, drawn towards the usual one while there is little to go by. */
function spreadOf(ys: readonly number[]): number {
  const sorted = [...ys].sort((a, b) => a - b)
  const quartile = (p: number) => sorted[Math.round(p * (sorted.length - 1))] ?? 0
  const mean = ys.reduce((sum, y) => sum + y, 0) / ys.length
  const deviation =
    ys.length > 1 ? Math.sqrt(ys.reduce((sum, y) => sum + (y - mean) ** 2, 0) / (ys.length - 1)) : usualSpread
  const robust = ys.length < 4 ? deviation : Math.min(deviation, (quartile(0.75) - quartile(0.25)) / 1.35)
  return Math.sqrt((spreadWorth * usualSpread ** 2 + ys.length * robust ** 2) / (spreadWorth + ys.length))
}
