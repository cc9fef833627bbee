import { check, taskIdSchema } from '../check.ts'
import { envelopeText } from '../envelope.ts'
import type { GatewayParts, Route } from '../parts.ts'
import { taskNotFound } from '../refusal.ts'
import { passingOn, trouble } from '../upstream.ts'

/** One task's record, in Kie's own words, for its owner. */
export function recordInfo({ authorize, owners, upstream }: GatewayParts): Route {
  return async (context) => {
    const taskId = check(taskIdSchema, context.req.query('taskId'))
    const user = await authorize({ request: context.req.raw, action: 'read', taskId })
    const owner = await owners.ownerOf(taskId)
    if (owner?.userId !== user.id) throw taskNotFound()
    const answer = await upstream({ method: 'GET', path: `/api/v1/jobs/recordInfo?${new URLSearchParams({ taskId })}` })
    if (answer.kind === 'silent') throw trouble(answer)
    return envelopeText(answer.text, passingOn(answer))
  }
}
