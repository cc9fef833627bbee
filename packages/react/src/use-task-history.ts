'use client'

import type { FailedTask, SucceededTask } from '@kiekit/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import type { KeyValueStorage } from './key-value-storage.ts'
import { useKie } from './kie-context.ts'
import { type TaskHistory, type TaskHistoryEntry, taskHistoryOf } from './task-history.ts'
import { watchTasks } from './task-list-watcher.ts'
import { useWatchOptions } from './use-watch-options.ts'

export interface UseTaskHistoryOptions {
  /** Called once per task, in one of the tabs, when its end is noticed: also for an end while the page was closed. */
  onFinished?: ((task: SucceededTask | FailedTask) => void) | undefined
  /** Where the history is kept. @default the provider's */
  storage?: KeyValueStorage | undefined
}

export interface UseTaskHistoryResult {
  /** Newest first, 200 at most. */
  entries: readonly TaskHistoryEntry[]
  /** Takes in a task that was created elsewhere. Those of `useCreateKieTask` and `useKieGeneration` come by themselves. */
  add: TaskHistory['add']
  remove: TaskHistory['remove']
  /** Forgets all, for example when the user logs out. The tasks themselves go on at Kie. */
  clear: TaskHistory['clear']
}

/**
 * The tasks that were created in this browser: it survives reloads, is shared by tabs and parted by the provider's
 * `scope`. What has not finished is followed as long as the component is mounted.
 *
 * @example
 * ```tsx
 * const { entries } = useTaskHistory({ onFinished: (task) => toast(`${task.model} is done`) })
 * return <TaskList taskIds={entries.map(({ taskId }) => taskId)} />
 * ```
 */
export function useTaskHistory({ onFinished, storage }: UseTaskHistoryOptions = {}): UseTaskHistoryResult {
  const { client, scope, storage: usualStorage } = useKie()
  const queryClient = useQueryClient()
  const watched = useWatchOptions({ priority: 'hidden' })
  const history = useMemo(() => taskHistoryOf(scope, storage ?? usualStorage), [scope, storage, usualStorage])
  const entries = useSyncExternalStore(history.subscribe, history.read, readOnServer)

  const latest = useRef(onFinished)
  useEffect(() => {
    latest.current = onFinished
  })
  const unfinished = JSON.stringify(entries.filter(({ finishedAt }) => finishedAt === null).map(({ taskId }) => taskId))
  useEffect(() => {
    const taskIds = JSON.parse(unfinished) as string[]
    const watcher = watchTasks(queryClient, client, scope)
    // By a subscription and not by rendering: the list shows only what the history itself remembers.
    const settle = () => {
      for (const { status, task, taskId, error } of watcher.read(taskIds, watched).tasks) {
        if (status === 'success' || status === 'fail') {
          if (history.settle(task.taskId, task.state)) latest.current?.(task)
        } else if (status === 'error' && error.kind === 'not-found' && taskId) {
          history.settle(taskId, 'gone')
        }
      }
    }
    watcher.watch(taskIds, watched)
    const unsubscribe = watcher.subscribe(settle)
    settle()
    return unsubscribe
  }, [queryClient, client, scope, history, unfinished, watched])

  return useMemo(
    () => ({ entries, add: history.add, remove: history.remove, clear: history.clear }),
    [entries, history],
  )
}

const noEntries: readonly TaskHistoryEntry[] = []
/** A server knows nobody's storage. */
const readOnServer = () => noEntries
