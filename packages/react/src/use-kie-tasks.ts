'use client'

import { useIsRestoring, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useKie } from './kie-context.ts'
import type { FollowOptions } from './kie-task-options.ts'
import { subscribeLater } from './subscribe-later.ts'
import { type UseKieTasksResult, watchTasks } from './task-list-watcher.ts'
import { useWatchOptions } from './use-watch-options.ts'

/**
 * Follows many tasks at once, and counts them by status.
 *
 * @example
 * ```tsx
 * const { tasks, totals } = useKieTasks(taskIds)
 * return <p>{totals.success} of {totals.total} done</p>
 * ```
 */
export function useKieTasks(
  taskIds: readonly (string | null | undefined)[],
  options: FollowOptions = {},
): UseKieTasksResult {
  const { client, scope } = useKie()
  const queryClient = useQueryClient()
  const isRestoring = useIsRestoring()
  const watched = useWatchOptions(options)
  const watcher = useMemo(() => watchTasks(queryClient, client, scope), [queryClient, client, scope])

  // Before the subscription below, which is what asks first.
  useEffect(() => watcher.watch(taskIds, watched), [watcher, taskIds, watched])
  const read = () => watcher.read(taskIds, watched)
  return useSyncExternalStore(isRestoring ? subscribeLater : watcher.subscribe, read, read)
}
