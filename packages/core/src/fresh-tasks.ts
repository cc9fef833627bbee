import type { KieError } from './kie-error.ts'
import type { PendingTask } from './task.ts'

/** How long Kie may take to know a task that it has just taken on. */
const graceMs = 90_000
const mostRemembered = 1000

/**
 * Kie does not know a task in the first moments after its creation ('recordInfo is null', `data: null`). Such a task
 * counts as waiting for 90 s from its creation where this client made it, else from the first look.
 */
export function createFreshTasks() {
  const since = new Map<string, number>()
  const remember = (taskId: string) => {
    const first = since.get(taskId) ?? Date.now()
    since.set(taskId, first)
    for (const oldest of since.keys()) {
      if (since.size <= mostRemembered) break
      since.delete(oldest)
    }
    return first
  }
  return {
    created: (taskId: string) => void remember(taskId),
    known: (taskId: string) => void since.delete(taskId),
    /** A task in place of the error while the grace lasts; throws the error after it. */
    waitingOrThrow(taskId: string, error: KieError): PendingTask {
      // 404 is a server's own 'not found', the gateway's for example; it will not change.
      const isNotYet = error.kind === 'not-found' && error.code !== null && error.code !== 404
      if (!isNotYet || Date.now() - remember(taskId) >= graceMs) throw error
      return {
        taskId,
        model: '',
        request: null,
        createTime: null,
        updateTime: null,
        completeTime: null,
        creditsConsumed: null,
        rawState: '',
        extra: {},
        state: 'waiting',
        progress: null,
      }
    },
  }
}
