import { type DurationStats, isTerminal, type KieError, type KieTask, type PollingPolicy } from '@kiekit/core'
import { asKieError } from './as-kie-error.ts'
import { memoryOf } from './task-memory.ts'
import type { TaskQuery } from './task-query.ts'

/** By what a task is followed. */
export interface FollowSettings {
  taskId: string
  polling: PollingPolicy
  /** How long after its creation a task is asked for, in ms. */
  timeoutMs: number
  durations: DurationStats
  /** Whether changes are pushed at this moment. */
  push: () => boolean
}

/** What the last answer told, and what follows from it. Derived anew each time, so that all observers agree. */
export interface TaskLook {
  task: KieTask | undefined
  /** Why the last request failed; `null` when it did not. */
  error: KieError | null
  /** No request will be made any more: finished, failed for good, or out of time. */
  over: 'finished' | 'refused' | 'timed-out' | null
  /** Epoch ms of the last answer or error; 0 before the first. */
  answeredAt: number
  /** How long after `answeredAt` the next request is due; `false` for never. */
  waitMs: number | false
}

/** After an hour asleep the first requests often fail, because the network is not back yet. So many may, past the limit. */
const failuresPastLimit = 4
/** `setInterval` turns a longer delay into none. */
const longestWaitMs = 86_400_000
const clockToleranceMs = 20

export function lookAt(query: TaskQuery, settings: FollowSettings): TaskLook {
  const { data: task, dataUpdatedAt, errorUpdatedAt, errorUpdateCount, dataUpdateCount, status } = query.state
  const memory = memoryOf(query)
  // Before the first answer a new request makes TanStack Query forget why the last one failed.
  const error =
    status === 'error' ? asKieError(query.state.error) : task || errorUpdateCount === 0 ? null : memory.error
  const answeredAt = error ? errorUpdatedAt : dataUpdatedAt
  const over = (reason: TaskLook['over']): TaskLook => ({ task, error, over: reason, answeredAt, waitMs: false })

  if (task && isTerminal(task.state)) return over('finished')
  if (error && !error.retryable) return over('refused')
  if (answeredAt === 0) return { task, error, over: null, answeredAt, waitMs: 0 }

  const failures = error ? Math.max(1, memory.failures) : 0
  const elapsedMs = elapsedAt(query, answeredAt)
  const limitMs = (memory.resumedAtMs ?? 0) + settings.timeoutMs
  const isPastLimit = elapsedMs >= limitMs - clockToleranceMs
  if (isPastLimit && (failures === 0 || failures >= failuresPastLimit)) return over('timed-out')

  const wait = settings.polling({
    taskId: settings.taskId,
    model: task?.model || (memory.request?.model ?? ''),
    state: task?.state ?? 'waiting',
    elapsedMs,
    attempt: dataUpdateCount + errorUpdateCount,
    failures,
    lastError: error,
    retryAfterMs: error?.retryAfterMs ?? null,
    push: settings.push(),
    durations: settings.durations,
  })
  // The last request of all is made when time is up: the task may have finished since the one before.
  const left = failures > 0 ? Infinity : limitMs - elapsedMs
  const waitMs = typeof wait === 'number' && wait >= 0 && wait < Infinity ? Math.min(wait, left, longestWaitMs) : false
  return { task, error, over: null, answeredAt, waitMs }
}

/** Age of the task at a moment, in ms. Time that a clock set back seems to take away is counted all the same. */
export function elapsedAt(query: TaskQuery, at: number): number {
  return Math.max(memoryOf(query).elapsedMs, at - startOf(query, query.state.data))
}

/** Epoch ms at which a task began, as well as can be known. */
export function startOf(query: TaskQuery, task: KieTask | undefined): number {
  const { createdAt, firstSeenAt } = memoryOf(query)
  return createdAt ?? task?.createTime ?? firstSeenAt
}

/** How long until the next request, from now. A clock that was set back does not put it off. */
export function dueInMs({ answeredAt, waitMs }: TaskLook): number | false {
  return waitMs === false ? false : Math.max(1, Math.min(waitMs, answeredAt + waitMs - Date.now()))
}
