import type { DurationStats, KieTask } from '@kiekit/core'

/** How far a task is, as far as anyone can know. */
export interface TaskProgress {
  /** Since the task's creation, in ms; how long it took, once it has finished. */
  elapsedMs: number
  /** How long it will probably take still, in ms; `null` when it is not running, or the model is hardly known. */
  remainingMs: number | null
  /**
   * 0..1; `null` while Kie reports none and fewer than three tasks of the model have been seen to end. Never goes
   * backwards, and is never 1 before success.
   */
  fraction: number | null
  /**
   * `true`: worked out from how long the model usually takes, also where Kie has since told of less. `false`: told by
   * Kie, or finished.
   */
  isEstimate: boolean
}

const nothingKnown: TaskProgress = { elapsedMs: 0, remainingMs: null, fraction: null, isEstimate: false }
/**
 * So many tasks of a model must have ended before anything is worked out from them. What is merely usual for its kind of
 * media is off by several times for many models, and one or two tasks may have been odd ones; of three, one is outvoted.
 */
const fewestObservations = 3
/** What a bar may show before success. */
const almost = 0.99

type Reached = Pick<TaskProgress, 'fraction' | 'isEstimate'>
const nowhere: Reached = { fraction: null, isEstimate: false }

/** The further of two. What is worked out takes the place of what Kie told only where it is ahead of it. */
function further(before: Reached, share: number, isEstimate: boolean): Reached {
  const fraction = Math.max(0, Math.min(almost, Number.isFinite(share) ? share : 0))
  const isAhead = before.fraction === null || fraction > before.fraction
  return isAhead || (fraction === before.fraction && !isEstimate) ? { fraction, isEstimate } : before
}

/** Measures one task again and again. It remembers how far it has been, so that no later reading falls behind. */
export function createProgressMeter(stats: DurationStats): (task: KieTask | undefined, now: number) => TaskProgress {
  let taskId: string | undefined
  let reached = nowhere
  let firstSeenAt = Infinity

  return (task, now) => {
    if (!task) return nothingKnown
    if (task.taskId !== taskId) {
      taskId = task.taskId
      reached = nowhere
      firstSeenAt = now
    }
    if (task.state === 'success' || task.state === 'fail') {
      const end = task.completeTime ?? task.updateTime ?? task.createTime
      const elapsedMs = task.createTime === null || end === null ? 0 : Math.max(0, end - task.createTime)
      const last = task.state === 'success' ? { fraction: 1, isEstimate: false } : reached
      return { elapsedMs, remainingMs: null, ...last }
    }
    // Where Kie's clock is ahead of ours the task would seem to begin in the future.
    const elapsedMs = Math.max(0, now - Math.min(task.createTime ?? firstSeenAt, firstSeenAt))
    const durations = stats.distribution(task.model)
    const isLearned = durations.observations >= fewestObservations
    const remainingMs = isLearned ? Math.max(0, durations.expectedRemaining(elapsedMs)) : null
    const share = task.progress ?? (remainingMs === null ? null : elapsedMs / (elapsedMs + remainingMs))
    if (share !== null) reached = further(reached, share, task.progress === null)
    return { elapsedMs, remainingMs, ...reached }
  }
}
