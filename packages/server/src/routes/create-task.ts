import * as z from 'zod/mini'
import { readJson } from '../body.ts'
import { check, jsonObjectSchema } from '../check.ts'
import { create } from '../create.ts'
import { envelope } from '../envelope.ts'
import type { GatewayParts, Route } from '../parts.ts'

const BODY_BYTES = 1024 * 1024

// `callBackUrl` is dropped: where Kie reports to is the gateway's choice, not the page's.
const requestSchema = z.object({ model: z.string().check(z.minLength(1), z.maxLength(200)), input: jsonObjectSchema })
const idempotencyKeySchema = z.nullable(
  z.string().check(z.regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 plain characters')),
)

/** Creates a task, once for each idempotency key, and writes down whose it is before anybody hears of it. */
export function createTask(parts: GatewayParts): Route {
  const { authorize, options, once, limits } = parts
  return async (context) => {
    const user = await authorize({ request: context.req.raw, action: 'create', taskId: null })
    const request = check(requestSchema, await readJson(context.req.raw, options.limits?.bodyBytes ?? BODY_BYTES))
    const key = check(idempotencyKeySchema, context.req.header('idempotency-key') ?? null)
    limits.checkModel(request.model)
    const attempt = () => create(parts, user, request, key)
    const outcome = key === null ? await attempt() : await once.run(user.id, key, attempt)
    if (outcome.kind === 'made') return envelope(200, 'success', { taskId: outcome.taskId })
    // Of all codes, 408 is the one that every client takes for "may have been made".
    const msg = 'Kie.ai did not say whether it made the task: it may be running, and paid for. See https://kie.ai/logs.'
    return envelope(408, msg, { outcome: 'unknown' }, { status: 504 })
  }
}
