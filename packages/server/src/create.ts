import * as z from 'zod/mini'
import { httpStatusOf } from './envelope.ts'
import { GatewayOptionsError } from './gateway-options-error.ts'
import type { CreateOutcome } from './idempotency.ts'
import type { CreateVeto, GatewayUser } from './options.ts'
import type { GatewayParts } from './parts.ts'
import { Refusal } from './refusal.ts'
import { passingOn } from './upstream.ts'

export interface CreateRequest {
  model: string
  input: Record<string, unknown>
}

const TIMEOUT_MS = 60_000
const created = z.object({ taskId: z.string().check(z.minLength(1)) })
const createdBefore2026 = z.object({ recordId: z.string().check(z.minLength(1)) })

/**
 * One attempt to create a task. When it returns, the task's owner is written down, or it is unknown whether there is a task.
 *
 * @throws {Refusal} when surely nothing was made.
 */
export async function create(
  parts: GatewayParts,
  user: GatewayUser,
  request: CreateRequest,
  idempotencyKey: string | null,
): Promise<CreateOutcome> {
  const { limits, options, logger } = parts
  await limits.countCreate(user.id)
  const place = await limits.takeRunningPlace(user.id)
  try {
    const veto = await options.beforeCreate?.({ user, request, idempotencyKey })
    if (veto) throw refusalOf(veto)
    const outcome = await send(parts, user, request, idempotencyKey)
    if (outcome.kind === 'made') await place.fill(outcome.taskId)
    return outcome
  } catch (error) {
    await place
      .leave()
      .catch((problem: unknown) => logger.warn({ err: problem, user: user.id }, 'A place stays taken for a while.'))
    throw error
  }
}

// What Kie documents as refusals: 505 is a feature that is switched off, 550 a full queue. Of all other failures of a
// server nobody knows whether they came before or after the task was made and paid for.
const refusalsOfServer = new Set([505, 550])

/** Whether the code says that there is a task, or that there surely is none. */
function isAnswerToCreate(code: number): boolean {
  return code === 200 || (code >= 400 && code < 500 && code !== 408) || refusalsOfServer.has(code)
}

// Where the code would be a fault of Kie's for all that it says, here it is the app's own word on its visitor.
function refusalOf({ veto, code = 403 }: CreateVeto): Refusal {
  if (!Number.isInteger(code) || code === 200 || !isAnswerToCreate(code)) {
    throw new GatewayOptionsError(
      `Kiekit: \`beforeCreate\` vetoed with the code ${String(code)}. Browsers would not take that for "nothing was made". ` +
        'Return 402 for missing credits, 403 or no code for anything else, or another of 400 to 499 but 408.',
    )
  }
  const status = httpStatusOf(code)
  return new Refusal(code, veto, { status: status === 502 ? code : status })
}

async function send(
  parts: GatewayParts,
  user: GatewayUser,
  request: CreateRequest,
  idempotencyKey: string | null,
): Promise<CreateOutcome> {
  const { upstream, logger, callBackUrl, creates } = parts
  const about = { user: user.id, model: request.model }
  const name = callBackUrl === null ? null : await creates.begin(user.id, idempotencyKey)
  const answer = await upstream.create(user.id, {
    method: 'POST',
    path: '/api/v1/jobs/createTask',
    body: JSON.stringify(name === null ? request : { ...request, callBackUrl: `${callBackUrl}?create=${name}` }),
    contentType: 'application/json',
    timeoutMs: TIMEOUT_MS,
  })
  if (answer.kind === 'silent') {
    logger.error({ ...about, detail: answer.detail, sent: answer.sent }, 'Kie.ai gave no answer to a create.')
    if (answer.sent) return { kind: 'unknown' }
    throw new Refusal(455, 'Kie.ai could not be reached. Nothing was created; try again later.', { status: 503 })
  }
  if (!isAnswerToCreate(answer.code)) {
    logger.error(
      { ...about, answer: answer.text },
      'Kie.ai failed at a create, and may have made the task all the same.',
    )
    return { kind: 'unknown' }
  }
  const taskId = created.safeParse(answer.data).data?.taskId ?? createdBefore2026.safeParse(answer.data).data?.recordId
  if (answer.code === 200 && taskId === undefined) {
    logger.error({ ...about, answer: answer.text }, 'Kie.ai created a task and gave no id.')
    return { kind: 'unknown' }
  }
  if (answer.code === 200 && taskId !== undefined) await parts.adopt(taskId, user.id)
  if (name !== null) {
    await creates
      .end(name)
      .catch((error: unknown) => logger.warn({ err: error }, 'A note of a create stays for a day.'))
  }
  if (answer.code !== 200 || taskId === undefined) throw new Refusal(answer.code, answer.msg, passingOn(answer))
  logger.debug({ ...about, taskId }, 'Task created.')
  return { kind: 'made', taskId }
}
