'use client'
import { formatClock, formatPercent } from '../duration/format-duration.ts'
import { useElapsedMs } from '../duration/use-elapsed.ts'
import type { TaskView } from '../task-view/task-view.ts'
import { isWorking, type ProgressWords } from './read-progress.ts'

/** What a bar, a ring or the steps show. */
export interface ProgressReading {
  /** 0..1, 1 only after success; `null` while nobody knows. */
  fraction: number | null
  /** `45%`; `null` outside of work and while nobody knows. */
  percent: string | null
  /** The time that has passed, or that it took. */
  time: string | null
  /** What a screen reader hears as the value. */
  valueText: string
}

/** How much is done: only what Kie reports, and never all of it before success. */
function fractionOf({ status, task }: TaskView): number | null {
  if (status === 'success') return 1
  if (task === undefined || !('progress' in task) || task.progress === null) return null
  return Math.min(Math.max(task.progress, 0), 0.99)
}

/** Reads the progress of a task in the reader's words. Ticks once a second while the task runs. */
export function useProgress(view: TaskView, words: ProgressWords): ProgressReading {
  const elapsedMs = useElapsedMs(view.task)
  const fraction = fractionOf(view)
  const clock = elapsedMs === null ? null : formatClock(elapsedMs, words.locale)
  const percent = fraction === null || !isWorking(view.status) ? null : formatPercent(fraction, words.locale)
  const phase = words[`phase.${view.phase}`]
  return {
    fraction,
    percent,
    time: clock !== null && view.status === 'success' ? words['progress.took'](clock) : clock,
    // No time in it: a screen reader would read each second.
    valueText: percent === null ? phase : `${phase}, ${percent}`,
  }
}
