import type { KieClientOptions } from './client-options.ts'
import { withDeadline } from './deadline.ts'
import { kieError } from './describe-error.ts'
import { readEnvelope } from './envelope.ts'
import { isKieError, type KieError } from './kie-error.ts'
import { kindOfCode } from './kind-of-code.ts'
import { readBody } from './read-body.ts'
import { readHeaders } from './request-headers.ts'
import { readRetryAfter } from './retry-after.ts'
import { parseJson } from './safe-json.ts'
import type { JsonValue } from './task.ts'

export interface KieRequest {
  url: string
  /** A form or a value for JSON; without one the request is a GET. */
  body?: unknown
  idempotencyKey?: string | undefined
  signal?: AbortSignal | undefined
  timeoutMs: number
  /** In place of the client's own. */
  fetch?: typeof fetch | undefined
}

/** A body that is JSON, and what the transport said about it. */
export interface KieAnswer {
  body: JsonValue
  httpStatus: number
  retryAfterMs: number | null
}

export type Send = (request: KieRequest) => Promise<KieAnswer>

/** The one way in which requests leave: with key and headers, under a deadline, every mishap turned into a KieError. */
export function createSend(options: KieClientOptions): Send {
  const send = async ({ url, body, idempotencyKey, fetch }: KieRequest, signal: AbortSignal): Promise<KieAnswer> => {
    const { headers, withoutKey } = await readHeaders(options, idempotencyKey)
    const isForm = body instanceof FormData
    if (body !== undefined && !isForm) headers.set('Content-Type', 'application/json')
    const init: RequestInit = {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      signal,
      // Frameworks that cache fetch have left pollers hanging.
      cache: 'no-store',
      ...(body === undefined ? {} : { body: isForm ? body : writeJson(body) }),
    }
    try {
      const response = await (fetch ?? options.fetch ?? globalThis.fetch)(url, init)
      return readAnswer(response.status, response.headers, withoutKey(await readBody(response)))
    } catch (error) {
      throw isKieError(error) ? error : networkError(error, withoutKey)
    }
  }
  return (request) => withDeadline((signal) => send(request, signal), request)
}

function writeJson(body: unknown): string {
  try {
    return JSON.stringify(body)
  } catch (cause) {
    throw kieError({ kind: 'validation', said: 'the input holds what JSON cannot carry', cause })
  }
}

/** Throws where the body is not JSON, and where it is no envelope and the status says that something went wrong. */
export function readAnswer(httpStatus: number, headers: Headers, text: string): KieAnswer {
  const retryAfterMs = readRetryAfter(headers)
  const body = parseJson(text)
  if (body !== undefined && (readEnvelope(body) || httpStatus < 400)) return { body, httpStatus, retryAfterMs }
  if (httpStatus < 400) throw kieError({ kind: 'invalid-response', httpStatus, said: 'no JSON' })
  // HTTP's own 405 is a path that does not take this method, not Kie's rate limit.
  const kind = httpStatus === 405 ? 'unsupported' : kindOfCode(httpStatus, null)
  throw kieError({ kind, httpStatus, retryAfterMs })
}

/** The `data` of a good answer; throws the error that its code stands for. */
export function readData({ body, httpStatus, retryAfterMs }: KieAnswer): JsonValue {
  const { code = null, message = null, data = null } = readEnvelope(body) ?? {}
  if (code !== null && code < 400) return data
  const kind = code === null ? 'invalid-response' : kindOfCode(code, message)
  throw kieError({ kind, code, httpStatus, retryAfterMs, said: message })
}

export function networkError(error: unknown, withoutKey: (text: string) => string): KieError {
  const text = error instanceof Error ? error.message : ''
  const said = withoutKey(text)
  const kind = connectionCode(error) === 'ERR_INVALID_URL' ? 'validation' : 'network'
  return kieError({ kind, said, ...(said === text ? { cause: error } : {}) })
}

/** The platform's code: Node.js has it under its `TypeError: fetch failed`, Bun in the error itself. */
function connectionCode(error: unknown): unknown {
  const inner = error instanceof Error ? error.cause : undefined
  return [error, inner].map((at) => (at instanceof Error && 'code' in at ? at.code : undefined)).find((code) => code)
}

const neverSent: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])

/** Whether a request certainly never reached the server. */
export function wasNeverSent(error: KieError): boolean {
  return neverSent.has(connectionCode(error.cause))
}
