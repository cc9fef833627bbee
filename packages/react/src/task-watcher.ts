import { type KieClient, type KieError, type KieTask, type TaskResult } from '@kiekit/core'
import { notifyManager, type QueryClient, QueryObserver, type QueryObserverResult } from '@tanstack/react-query'
import { followSettings, type KieTaskOptions, kieTaskOptions } from './kie-task-options.ts'
import type { UseKieTaskResult } from './kie-task-result.ts'
import { elapsedAt, lookAt } from './task-look.ts'
import { memoryOf } from './task-memory.ts'

export type WatchOptions = Omit<KieTaskOptions, 'select'>

/** One observer of one task: it asks, and tells what is known. Knows no React. */
export interface TaskWatcher {
  /** Takes effect at once; `read` tells by the same options. */
  setOptions: (options: WatchOptions) => void
  /** Asks from now on; calls back when `read` might tell something else. */
  subscribe: (onChange: () => void) => () => void
  /** The same object until something in it changes. */
  read: (options: WatchOptions) => UseKieTaskResult
}

const noResults: TaskResult[] = []

export function watchTask(
  queryClient: QueryClient,
  client: KieClient,
  scope: string,
  taskId: string | null,
): TaskWatcher {
  const id = taskId ?? ''
  const listeners = new Set<() => void>()
  const tracked = new Set<keyof QueryObserverResult>()
  let isStopped = false
  let options: WatchOptions = { enabled: false }
  let last: { result: UseKieTaskResult; query: QueryObserverResult<KieTask, KieError> } | undefined

  const queryOptions = () => ({
    ...kieTaskOptions(client, id, { ...options, scope, enabled: !isStopped && (options.enabled ?? true) }),
    // Whoever listens here compares for himself.
    notifyOnChangeProps: 'all' as const,
  })
  const observer = new QueryObserver<KieTask, KieError>(queryClient, queryOptions())

  const apply = () => {
    observer.setOptions(queryOptions())
    for (const listener of listeners) listener()
  }
  const refetch = () => {
    if (id) void observer.refetch({ cancelRefetch: false })
  }
  const actions = {
    refetch,
    resume: () => {
      const query = observer.getCurrentQuery()
      memoryOf(query).resumedAtMs = elapsedAt(query, Date.now())
      isStopped = false
      apply()
      refetch()
    },
    stop: () => {
      isStopped = true
      apply()
    },
  }

  function derive(given: WatchOptions): Omit<UseKieTaskResult, 'query'> {
    const enabled = given.enabled ?? true
    const query = observer.getCurrentQuery()
    const { task, error, over, waitMs } = lookAt(query, followSettings(id, given))
    const isPolling = id !== '' && enabled && !isStopped && over === null && waitMs !== false
    const isReconnecting = isPolling && (error !== null || query.state.fetchStatus === 'paused')
    const common = { taskId: id || null, results: noResults, isPolling, isReconnecting, ...actions }
    const unfinished = { ...common, failure: null, error }

    if (id === '' || (!task && !error && !enabled))
      return { ...common, status: 'idle', task: undefined, failure: null, error: null }
    if (task?.state === 'success')
      return { ...common, status: 'success', task, results: task.results, failure: null, error: null }
    if (task?.state === 'fail') return { ...common, status: 'fail', task, failure: task.failure, error: null }
    if (over === 'refused' && error) return { ...unfinished, status: 'error', task, error }
    if (over === 'timed-out') return { ...unfinished, status: 'timed-out', task }
    return task ? { ...unfinished, status: 'running', task } : { ...unfinished, status: 'loading', task }
  }

  return {
    setOptions(next) {
      options = next
      observer.setOptions(queryOptions())
    },
    subscribe(onChange) {
      listeners.add(onChange)
      const unsubscribe = observer.subscribe(notifyManager.batchCalls(onChange))
      observer.updateResult()
      return () => {
        listeners.delete(onChange)
        unsubscribe()
      }
    },
    read(given) {
      const next = derive(given)
      const query = observer.getCurrentResult()
      const seen = last
      if (seen && isSame(seen.result, next) && ![...tracked].some((key) => seen.query[key] !== query[key]))
        return seen.result
      const result = {
        ...next,
        ...(seen && isSameError(seen.result.error, next.error) && { error: seen.result.error }),
        get query() {
          return observer.trackResult(observer.getCurrentResult(), (key) => tracked.add(key))
        },
      } as UseKieTaskResult
      last = { result, query }
      return result
    },
  }
}

function isSame(before: UseKieTaskResult, now: Omit<UseKieTaskResult, 'query'>): boolean {
  return (
    before.status === now.status &&
    before.task === now.task &&
    before.isPolling === now.isPolling &&
    before.isReconnecting === now.isReconnecting &&
    isSameError(before.error, now.error)
  )
}

/** A server that stays down throws a new error at each turn, with nothing new in it. */
function isSameError(before: KieError | null, now: KieError | null): boolean {
  return (
    before === now || (before?.kind === now?.kind && before?.message === now?.message && before?.code === now?.code)
  )
}
