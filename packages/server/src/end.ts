import type { KieTask } from '@kiekit/core'
import type { GatewayLogger } from './logger.ts'
import type { GatewayOptions, OpenResult } from './options.ts'
import type { Store } from './store.ts'
import { every } from './timer.ts'

/** What became of a call of `onTaskFinished`. */
export type Ending = 'done' | 'failed' | 'elsewhere'

/** Calls `onTaskFinished` until it has once come back without an error, in one process at a time. */
export type End = (task: KieTask, userId: string) => Promise<Ending>

// Other processes wait this long for the one that is at it; it says that it is alive three times as often.
const LEASE_MS = 90_000
const KEPT_MS = 90 * 86_400_000

export function createEnd(
  onTaskFinished: NonNullable<GatewayOptions['onTaskFinished']>,
  openResult: (task: KieTask, userId: string) => OpenResult,
  store: Store,
  logger: GatewayLogger,
): End {
  return async (task, userId) => {
    const key = `ended:${task.taskId}`
    if (!(await store.setIfAbsent(key, 'running', { ttlMs: LEASE_MS }))) {
      return (await store.get(key)) === 'done' ? 'done' : 'elsewhere'
    }
    const stop = every(LEASE_MS / 3, () => void store.set(key, 'running', { ttlMs: LEASE_MS }))
    try {
      await onTaskFinished(task, { id: userId }, { openResult: openResult(task, userId) })
    } catch (error) {
      logger.error({ err: error, taskId: task.taskId, user: userId }, 'onTaskFinished failed; it will be tried again.')
      stop()
      await store.delete(key)
      return 'failed'
    }
    stop()
    await store.set(key, 'done', { ttlMs: KEPT_MS })
    return 'done'
  }
}
