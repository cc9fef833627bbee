import type { KieClient } from '@kiekit/core'
import type { QueryClient } from '@tanstack/react-query'
import type { KieTaskStatus, UseKieTaskResult } from './kie-task-result.ts'
import { type TaskWatcher, type WatchOptions, watchTask } from './task-watcher.ts'

export type TaskTotals = Record<KieTaskStatus | 'total', number>

export interface UseKieTasksResult {
  /** In the order of the ids. Each keeps its identity until something in it changes, so that memoised rows rest. */
  tasks: UseKieTaskResult[]
  /** How many there are of each status. */
  totals: TaskTotals
}

type TaskIds = readonly (string | null | undefined)[]

/** Watches several tasks at once. Knows no React. */
export interface TaskListWatcher {
  /** Watches these from now on, and no others. */
  watch: (taskIds: TaskIds, options: WatchOptions) => void
  subscribe: (onChange: () => void) => () => void
  /** The same object until something in it changes. */
  read: (taskIds: TaskIds, options: WatchOptions) => UseKieTasksResult
}

export function watchTasks(queryClient: QueryClient, client: KieClient, scope: string): TaskListWatcher {
  const watchers = new Map<string, TaskWatcher>()
  const subscriptions = new Map<string, () => void>()
  let watched = new Set<string>()
  let given: WatchOptions | undefined
  let notify: (() => void) | undefined
  let isPlanned = false
  let last: UseKieTasksResult | undefined

  function watcherOf(taskId: string): TaskWatcher {
    const watcher = watchers.get(taskId) ?? watchTask(queryClient, client, scope, taskId)
    watchers.set(taskId, watcher)
    return watcher
  }

  /** A batch of a hundred answers is one change. */
  function onChange() {
    if (isPlanned) return
    isPlanned = true
    queueMicrotask(() => {
      isPlanned = false
      notify?.()
    })
  }

  function subscribeAll() {
    for (const taskId of watched) {
      if (!subscriptions.has(taskId)) subscriptions.set(taskId, watcherOf(taskId).subscribe(onChange))
    }
  }

  return {
    watch(taskIds, options) {
      const before = watched
      watched = new Set(taskIds.map((taskId) => taskId ?? ''))
      for (const taskId of watched) {
        if (options !== given || !before.has(taskId)) watcherOf(taskId).setOptions(options)
      }
      given = options
      for (const taskId of watchers.keys()) {
        if (watched.has(taskId)) continue
        subscriptions.get(taskId)?.()
        subscriptions.delete(taskId)
        watchers.delete(taskId)
      }
      if (notify) subscribeAll()
    },
    subscribe(listener) {
      notify = listener
      subscribeAll()
      return () => {
        notify = undefined
        for (const unsubscribe of subscriptions.values()) unsubscribe()
        subscriptions.clear()
      }
    },
    read(taskIds, options) {
      const tasks = taskIds.map((taskId) => watcherOf(taskId ?? '').read(options))
      const isSame = last?.tasks.length === tasks.length && tasks.every((task, index) => task === last?.tasks[index])
      if (last && isSame) return last
      last = { tasks, totals: count(tasks) }
      return last
    },
  }
}

function count(tasks: UseKieTaskResult[]): TaskTotals {
  const totals: TaskTotals = {
    total: tasks.length,
    idle: 0,
    loading: 0,
    running: 0,
    success: 0,
    fail: 0,
    'timed-out': 0,
    error: 0,
  }
  for (const { status } of tasks) totals[status] += 1
  return totals
}
