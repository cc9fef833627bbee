import type { DurationDistribution } from './duration-distribution.ts'
import { mixtureOf } from './durations-mixture.ts'

/** What is believed of a model that nothing has been observed of. */
export interface DurationPrior {
  medianMs: number
  /** Log-logistic scale on ln(ms): 0.55 of the standard deviation. */
  scale: number
}

// The numbers below were found with the simulator in packages/bench. Its costs are flat around them.

/** How many observations the prior is worth: it keeps a share for what has not been seen yet. */
const priorWorth = 1
/** What an observation is worth after each newer one: models are retuned, queues come and go. */
const fading = 0.98
/** How far the durations of one model spread, as a standard deviation of ln(ms), before any is known. */
const usualSpread = 0.4
/** How many observations that guess is worth. */
const spreadWorth = 2
/** How much ln(ms) may be expected to drift from task to task, as a standard deviation. */
const usualDrift = 0.02
/** Silverman's rule has 0.9; a little less keeps two humps (with a queue and without) apart. */
const bandwidth = 0.7
/** A lonely observation stands for more of what lies around it: half the way to its second neighbour. */
const reach = 0.5
/** Below the first, about 5 % of the duration, it would be network noise that is fitted; the second is a prior's. */
const smallestScale = 0.05
const largestScale = 0.4
/** Content refusals end a task in seconds, whatever the model. Rare enough to cost nothing where there are none. */
const refusal = { weight: 0.005, centre: Math.log(8000), scale: 0.4 }
/** Log-logistic scale of a bell whose standard deviation is 1. */
const scaleOfDeviation = Math.sqrt(3) / Math.PI

/**
 * Fits durations of one model (in ms, oldest first): a kernel estimate on ln(ms), mixed with the prior, which is moved
 * towards the observations and stands for all that they do not show.
 */
export function fitDurations(samples: readonly number[], prior: DurationPrior): DurationDistribution {
  const points = withoutDrift(samples.map((ms) => Math.log(ms)))
  const weighted = points.map((y, index) => ({ y, worth: fading ** (points.length - 1 - index) }))
  const total = weighted.reduce((sum, { worth }) => sum + worth, priorWorth)
  const sum = weighted.reduce((sum, { y, worth }) => sum + y * worth, priorWorth * Math.log(prior.medianMs))
  const scale = Math.max(
    smallestScale,
    bandwidth * scaleOfDeviation * spreadOf(points) * Math.max(1, points.length) ** -0.2,
  )
  const share = (1 - refusal.weight) / total
  const mixture = mixtureOf([
    refusal,
    { weight: priorWorth * share, centre: sum / total, scale: prior.scale },
    ...weighted.map(({ y, worth }) => ({
      weight: worth * share,
      centre: y,
      scale: Math.min(largestScale, Math.max(scale, reach * loneliness(points, y))),
    })),
  ])
  return { ...mixture, observations: samples.length }
}

/** The distance to the second nearest of the other points; 0 while there are fewer. */
function loneliness(points: readonly number[], of: number): number {
  return points.map((y) => Math.abs(y - of)).sort((a, b) => a - b)[2] ?? 0
}

/**
 * Moves older points to where they would lie today. The trend is a least-squares line through points whose outliers
 * are cut off, drawn towards flat as far as chance alone could have made it.
 */
function withoutDrift(points: readonly number[]): number[] {
  const spread = spreadOf(points)
  const middle = (points.length - 1) / 2
  const median = quantileOf(points, 0.5)
  let along = 0
  let square = (spread / usualDrift) ** 2
  for (const [index, y] of points.entries()) {
    along += (index - middle) * Math.max(-2 * spread, Math.min(2 * spread, y - median))
    square += (index - middle) ** 2
  }
  return points.map((y, index) => y + (along / square) * (points.length - 1 - index))
}

/** A standard deviation that outliers cannot stretch, drawn towards the usual one while there is little to go by. */
function spreadOf(points: readonly number[]): number {
  const count = points.length
  const mean = points.reduce((sum, y) => sum + y, 0) / count
  const variance = count > 1 ? points.reduce((sum, y) => sum + (y - mean) ** 2, 0) / (count - 1) : usualSpread ** 2
  const quartiles = (quantileOf(points, 0.75) - quantileOf(points, 0.25)) / 1.35
  const robust = count < 4 ? variance : Math.min(variance, quartiles ** 2)
  return Math.sqrt((spreadWorth * usualSpread ** 2 + count * robust) / (spreadWorth + count))
}

function quantileOf(points: readonly number[], p: number): number {
  return [...points].sort((a, b) => a - b)[Math.round(p * (points.length - 1))] ?? 0
}
