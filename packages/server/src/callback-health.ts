import type { KieTask } from '@kiekit/core'
import type { GatewayLogger } from './logger.ts'
import type { Store } from './store.ts'
import { later } from './timer.ts'

/** Whether Kie's callbacks reach the gateway: a wrong key or a tunnel that is gone makes no noise. */
export interface CallbackHealth {
  /** True until callbacks were missed, and again when one comes; false where there are none at all. */
  isArriving: () => boolean
  /** The listener is told of each change. Returns how to stop that. */
  subscribe: (listener: (isArriving: boolean) => void) => () => void
  /** A valid callback has come, for all processes to know. */
  arrived: (taskId: string) => Promise<void>
  /** The end of a task was read, for whatever reason. */
  ended: (task: KieTask) => void
  close: () => void
}

// So long after the end was read a callback is missing; so many in a row are no accident.
const GRACE_MS = 60_000
const MOST_MISSED = 3
const MARKED_MS = 30 * 60_000
// The callback of what ended longer ago may have come, and its mark be gone.
const RECENT_MS = 10 * 60_000

export function createCallbackHealth(callBackUrl: string | null, store: Store, logger: GatewayLogger): CallbackHealth {
  const startedAt = Date.now()
  const listeners = new Set<(isArriving: boolean) => void>()
  const checks = new Map<string, () => void>()
  let missed = 0
  const isArriving = () => callBackUrl !== null && missed < MOST_MISSED

  function count(misses: number) {
    const before = isArriving()
    missed = misses
    if (isArriving() === before) return
    if (before) {
      logger.warn(
        { callBackUrl },
        'No callbacks arrive, so events come late or not at all. Check that callbackKey is the webhookHmacKey of ' +
          'https://kie.ai/settings, and that the internet reaches publicUrl.',
      )
    } else logger.info({ callBackUrl }, 'Callbacks arrive again.')
    for (const listener of listeners) listener(!before)
  }

  /** Only of a task that was to be reported here, while there was somebody to hear it. */
  function isExpected({ request, completeTime }: KieTask): boolean {
    if (callBackUrl === null || !request?.callBackUrl?.startsWith(callBackUrl)) return false
    return completeTime !== null && completeTime >= Math.max(startedAt, Date.now() - RECENT_MS)
  }

  async function check(taskId: string) {
    checks.delete(taskId)
    // It may have come to another process.
    const mark = await store.get(markOf(taskId))
    count(mark === null ? missed + 1 : 0)
  }

  return {
    isArriving,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async arrived(taskId) {
      count(0)
      await store.set(markOf(taskId), '', { ttlMs: MARKED_MS })
    },
    ended(task) {
      const { taskId } = task
      if (!isExpected(task) || checks.has(taskId)) return
      // A store that is away says nothing about callbacks.
      checks.set(
        taskId,
        later(GRACE_MS, () => void check(taskId).catch(() => undefined)),
      )
    },
    close() {
      for (const cancel of checks.values()) cancel()
      checks.clear()
    },
  }
}

function markOf(taskId: string): string {
  return `called:${taskId}`
}
