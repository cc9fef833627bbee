import { readAnything, readFields, readNumber, readText } from './fields.ts'
import { isJsonObject } from './safe-json.ts'
import type { JsonValue } from './task.ts'

export interface Envelope {
  code: number
  message: string | null
  data: JsonValue
}

/** Some pages say `message` for `msg`; uploads have a `success` beside the code, or in its place. */
export const envelopeReaders = {
  code: readNumber,
  msg: readText,
  message: readText,
  success: readAnything,
  data: readAnything,
}

/**
 * What Kie wraps every answer in, or `null` where there is none. A record that happens to have a `code` is no envelope.
 * `code` decides, never the HTTP status.
 */
export function readEnvelope(body: JsonValue): Envelope | null {
  const { success, code = success === true ? 200 : undefined, ...said } = readFields(envelopeReaders, body)
  const { msg, message, data } = said
  const isRecord = data === undefined && isJsonObject(body) && 'state' in body
  if (code === undefined || isRecord) return null
  return { code, message: msg ?? message ?? null, data: data ?? null }
}
