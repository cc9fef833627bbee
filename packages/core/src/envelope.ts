import * as z from 'zod/mini'
import { field, readNumber, readText } from './fields.ts'
import { isJsonObject } from './safe-json.ts'
import type { JsonValue } from './task.ts'

/** What Kie wraps every answer in. `code` decides, never the HTTP status; some pages say `message` for `msg`. */
export const envelopeSchema = z.looseObject({
  code: field(readNumber),
  msg: field(readText),
  message: field(readText),
  data: z.optional(z.unknown() as z.ZodMiniType<JsonValue>),
})

export interface Envelope {
  code: number
  message: string | null
  data: JsonValue
}

/** The envelope around a body, or `null` where there is none. A record that happens to have a `code` is no envelope. */
export function readEnvelope(body: JsonValue): Envelope | null {
  if (!isJsonObject(body)) return null
  const { data: envelope } = envelopeSchema.safeParse(body, { jitless: true })
  if (envelope?.code === undefined || ('state' in body && !('data' in body))) return null
  return { code: envelope.code, message: envelope.msg ?? envelope.message ?? null, data: envelope.data ?? null }
}
