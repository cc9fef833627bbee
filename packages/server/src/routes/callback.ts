import * as z from 'zod/mini'
import { readJson } from '../body.ts'
import { CALLBACK_WINDOW_MS, isSignedByKie } from '../callback-signature.ts'
import { check, taskIdSchema } from '../check.ts'
import { envelope } from '../envelope.ts'
import { inTime } from '../in-time.ts'
import type { GatewayParts, Route } from '../parts.ts'
import { Refusal } from '../refusal.ts'
import { isLasting } from '../runtime.ts'

const BODY_BYTES = 1024 * 1024
// Kie takes no answer within 15 s for a failure.
const ANSWERED_WITHIN_MS = 10_000

const id = z.optional(z.nullable(taskIdSchema))
const ids = z.object({ task_id: id, taskId: id })
const bodySchema = z.object({ ...ids.shape, data: z.optional(z.nullable(ids)) })

/**
 * Kie says that a task has ended. The signature is checked, the callback taken once, and then the record read: whoever has
 * one signed callback of a task could write anything into its body.
 */
export function callback(parts: GatewayParts): Route {
  const { options, store, owners, creates, records, callbackHealth, callbackLooks, logger } = parts
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
    try {
      await callbackHealth.arrived(taskId)
      const owner = (await owners.ownerOf(taskId)) ?? (await creates.recover(context.req.query('create'), taskId))
      // Other programs may use the same account.
      if (owner !== null) await look(taskId, owner.userId)
    } catch (error) {
      // So that Kie's next attempt is not taken for a replay.
      await store.delete(seen)
      throw error
    }
    return envelope(200, 'success')
  }

  async function look(taskId: string, userId: string) {
    if (isLasting()) await inTime(callbackLooks.untilEnded(taskId, userId), ANSWERED_WITHIN_MS, () => undefined)
    // Where nothing is done between requests, the next look is Kie's next attempt.
    else await records.readAnew(taskId, userId)
  }
}
