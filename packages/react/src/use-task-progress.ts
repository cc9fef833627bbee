'use client'

import { createDurationStats, isTerminal, type KieTask } from '@kiekit/core'
import { useContext, useMemo, useSyncExternalStore } from 'react'
import { KieContext } from './kie-context.ts'
import { pageDurations } from './kie-task-options.ts'
import type { UseKieTaskResult } from './kie-task-result.ts'
import { createProgressMeter, type TaskProgress } from './task-progress.ts'
import { ticker } from './ticker.ts'

/**
 * How far a task is. It ticks by itself twice a second while the task runs and the page is visible, so that only the
 * component that shows the progress re-renders. Works outside of a provider, too.
 *
 * A fraction comes from Kie, or is marked as an estimate and rests on tasks of the same model that were seen to end in
 * this browser. Otherwise it is `null`: show that something moves, and the elapsed time.
 *
 * @param task - what {@link useKieTask} returns, or a `KieTask`
 *
 * @example
 * ```tsx
 * const { fraction, isEstimate, remainingMs } = useTaskProgress(task)
 * return <progress value={fraction ?? undefined} />
 * ```
 */
export function useTaskProgress(task: UseKieTaskResult | KieTask | null | undefined): TaskProgress {
  const durations = useContext(KieContext)?.durations ?? pageDurations()
  const known = task && 'status' in task ? task.task : (task ?? undefined)
  const isTicking = known !== undefined && !isTerminal(known.state)
  const read = useMemo(() => cachedReader(createProgressMeter(durations)), [durations])
  const readFirst = useMemo(() => cachedReader(createProgressMeter(nothingLearned)), [])
  return useSyncExternalStore(
    isTicking ? ticker.subscribe : neverTicks,
    () => read(known, isTicking ? ticker.now() : 0),
    // The server's clock is not the browser's, nor has it learned the same: both begin with what depends on neither.
    () => readFirst(known, known?.createTime ?? 0),
  )
}

const nothingLearned = /* @__PURE__ */ createDurationStats()
const neverTicks = () => () => {}

/** React compares readings by identity. */
function cachedReader(measure: ReturnType<typeof createProgressMeter>) {
  let last: { task: KieTask | undefined; now: number; progress: TaskProgress } | undefined
  return (task: KieTask | undefined, now: number) => {
    if (!last || last.task !== task || (last.now !== now && !(task && isTerminal(task.state)))) {
      last = { task, now, progress: measure(task, now) }
    }
    return last.progress
  }
}
