import { isTerminal, type KieTask, type TaskState } from '@kiekit/core'
import type { Events } from './events.ts'
import { parseJson } from './json.ts'
import type { GatewayLogger } from './logger.ts'
import type { Owners } from './owners.ts'
import { createRecent } from './recent.ts'
import type { TaskRecord } from './records.ts'
import { later } from './timer.ts'

/** Tells the owner's browsers when a record, read for whatever reason, says something else than the one before. */
export interface Changes {
  saw: (task: KieTask, record: TaskRecord) => void
  close: () => void
}

/** What is told of once: a success whose files come later is told of again when they are there. */
type Standing = TaskState | 'success without files'

// In characters. What is longer is told of without its record, which browsers then ask for.
const LONGEST_RECORD = 16_000
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 60_000

/** @param mostRemembered Tasks whose last state is kept in memory. */
export function createChanges(owners: Owners, events: Events, logger: GatewayLogger, mostRemembered: number): Changes {
  const standings = createRecent<Standing>(mostRemembered)
  const retries = new Set<() => void>()
  let closed = false

  async function tell(task: KieTask, record: TaskRecord, attempt = 1) {
    const { taskId, state } = task
    const standing = standingOf(task, record.isEnd)
    try {
      const owner = await owners.ownerOf(taskId)
      if (!owner) return
      const short = record.text.length > LONGEST_RECORD ? undefined : parseJson(record.text)
      await events.publish(owner.userId, { taskId, state, isWhole: standing === state, record: short })
    } catch (error) {
      if (closed) return
      if (attempt === 1) logger.warn({ err: error, taskId }, 'A change could not be told; trying again.')
      const retry = later(Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS), () => {
        retries.delete(retry)
        // What has come since is told on its own.
        if (standings.get(taskId) === standing) void tell(task, record, attempt + 1)
      })
      retries.add(retry)
    }
  }

  return {
    saw(task, record) {
      const before = standings.get(task.taskId)
      const standing = standingOf(task, record.isEnd)
      standings.set(task.taskId, standing)
      // The first look at a task that is still running changes nothing for anybody.
      if (before === standing || (before === undefined && !isTerminal(task.state))) return
      void tell(task, record)
    },
    close() {
      closed = true
      for (const cancel of retries) cancel()
    },
  }
}

function standingOf({ state }: KieTask, isEnd: boolean): Standing {
  return state === 'success' && !isEnd ? 'success without files' : state
}
