import { isTerminal, type KieTask, type TaskState } from '@kiekit/core'
import type { Events } from './events.ts'
import type { GatewayLogger } from './logger.ts'
import type { Owners } from './owners.ts'
import { createRecent } from './recent.ts'

/**
 * Tells the owner's browsers when a record, read for whatever reason, has another state than the one before.
 *
 * @param mostRemembered Tasks whose last state is kept in memory.
 */
export function createChanges(
  owners: Owners,
  events: Events,
  logger: GatewayLogger,
  mostRemembered: number,
): (task: KieTask) => void {
  const states = createRecent<TaskState>(mostRemembered)

  async function tell({ taskId, state }: KieTask) {
    const owner = await owners.ownerOf(taskId)
    if (owner) await events.publish(owner.userId, { taskId, state })
  }

  return (task) => {
    const before = states.get(task.taskId)
    states.set(task.taskId, task.state)
    // The first look at a task that is still running changes nothing for anybody.
    if (before === task.state || (before === undefined && !isTerminal(task.state))) return
    tell(task).catch((error: unknown) =>
      logger.warn({ err: error, taskId: task.taskId }, 'A change could not be told.'),
    )
  }
}
