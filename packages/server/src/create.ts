import * as z from 'zod/mini'
import type { CreateOutcome } from './idempotency.ts'
import type { GatewayUser } from './options.ts'
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
    if (veto) throw new Refusal(veto.code ?? 403, veto.veto)
    const outcome = await send(parts, user, request)
    if (outcome.kind === 'made') await place.fill(outcome.taskId)
    return outcome
  } catch (error) {
    await place
      .leave()
      .catch((problem: unknown) => logger.warn({ err: problem, user: user.id }, 'A place stays taken for a while.'))
    throw error
  }
}

async function send(
  { upstream, owners, logger, callBackUrl }: GatewayParts,
  user: GatewayUser,
  request: CreateRequest,
): Promise<CreateOutcome> {
  const about = { user: user.id, model: request.model }
  const answer = await upstream.create(user.id, {
    method: 'POST',
    path: '/api/v1/jobs/createTask',
    body: JSON.stringify({ ...request, ...(callBackUrl !== null && { callBackUrl }) }),
    contentType: 'application/json',
    timeoutMs: TIMEOUT_MS,
  })
  if (answer.kind === 'silent') {
    logger.error({ ...about, detail: answer.detail, sent: answer.sent }, 'Kie.ai gave no answer to a create.')
    if (answer.sent) return { kind: 'unknown' }
    throw new Refusal(455, 'Kie.ai could not be reached. Nothing was created; try again later.', { status: 503 })
  }
  if (answer.code !== 200) throw new Refusal(answer.code, answer.msg, passingOn(answer))
  const taskId = created.safeParse(answer.data).data?.taskId ?? createdBefore2026.safeParse(answer.data).data?.recordId
  if (taskId === undefined) {
    logger.error({ ...about, answer: answer.text }, 'Kie.ai created a task and gave no id.')
    return { kind: 'unknown' }
  }
  await owners.give(taskId, user.id)
  logger.info({ ...about, taskId }, 'Task created.')
  return { kind: 'made', taskId }
}
