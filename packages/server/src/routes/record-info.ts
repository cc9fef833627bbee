import { check, taskIdSchema } from '../check.ts'
import { envelopeText } from '../envelope.ts'
import type { GatewayParts, Route } from '../parts.ts'

/** One task's record, in Kie's own words, for its owner. */
export function recordInfo({ authorize, owned }: GatewayParts): Route {
  return async (context) => {
    const taskId = check(taskIdSchema, context.req.query('taskId'))
    const user = await authorize({ request: context.req.raw, action: 'read', taskId })
    const { text, status } = await owned.read(taskId, user.id)
    return envelopeText(text, { status })
  }
}
