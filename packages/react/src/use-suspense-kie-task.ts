'use client'

import { useQueryClient } from '@tanstack/react-query'
import { firstAnswer } from './first-answer.ts'
import { useKie } from './kie-context.ts'
import type { FollowOptions } from './kie-task-options.ts'
import type { IdleKieTask, LoadingKieTask, UseKieTaskResult } from './kie-task-result.ts'
import { watchTask } from './task-watcher.ts'
import { useKieTask } from './use-kie-task.ts'
import type { TaskCallbacks } from './use-task-callbacks.ts'
import { useWatchOptions } from './use-watch-options.ts'

/** A task of which something is known. */
export type UseSuspenseKieTaskResult = Exclude<UseKieTaskResult, IdleKieTask | LoadingKieTask>

export interface UseSuspenseKieTaskOptions extends Omit<FollowOptions, 'enabled'>, TaskCallbacks {}

/**
 * {@link useKieTask} for Suspense: suspends until the first answer, over lost connections too, and then follows the
 * task to its end. An error that asking again would not change goes to the nearest error boundary.
 *
 * @example
 * ```tsx
 * <Suspense fallback={<p>Loading…</p>}>
 *   <Picture taskId={taskId} />   // const task = useSuspenseKieTask(taskId)
 * </Suspense>
 * ```
 */
export function useSuspenseKieTask(taskId: string, options: UseSuspenseKieTaskOptions = {}): UseSuspenseKieTaskResult {
  const { client, scope } = useKie()
  const queryClient = useQueryClient()
  const watched = useWatchOptions(options)
  const task = useKieTask(taskId, options)

  if (task.status === 'loading') {
    if (task.error && typeof window === 'undefined') throw task.error
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- what Suspense waits for; `use` is not in React 18
    throw firstAnswer(queryClient, scope, taskId, watchTask(queryClient, client, scope, taskId), watched)
  }
  if (task.status === 'idle') {
    throw new TypeError(
      'Kiekit: useSuspenseKieTask was given an empty task id. There is nothing to wait for. ' +
        'Render the component once there is an id, or use useKieTask, which is idle until then.',
    )
  }
  if (task.status === 'error' && !task.task) throw task.error
  return task
}
