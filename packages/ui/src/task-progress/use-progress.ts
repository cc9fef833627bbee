'use client'
import { isTerminal } from '@kiekit/core'
import { useTaskProgress } from '@kiekit/react'
import { formatClock, formatPercent, formatRoughDuration } from '../duration/format-duration.ts'
import type { TaskStatus, TaskView } from '../task-view/task-view.ts'
import { isWorking, type ProgressWords } from './read-progress.ts'

/** What a bar, a ring or the steps show. */
export interface ProgressReading {
  /** 0..1, 1 only after success, and where it stopped in a task that did; `null` while nobody knows. */
  fraction: number | null
  /** Worked out from how long the model usually takes, not told by Kie. */
  isEstimate: boolean
  /** `45%`, as Kie reports it; `null` otherwise. */
  percent: string | null
  /** The time that has passed, or that it took. */
  time: string | null
  /** How long it will probably take still; `null` where Kie reports a percentage, and outside of work. */
  remaining: string | null
  /** What a screen reader hears as the value. */
  valueText: string
}

interface Figures {
  text: string
  /** As wide as they become, one width a line: for `kie:room`. */
  room: string
  /** Changes when other figures take their place. */
  key: string
}

/** The figures in one line, percentage, time and what is left of it, with the room that they need as they change. */
export function figuresOf(
  { percent, time, remaining }: Pick<ProgressReading, 'percent' | 'time' | 'remaining'>,
  status: TaskStatus,
  words: ProgressWords,
): Figures {
  const line = (...figures: (string | null)[]) => figures.filter((figure) => figure !== null).join(' · ')
  const widest = percent === null ? null : formatPercent(0.99, words.locale)
  const ends =
    remaining === null
      ? [null]
      : [55_000, 3_540_000].map((ms) => words['progress.remaining'](formatRoughDuration(ms, words.locale)))
  return {
    text: line(percent, time, remaining),
    room: ends.map((end) => line(widest, time ?? formatClock(0, words.locale), end)).join('\n'),
    key: `${status} ${percent === null} ${remaining === null}`,
  }
}

/** Reads the progress of a task in the reader's words. Ticks by itself while the task runs. */
export function useProgress({ task, status, phase }: TaskView, words: ProgressWords): ProgressReading {
  const known = useTaskProgress(task)
  const { fraction, isEstimate } = known
  const percent = fraction !== null && status !== 'success' ? formatPercent(fraction, words.locale) : null
  const clock = task === undefined ? null : formatClock(known.elapsedMs, words.locale)
  const hasTimes = !task || !isTerminal(task.state) || (task.createTime !== null && task.completeTime !== null)
  const said = percent !== null && isEstimate ? words['progress.estimate'](percent) : percent
  return {
    fraction,
    isEstimate,
    percent: isEstimate ? null : percent,
    time: clock === null || !hasTimes ? null : status === 'success' ? words['progress.took'](clock) : clock,
    remaining:
      isEstimate && isWorking(status) && known.remainingMs !== null
        ? words['progress.remaining'](formatRoughDuration(known.remainingMs, words.locale))
        : null,
    // No time in it: a screen reader would read each second.
    valueText: said === null ? words[`phase.${phase}`] : `${words[`phase.${phase}`]}, ${said}`,
  }
}
