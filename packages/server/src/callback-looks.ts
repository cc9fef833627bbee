import type { GatewayLogger } from './logger.ts'
import type { Records } from './records.ts'
import { later } from './timer.ts'

/** Looks at tasks that Kie has reported on, until they have ended. */
export interface CallbackLooks {
  /** Resolves after the first look, however that went; the others follow by themselves. */
  untilEnded: (taskId: string, userId: string) => Promise<void>
  close: () => void
}

// Each pause is twice the one before: the last look is eight minutes after the first, later than any pause of Kie's.
const FIRST_PAUSE_MS = 2_000
const MOST_LOOKS = 9

/**
 * A record may be behind the callback, lack its files yet, or be out of reach because Kie wants a pause. Kie itself repeats
 * a callback a few times only, so what is left to do is done here.
 */
export function createCallbackLooks(records: Records, logger: GatewayLogger): CallbackLooks {
  const cancels = new Map<string, () => void>()
  let closed = false

  function cancel(taskId: string) {
    cancels.get(taskId)?.()
    cancels.delete(taskId)
  }

  async function look(taskId: string, userId: string, looks: number) {
    cancel(taskId)
    const isEnd = await hasEnded(taskId, userId)
    cancel(taskId)
    if (isEnd || closed || looks === MOST_LOOKS) return
    const next = later(FIRST_PAUSE_MS * 2 ** (looks - 1), () => void look(taskId, userId, looks + 1))
    cancels.set(taskId, next)
  }

  async function hasEnded(taskId: string, userId: string): Promise<boolean> {
    try {
      return (await records.readAnew(taskId, userId)).isEnd
    } catch (error) {
      logger.warn({ err: error, taskId }, 'A task that Kie.ai has reported on could not be read for now.')
      return false
    }
  }

  return {
    untilEnded: (taskId, userId) => look(taskId, userId, 1),
    close() {
      closed = true
      for (const taskId of [...cancels.keys()]) cancel(taskId)
    },
  }
}
