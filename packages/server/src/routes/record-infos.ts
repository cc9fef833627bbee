import * as z from 'zod/mini'
import { readJson } from '../body.ts'
import { check, taskIdSchema } from '../check.ts'
import { envelopeText } from '../envelope.ts'
import { inTime } from '../in-time.ts'
import type { OwnedRecords } from '../owned-records.ts'
import type { GatewayParts, Route } from '../parts.ts'
import { Refusal } from '../refusal.ts'

const BODY_BYTES = 64 * 1024
const MAX_TASKS = 100
// The turns of a hundred first questions, and a little for the last answer: one that hangs keeps nobody else waiting, and
// comes with a later batch.
const ITEM_MS = 12_000

const requestSchema = z.object({ taskIds: z.array(taskIdSchema).check(z.minLength(1), z.maxLength(MAX_TASKS)) })

/** Up to 100 tasks' records in one answer. What is wrong with one of them is said in its place, as Kie would say it. */
export function recordInfos({ authorize, owned }: GatewayParts): Route {
  return async (context) => {
    const user = await authorize({ request: context.req.raw, action: 'read', taskId: null })
    const { taskIds } = check(requestSchema, await readJson(context.req.raw, BODY_BYTES))
    const items = await Promise.all([...new Set(taskIds)].map((taskId) => readItem(owned, taskId, user.id)))
    const bodies = items.map(({ taskId, body }) => `{"taskId":${JSON.stringify(taskId)},"body":${body}}`)
    const retryAfter = Math.max(0, ...items.map((item) => item.retryAfter))
    return envelopeText(`{"code":200,"msg":"success","data":{"items":[${bodies.join(',')}]}}`, {
      status: 200,
      headers: retryAfter > 0 ? { 'retry-after': String(retryAfter) } : {},
    })
  }
}

async function readItem(owned: OwnedRecords, taskId: string, userId: string) {
  try {
    const { text } = await inTime(owned.read(taskId, userId), ITEM_MS, tooSlow)
    return { taskId, body: text, retryAfter: 0 }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const body = JSON.stringify({ code: error.code, msg: error.message, data: null })
    return { taskId, body, retryAfter: Number(error.headers['retry-after'] ?? 0) }
  }
}

function tooSlow(): never {
  throw new Refusal(500, 'Kie.ai has not answered yet. Try again later.', { status: 504 })
}
