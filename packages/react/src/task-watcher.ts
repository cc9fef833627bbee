import type { KieClient, KieError, KieTask, TaskResult } from '@kiekit/core'
import { notifyManager, type QueryClient, QueryObserver, type QueryObserverResult } from '@tanstack/react-query'
import { followSettings, type KieTaskOptions, kieTaskOptions } from './kie-task-options.ts'
import type { UseKieTaskResult } from './kie-task-result.ts'
import { elapsedAt, lookAt } from './task-look.ts'
import { memoryOf } from './task-memory.ts'

export type WatchOptions = Omit<KieTaskOptions, 'select' | 'scope'>

/** One observer of one task: it asks, and tells what is known. Knows no React. */
export interface TaskWatcher {
  setOptions: (options: WatchOptions) => void
  /** Asks from now on; calls back when `read` might tell something else. */
  subscribe: (onChange: () => void) => () => void
  /** What is known, by these options: the same object until something in it changes. */
  read: (options: WatchOptions) => UseKieTaskResult
  /** Whether this page created the task, so that nothing of its life was missed. */
  wasCreatedHere: () => boolean
}

type Known = Omit<UseKieTaskResult, 'query'>

interface Reading {
  result: UseKieTaskResult
  /** What it was derived from. */
  sources: readonly unknown[]
  query: QueryObserverResult<KieTask, KieError>
}

const noResults: TaskResult[] = []

export function watchTask(
  queryClient: QueryClient,
  client: KieClient,
  scope: string,
  taskId: string | null | undefined,
): TaskWatcher {
  const id = taskId ?? ''
  const listeners = new Set<() => void>()
  const tracked = new Set<keyof QueryObserverResult>()
  let isStopped = false
  let options: WatchOptions = { enabled: false }
  let last: Reading | undefined

  const queryOptions = () => ({
    ...kieTaskOptions(client, id, { ...options, scope, enabled: !isStopped && (options.enabled ?? true) }),
    // What a component sees is compared in `read`.
    notifyOnChangeProps: 'all' as const,
  })
  const observer = new QueryObserver<KieTask, KieError>(queryClient, queryOptions())

  function apply() {
    observer.setOptions(queryOptions())
    for (const listener of listeners) listener()
  }
  function refetch() {
    if (id) void observer.refetch({ cancelRefetch: false })
  }
  function resume() {
    const query = observer.getCurrentQuery()
    memoryOf(query).resumedAtMs = elapsedAt(query, Date.now())
    isStopped = false
    apply()
    refetch()
  }
  function stop() {
    isStopped = true
    apply()
  }

  function derive(given: WatchOptions): Known {
    const query = observer.getCurrentQuery()
    const { task, error, over, waitMs } = lookAt(query, followSettings(id, given))
    const isEnabled = id !== '' && (given.enabled ?? true)
    const isPolling = isEnabled && !isStopped && over === null && waitMs !== false
    const isReconnecting = isPolling && (error !== null || query.state.fetchStatus === 'paused')
    const request = task?.request ?? memoryOf(query).request
    const common = { taskId: id || null, request, results: noResults, isPolling, isReconnecting, refetch, resume, stop }
    const answered = { ...common, failure: null, error: null }
    const unfinished = { ...common, failure: null, error }

    if (task?.state === 'success') return { ...answered, status: 'success', task, results: task.results }
    if (task?.state === 'fail') return { ...answered, status: 'fail', task, failure: task.failure }
    if (over === 'refused' && error) return { ...unfinished, status: 'error', task, error }
    if (over === 'timed-out') return { ...unfinished, status: 'timed-out', task }
    if (task) return { ...unfinished, status: 'running', task }
    return isEnabled ? { ...unfinished, status: 'loading', task } : { ...answered, status: 'idle', task }
  }

  function read(given: WatchOptions): UseKieTaskResult {
    const query = observer.getCurrentResult()
    const { state } = observer.getCurrentQuery()
    const sources = [state, query, given, isStopped, memoryOf(observer.getCurrentQuery()).resumedAtMs]
    if (last && sources.every((source, index) => source === last?.sources[index])) return last.result

    const known = derive(given)
    const { result: shown, query: seen } = last ?? {}
    const isNew = !shown || !isSame(shown, known) || [...tracked].some((key) => seen?.[key] !== query[key])
    const result = isNew ? withQuery(known) : shown
    last = { result, sources, query }
    return result
  }

  /** Handing over the query by a getter lets it note what is read of it. */
  function withQuery(known: Known): UseKieTaskResult {
    return Object.defineProperty(known, 'query', {
      enumerable: true,
      get: () => observer.trackResult(observer.getCurrentResult(), (key) => tracked.add(key)),
    }) as UseKieTaskResult
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
    read,
    wasCreatedHere: () => memoryOf(observer.getCurrentQuery()).createdAt !== null,
  }
}

function isSame(before: UseKieTaskResult, now: Known): boolean {
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
