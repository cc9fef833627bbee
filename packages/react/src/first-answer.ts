import type { QueryClient } from '@tanstack/react-query'
import { kieKeys } from './kie-keys.ts'
import type { TaskWatcher, WatchOptions } from './task-watcher.ts'

const pending = new WeakMap<QueryClient, Map<string, Promise<void>>>()

/**
 * Waits until there is something to show of a task, for Suspense. All components that wait for one task share the
 * promise, because React throws away what a suspended component has made.
 */
export function firstAnswer(
  queryClient: QueryClient,
  scope: string,
  taskId: string,
  watcher: TaskWatcher,
  options: WatchOptions,
): Promise<void> {
  const promises = pending.get(queryClient) ?? new Map<string, Promise<void>>()
  pending.set(queryClient, promises)
  const key = JSON.stringify(kieKeys.task(taskId, scope))
  const known = promises.get(key)
  if (known) return known

  const promise = new Promise<void>((resolve) => {
    watcher.setOptions(options)
    const settle = () => {
      const { status, error } = watcher.read(options)
      // On a server no timer asks again: there the first error is the answer.
      if (status === 'loading' && !(error && typeof window === 'undefined')) return
      promises.delete(key)
      unsubscribe()
      resolve()
    }
    const unsubscribe = watcher.subscribe(settle)
    settle()
  })
  if (watcher.read(options).status === 'loading') promises.set(key, promise)
  return promise
}
