import * as z from 'zod/mini'
import { readJson } from '../body.ts'
import { check, taskIdSchema } from '../check.ts'
import { envelope } from '../envelope.ts'
import type { GatewayParts, Route } from '../parts.ts'
import { Refusal } from '../refusal.ts'

const BODY_BYTES = 16 * 1024
const requestSchema = z.object({
  url: z.string().check(z.minLength(1), z.maxLength(4_096)),
  taskId: z.optional(taskIdSchema),
})

/** A fresh link for a result, or an upload, of the user's whose link has died. */
export function downloadUrl({ authorize, hosts, ownLinks, freshLink }: GatewayParts): Route {
  return async (context) => {
    const user = await authorize({ request: context.req.raw, action: 'download-url', taskId: null })
    const { url, taskId } = check(requestSchema, await readJson(context.req.raw, BODY_BYTES))
    if (hosts.allow(url) === null) throw new Refusal(422, 'This is not a link to a result of Kie.ai.')
    if (!(await ownLinks.isOwn(url, user.id, taskId))) {
      throw new Refusal(404, 'No result or upload of yours has this link. Send the `taskId` of a result along with it.')
    }
    return envelope(200, 'success', await freshLink(url, user.id))
  }
}
