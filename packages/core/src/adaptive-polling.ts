import { backoffMs, jitter } from './backoff.ts'
import type { DurationDistribution } from './duration-distribution.ts'
import { fitDurations } from './durations-fit.ts'
import { durationPrior } from './durations-prior.ts'
import type { PollingPolicy } from './polling-policy.ts'
import { isTerminal, type TaskState } from './task.ts'

export interface AdaptivePollingOptions {
  /**
   * What a request is worth, in seconds of delay: with 0.25, one request more is made where it brings the result at
   * least a quarter of a second earlier on average. A larger number asks more rarely.
   * @default 0.25
   */
  secondsPerRequest?: number | undefined
}

/** Between two looks at a task that is doing well, in ms. The docs ask for at most 10 queries a second per key. */
const floorMs = 500
/** However far the end: states are news too, and nothing that was learned is sure. */
const ceilingMs = 60_000
/** Delays vary by this share to both sides, with changes pushed only upwards, so that tasks made together do not ask together for ever. */
const jitterShare = 0.1
/** With an event stream open a look is only a safety net: one when nearly all tasks are done, then hardly any. */
const pushFloorMs = 10_000
const pushCeilingMs = 3_600_000
const pushQuantile = 0.95
/** By what an age is multiplied from one look at a late task to the next. */
const pushStretch = 4
/** `waiting` mostly means that the making has not begun, but some models say it to the end. */
const waitingStretch = 1.15
const intervalsKept = 2000

/**
 * Asks when an answer is likely to be there: often where the model's tasks usually finish, rarely before and after.
 *
 * It is an optimal inspection schedule. Where tasks finish at the hazard rate h(t), and a request is worth c seconds of
 * delay, looks should lie sqrt(2c / h(t)) apart (Keller, Optimum checking schedules for systems subject to random
 * failure, Management Science 21, 1974; Barlow, Hunter and Proschan, Optimum checking procedures, 1963). The hazard
 * comes from the durations learned for the model, given that the task has not finished yet.
 *
 * While changes are pushed it looks only once when nearly all tasks of the model have ended, and hardly any more after
 * that, in case an event was lost.
 *
 * The policy is pure: the same context has the same answer, jitter included.
 *
 * @example
 * ```ts
 * await waitForTask(client, taskId, { polling: adaptivePolling({ secondsPerRequest: 1 }) })
 * ```
 */
export function adaptivePolling({ secondsPerRequest = 0.25 }: AdaptivePollingOptions = {}): PollingPolicy {
  if (!(secondsPerRequest > 0 && secondsPerRequest < Infinity)) {
    throw new RangeError(
      `Kiekit: adaptivePolling was given secondsPerRequest ${secondsPerRequest}. ` +
        'It is the price of a request in seconds of delay, so it must be above 0. Pass 0.25, or leave it out.',
    )
  }

  const price = secondsPerRequest * 1000
  const known = new WeakMap<DurationDistribution, Map<number, number>>()

  /** Remembered, because each observer of a task asks several times per update, and a list may hold a thousand. */
  function intervalAfter(elapsed: number, distribution: DurationDistribution): number {
    const intervals = known.get(distribution) ?? new Map<number, number>()
    const interval = intervals.get(elapsed) ?? inspectionInterval(distribution, elapsed, price)
    if (intervals.size > intervalsKept) intervals.clear()
    known.set(distribution, intervals.set(elapsed, interval))
    return interval
  }

  return (context) => {
    if (isTerminal(context.state)) return false
    const dice = jitter(context.taskId, context.attempt)
    if (context.failures > 0 || context.retryAfterMs !== null) {
      const wait = backoffMs({ ...context, failures: Math.max(1, context.failures) })
      // Never before Retry-After, and not all tasks of a page at once when it is over.
      return Math.round(wait * (1 + jitterShare * dice))
    }

    const elapsed = context.elapsedMs > 0 ? context.elapsedMs : 0
    const distribution =
      context.durations?.distribution(context.model) ?? fitDurations([], durationPrior(context.model))
    if (context.push) {
      const untilMostAreDone = distribution.quantile(pushQuantile) - elapsed
      const wait = untilMostAreDone > 0 ? untilMostAreDone : elapsed * (pushStretch - 1)
      // Only ever later: a look just before most tasks are done would need another one just after.
      return Math.round(clamp(wait, pushFloorMs, pushCeilingMs) * (1 + jitterShare * dice))
    }
    const vary = (ms: number) => ms * (1 + jitterShare * (2 * dice - 1))
    const interval = intervalAfter(elapsed, distribution)
    return Math.round(clamp(vary(stretched(interval, context.state, distribution)), floorMs, ceilingMs))
  }
}

/**
 * The time from `elapsed` to the next look. Intervals of sqrt(2c / h) that change on the way are a density of looks,
 * sqrt(h / 2c) per ms; the next look is where that density adds up to one.
 */
function inspectionInterval(distribution: DurationDistribution, elapsed: number, price: number): number {
  let looks = 0
  let waited = 0
  while (waited < ceilingMs) {
    const step = clamp((elapsed + waited) / 16, 100, ceilingMs / 16)
    const density = Math.sqrt(distribution.hazard(elapsed + waited + step / 2) / (2 * price))
    if (looks + density * step >= 1) return waited + (1 - looks) / density
    looks += density * step
    waited += step
  }
  return ceilingMs
}

/** Before the making begins there is less to hurry for: all of it is still to come. */
function stretched(interval: number, state: TaskState, distribution: DurationDistribution): number {
  if (state === 'waiting') return interval * waitingStretch
  if (state === 'queuing') return Math.max(interval * waitingStretch, distribution.quantile(0.05))
  return interval
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
