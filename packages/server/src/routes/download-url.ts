import * as z from 'zod/mini'
import { readJson } from '../body.ts'
import { check } from '../check.ts'
import { envelope } from '../envelope.ts'
import type { GatewayParts, Route } from '../parts.ts'
import { Refusal } from '../refusal.ts'
import { passingOn, trouble } from '../upstream.ts'

const BODY_BYTES = 16 * 1024
const requestSchema = z.object({ url: z.string().check(z.minLength(1), z.maxLength(4_096)) })

/** A fresh link for a result whose link has died. */
export function downloadUrl(parts: GatewayParts): Route {
  return async (context) => {
    const user = await parts.authorize({ request: context.req.raw, action: 'download-url', taskId: null })
    const { url } = check(requestSchema, await readJson(context.req.raw, BODY_BYTES))
    return envelope(200, 'success', await refreshLink(parts, user.id, url))
  }
}

/** @throws {Refusal} when the link is not to one of the result hosts, or Kie gives no new one. */
export async function refreshLink(
  { upstream, hosts }: Pick<GatewayParts, 'upstream' | 'hosts'>,
  userId: string,
  url: string,
): Promise<string> {
  if (hosts.allow(url) === null) throw new Refusal(422, 'This is not a link to a result of Kie.ai.')
  const answer = await upstream.query(userId, {
    method: 'POST',
    path: '/api/v1/common/download-url',
    body: JSON.stringify({ url }),
    contentType: 'application/json',
  })
  if (answer.kind === 'silent') throw trouble(answer)
  if (answer.code !== 200) throw new Refusal(answer.code, answer.msg, passingOn(answer))
  if (typeof answer.data !== 'string' || !/^https?:\/\//i.test(answer.data)) {
    throw new Refusal(500, 'Kie.ai gave no usable link. Try again later.', { status: 502 })
  }
  return answer.data
}
