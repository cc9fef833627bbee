'use client'

import { useIsRestoring, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useKie } from './kie-context.ts'
import type { FollowOptions } from './kie-task-options.ts'
import type { UseKieTaskResult } from './kie-task-result.ts'
import { subscribeLater } from './subscribe-later.ts'
import { watchTask } from './task-watcher.ts'
import { type TaskCallbacks, useTaskCallbacks } from './use-task-callbacks.ts'
import { useWatchOptions } from './use-watch-options.ts'

export interface UseKieTaskOptions extends FollowOptions, TaskCallbacks {}

/**
 * Follows a task to its end. Any number of hooks on one task make one request per turn, in all tabs together; a hidden
 * or offline tab asks nothing, and asks at once when it is back.
 *
 * @param taskId - what `createTask` returned; without one the hook is `idle` and asks nothing
 *
 * @example
 * ```tsx
 * const task = useKieTask(taskId)
 * if (task.status === 'success') return <ResultGallery task={task} />
 * if (task.status === 'fail') return <p>{task.failure.message}</p>
 * if (task.status === 'timed-out') return <button onClick={task.resume}>Keep waiting</button>
 * if (task.status === 'error') return <p>{task.error.message}</p>
 * return <p>{task.isReconnecting ? 'Reconnecting…' : 'Working…'}</p>
 * ```
 */
export function useKieTask(taskId: string | null | undefined, options: UseKieTaskOptions = {}): UseKieTaskResult {
  const { client, scope } = useKie()
  const queryClient = useQueryClient()
  const isRestoring = useIsRestoring()
  const watched = useWatchOptions(options)
  const watcher = useMemo(() => watchTask(queryClient, client, scope, taskId), [queryClient, client, scope, taskId])

  // Before the subscription below, which is what asks first.
  useEffect(() => watcher.setOptions(watched), [watcher, watched])
  const read = () => watcher.read(watched)
  const task = useSyncExternalStore(isRestoring ? subscribeLater : watcher.subscribe, read, read)
  useTaskCallbacks(task, options, watcher)
  return task
}
