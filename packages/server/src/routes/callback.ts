import * as z from 'zod/mini'
import { readJson } from '../body.ts'
import { CALLBACK_WINDOW_MS, isSignedByKie } from '../callback-signature.ts'
import { check, taskIdSchema } from '../check.ts'
import { envelope } from '../envelope.ts'
import type { GatewayParts, Route } from '../parts.ts'
import { Refusal } from '../refusal.ts'
import { later } from '../timer.ts'

const BODY_BYTES = 1024 * 1024
// A record that still says "generating" moments after the callback is read again.
const LOOK_AGAIN_MS = [2_000, 8_000]

const id = z.optional(z.nullable(taskIdSchema))
const ids = z.object({ task_id: id, taskId: id })
const bodySchema = z.object({ ...ids.shape, data: z.optional(z.nullable(ids)) })

/**
 * Kie says that a task has ended. The signature is checked, the callback taken once, and then the record read: whoever has
 * one signed callback of a task could write anything into its body.
 */
export function callback(parts: GatewayParts): Route {
  const { options, store, owners, creates, records, logger } = parts
  return async (context) => {
    if (parts.callBackUrl === null || options.callbackKey === undefined)
      throw new Refusal(404, 'There is nothing here.')
    const body = check(bodySchema, await readJson(context.req.raw, BODY_BYTES))
    const taskId = check(taskIdSchema, body.data?.task_id ?? body.data?.taskId ?? body.task_id ?? body.taskId)
    const timestamp = context.req.header('x-webhook-timestamp') ?? null
    const signature = context.req.header('x-webhook-signature') ?? null
    if (!(await isSignedByKie({ taskId, timestamp, signature }, options.callbackKey))) {
      logger.warn({ taskId }, 'A callback was refused: it is unsigned, wrongly signed or old.')
      throw new Refusal(401, 'The signature is missing, wrong or old.')
    }
    const seen = `callback:${JSON.stringify([taskId, timestamp])}`
    if (!(await store.setIfAbsent(seen, '', { ttlMs: 2 * CALLBACK_WINDOW_MS }))) return envelope(200, 'success')
    const owner = (await owners.ownerOf(taskId)) ?? (await creates.recover(context.req.query('create'), taskId))
    // Other programs may use the same account.
    if (owner === null) return envelope(200, 'success')
    try {
      await lookUntilEnded(taskId, owner.userId)
    } catch (error) {
      // So that Kie's next attempt is not taken for a replay.
      await store.delete(seen)
      throw error
    }
    return envelope(200, 'success')
  }

  async function lookUntilEnded(taskId: string, userId: string, [next, ...rest] = LOOK_AGAIN_MS) {
    const { task } = await records.readAnew(taskId, userId)
    if (task?.state === 'success' || task?.state === 'fail' || next === undefined) return
    later(next, () => {
      lookUntilEnded(taskId, userId, rest).catch((error: unknown) =>
        logger.warn({ err: error, taskId }, 'A task could not be read.'),
      )
    })
  }
}
