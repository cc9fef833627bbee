import * as z from 'zod/mini'
import { readJson } from '../body.ts'
import { check, jsonObjectSchema } from '../check.ts'
import { envelope } from '../envelope.ts'
import type { CreateOutcome } from '../idempotency.ts'
import type { GatewayParts, Route } from '../parts.ts'
import { Refusal } from '../refusal.ts'
import { passingOn, trouble } from '../upstream.ts'

const BODY_BYTES = 1024 * 1024
const TIMEOUT_MS = 60_000

// `callBackUrl` is dropped: where Kie reports to is the gateway's choice, not the page's.
const requestSchema = z.object({ model: z.string().check(z.minLength(1), z.maxLength(200)), input: jsonObjectSchema })
const idempotencyKeySchema = z.nullable(
  z.string().check(z.regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 plain characters')),
)
const createdSchema = z.union([
  z.pipe(
    z.object({ taskId: z.string().check(z.minLength(1)) }),
    z.transform(({ taskId }) => taskId),
  ),
  z.pipe(
    z.object({ recordId: z.string().check(z.minLength(1)) }),
    z.transform(({ recordId }) => recordId),
  ),
])

type CreateRequest = z.infer<typeof requestSchema>

/** Creates a task, once for each idempotency key, and writes down whose it is before anybody hears of it. */
export function createTask(parts: GatewayParts): Route {
  const { authorize, options, once, logger } = parts
  return async (context) => {
    const user = await authorize({ request: context.req.raw, action: 'create', taskId: null })
    const request = check(requestSchema, await readJson(context.req.raw, options.limits?.bodyBytes ?? BODY_BYTES))
    const key = check(idempotencyKeySchema, context.req.header('idempotency-key') ?? null)
    const attempt = () => create(parts, user.id, request)
    const outcome = key === null ? await attempt() : await once(user.id, key, attempt)
    if (outcome.kind === 'made') return envelope(200, 'success', { taskId: outcome.taskId })
    logger.warn({ user: user.id, model: request.model }, 'It is unknown whether a task was created.')
    return envelope(
      500,
      'Kie.ai did not say whether it made the task. It may be running, and paid for.',
      { outcome: 'unknown' },
      { status: 504 },
    )
  }
}

async function create(
  { upstream, owners, logger }: GatewayParts,
  userId: string,
  request: CreateRequest,
): Promise<CreateOutcome> {
  const answer = await upstream({
    method: 'POST',
    path: '/api/v1/jobs/createTask',
    body: JSON.stringify(request),
    contentType: 'application/json',
    timeoutMs: TIMEOUT_MS,
  })
  if (answer.kind === 'silent') {
    if (!answer.sent) throw trouble(answer)
    logger.error({ user: userId, model: request.model, detail: answer.detail }, 'Kie.ai gave no answer to a create.')
    return { kind: 'unknown' }
  }
  if (answer.code !== 200) throw new Refusal(answer.code, answer.msg, passingOn(answer))
  const taskId = createdSchema.safeParse(answer.data)
  if (!taskId.success) {
    logger.error({ user: userId, model: request.model, answer: answer.text }, 'Kie.ai created a task and gave no id.')
    return { kind: 'unknown' }
  }
  await owners.give(taskId.data, userId)
  logger.info({ user: userId, model: request.model, taskId: taskId.data }, 'Task created.')
  return { kind: 'made', taskId: taskId.data }
}
