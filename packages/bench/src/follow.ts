import type { DurationStats, PollingPolicy, TaskState } from '@kiekit/core'
import type { SimulatedTask } from './truth.ts'

/** What following one task came to. The look at its creation, which every strategy makes, is not counted. */
export interface Followed {
  requests: number
  /** From the task's end to the look that found it. */
  delayMs: number
}

interface FollowOptions {
  taskId: string
  model: string
  /** What Kie calls the state while the task is queued, and while it is made. */
  names: { queued: TaskState; made: TaskState }
  durations: DurationStats
}

/** Follows a task to its end, asking the policy after each look when to look again. */
export function follow(policy: PollingPolicy, task: SimulatedTask, options: FollowOptions): Followed {
  const { taskId, model, names, durations } = options
  let elapsedMs = 0
  let requests = 0
  while (elapsedMs < task.doneMs) {
    const delay = policy({
      taskId,
      model,
      state: elapsedMs < task.queuedMs ? names.queued : names.made,
      elapsedMs,
      attempt: requests + 1,
      failures: 0,
      lastError: null,
      retryAfterMs: null,
      push: false,
      durations,
    })
    if (delay === false) throw new Error(`The policy gave up on a running task after ${elapsedMs} ms.`)
    elapsedMs += delay
    requests++
  }
  return { requests, delayMs: elapsedMs - task.doneMs }
}

/** Follows a task by moments fixed beforehand; after the last one at the same distance again and again. */
export function followSchedule(looks: readonly number[], task: SimulatedTask): Followed {
  const index = looks.findIndex((look) => look >= task.doneMs)
  if (index >= 0) return { requests: index + 1, delayMs: (looks[index] ?? 0) - task.doneMs }
  const last = looks.at(-1) ?? 0
  const gap = last - (looks.at(-2) ?? 0)
  const more = Math.ceil((task.doneMs - last) / gap)
  return { requests: looks.length + more, delayMs: last + more * gap - task.doneMs }
}
