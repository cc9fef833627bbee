import * as z from 'zod/mini'
import { envelopeText } from './envelope.ts'
import type { GatewayParts } from './parts.ts'
import { passingOn, trouble, type UpstreamAnswer } from './upstream.ts'

const link = z.optional(z.string())
const uploadSchema = z.object({ downloadUrl: link, fileUrl: link })

/** Passes Kie's answer to an upload on, and notes whose upload it is. @throws {Refusal} when there was none. */
export async function uploadAnswer(
  { ownLinks }: GatewayParts,
  answer: UpstreamAnswer,
  userId: string,
): Promise<Response> {
  if (answer.kind === 'silent') throw trouble(answer)
  const { downloadUrl, fileUrl } = uploadSchema.safeParse(answer.data).data ?? {}
  const url = downloadUrl ?? fileUrl
  if (answer.code === 200 && url !== undefined) await ownLinks.uploaded(url, userId)
  return envelopeText(answer.text, passingOn(answer))
}
