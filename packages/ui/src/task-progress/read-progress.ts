import type { KieErrorKind, TaskFailureReason } from '@kiekit/core'
import { phaseLabels } from '../labels/phase-labels.ts'
import { problemLabels } from '../labels/problem-labels.ts'
import { progressLabels } from '../labels/progress-labels.ts'
import type { TaskStatus, TaskView } from '../task-view/task-view.ts'

/** The English words of the progress. */
export const words = { ...phaseLabels, ...progressLabels, ...problemLabels }
export type ProgressWords = typeof words & { locale: string }

/** Whether the task is on its way and will change by itself. */
export function isWorking(status: TaskStatus): boolean {
  return status === 'running' || status === 'loading'
}

/** The sentence for what is not as it should be, with what can be done; `null` while all is well. */
export function messageOf(view: TaskView, words: ProgressWords, isOffline = false): string | null {
  const failure: TaskFailureReason = view.failure?.reason ?? 'unknown'
  const error: KieErrorKind = view.error?.kind ?? 'server'
  switch (view.status) {
    case 'fail':
      return words[`failure.${failure}`]
    case 'error':
      return words[`error.${error}`]
    case 'timed-out':
      return words['progress.timed-out']
    default:
      // A bare task is followed by nobody, with or without a network.
      if (isOffline && view.refetch && isWorking(view.status)) return words['progress.offline']
      return view.isReconnecting ? words['progress.reconnecting'] : null
  }
}

export interface ProgressAction {
  label: string
  run: () => void
}

/** What a person can do from here; `null` where there is nothing, or nobody who follows the task. */
export function actionOf(view: TaskView, words: ProgressWords): ProgressAction | null {
  if (view.status === 'timed-out' && view.resume) return { label: words['progress.keep-waiting'], run: view.resume }
  if (view.status === 'error' && view.refetch) return { label: words['progress.try-again'], run: view.refetch }
  return null
}
