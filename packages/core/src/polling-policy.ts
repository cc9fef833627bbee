import type { DurationStats } from './duration-distribution.ts'
import type { KieError } from './kie-error.ts'
import type { TaskState } from './task.ts'

/** What a polling policy may look at when it decides when to ask again. */
export interface PollContext {
  taskId: string
  /** `''` until an answer has named it. */
  model: string
  /** As last told; `'waiting'` before the first answer. */
  state: TaskState
  /** Since the task's creation where that is known, else since the first question. */
  elapsedMs: number
  /** How many questions have been asked so far. */
  attempt: number
  /** How many of the latest questions failed in a row; 0 after a good answer. */
  failures: number
  /** Why the last question failed; `null` after a good answer. */
  lastError: KieError | null
  /** How long the server asked to be left alone. */
  retryAfterMs: number | null
  /** Whether changes are pushed to us, so that questions are only a safety net. */
  push: boolean
  /** What has been learned of how long models take; `null` where nobody keeps count. */
  durations: DurationStats | null
}

/**
 * Decides how long to wait after an answer before the next question: milliseconds, or `false` for never again.
 *
 * A policy is pure and deterministic, jitter included (derive it from `taskId` and `attempt`): TanStack Query evaluates
 * it once per observer and update, and all of them must get the same answer.
 */
export type PollingPolicy = (context: PollContext) => number | false
