import type { KieTask } from '@kiekit/core'

/** Whether a record tells of the end. A success without files does not: now and then Kie adds them a little later. */
export function isFinished(task: KieTask | null): boolean {
  return task?.state === 'fail' || (task?.state === 'success' && task.results.length > 0)
}
