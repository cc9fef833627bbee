import * as z from 'zod/mini'
import type { KeyKeeper } from './api-key.ts'
import { httpStatusOf } from './envelope.ts'
import { parseJson } from './json.ts'
import { Refusal } from './refusal.ts'
import { parseRetryAfter, retryAfterHeader } from './retry-after.ts'

/** What Kie said to a question. */
export type UpstreamAnswer =
  | {
      kind: 'answered'
      code: number
      msg: string
      data: unknown
      text: string
      httpStatus: number
      retryAfterMs: number | null
    }
  /** No envelope came back. `sent: false` when the question surely never reached Kie. */
  | { kind: 'silent'; reason: 'network' | 'timeout' | 'unreadable'; sent: boolean; detail: string }

export interface UpstreamQuestion {
  method: 'GET' | 'POST'
  /** Path and query, encoded. */
  path: string
  body?: BodyInit | undefined
  contentType?: string | undefined
  timeoutMs?: number | undefined
  signal?: AbortSignal | undefined
}

export type Upstream = (question: UpstreamQuestion) => Promise<UpstreamAnswer>

const TIMEOUT_MS = 30_000
const MAX_ANSWER_BYTES = 4 * 1024 * 1024

const envelopeSchema = z.object({
  code: z.optional(z.number()),
  // Some pages of the docs show upload answers with this alone.
  success: z.optional(z.boolean()),
  msg: z.optional(z.nullable(z.string())),
  message: z.optional(z.nullable(z.string())),
  data: z.optional(z.unknown()),
})

/** Asks Kie. This is the only place that the key goes out from; nothing of the caller's headers goes with it. */
export function createUpstream(options: { baseUrl: string; key: KeyKeeper; fetch: typeof fetch }): Upstream {
  return async (question) => {
    const key = await options.key.read()
    const timeout = AbortSignal.timeout(question.timeoutMs ?? TIMEOUT_MS)
    try {
      const response = await options.fetch(`${options.baseUrl}${question.path}`, {
        method: question.method,
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${key}`,
          ...(question.contentType !== undefined && { 'content-type': question.contentType }),
        },
        body: question.body ?? null,
        // The key must not follow a redirect to wherever it points.
        redirect: 'manual',
        signal: question.signal ? AbortSignal.any([question.signal, timeout]) : timeout,
        cache: 'no-store',
        ...(question.body instanceof ReadableStream && { duplex: 'half' }),
      })
      const text = options.key.clean(await readText(response))
      return (
        read(response, text) ?? { kind: 'silent', reason: 'unreadable', sent: true, detail: `HTTP ${response.status}` }
      )
    } catch (error) {
      const detail = options.key.clean(describe(error))
      return { kind: 'silent', reason: timeout.aborted ? 'timeout' : 'network', sent: !neverConnected(error), detail }
    }
  }
}

/** The HTTP status and headers that an answer of Kie's is passed on with. */
export function passingOn(answer: { code: number; retryAfterMs: number | null }) {
  return { status: httpStatusOf(answer.code), headers: retryAfterHeader(answer.retryAfterMs) }
}

function read(response: Response, text: string): UpstreamAnswer | null {
  const parsed = envelopeSchema.safeParse(parseJson(text))
  if (!parsed.success) return null
  const { success, msg, message, data } = parsed.data
  const code = parsed.data.code ?? (success === true ? 200 : undefined)
  if (code === undefined) return null
  return {
    kind: 'answered',
    code,
    msg: msg ?? message ?? '',
    data: data ?? null,
    text,
    httpStatus: response.status,
    retryAfterMs: parseRetryAfter(response.headers.get('retry-after')),
  }
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  const reader = response.body?.getReader()
  let text = ''
  for (let bytes = 0; reader; ) {
    const { done, value } = await reader.read()
    if (done) break
    bytes += value.byteLength
    if (bytes > MAX_ANSWER_BYTES) {
      await reader.cancel()
      return ''
    }
    text += decoder.decode(value, { stream: true })
  }
  return text + decoder.decode()
}

// Before there is a connection nothing can have been paid for; after that nobody knows.
function neverConnected(error: unknown): boolean {
  const refused = new Set([
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'UND_ERR_CONNECT_TIMEOUT',
    'ENETUNREACH',
    'EHOSTUNREACH',
  ])
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string' && refused.has(cause.code)) return true
    // Deno gives no code, but these words of its HTTP library.
    if (cause.message.includes('client error (Connect)')) return true
  }
  return false
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}

/** What a browser is told when Kie gave no answer: asking again later is safe and has a chance. */
export function trouble(silence: Extract<UpstreamAnswer, { kind: 'silent' }>): Refusal {
  switch (silence.reason) {
    case 'timeout':
      return new Refusal(500, 'Kie.ai did not answer in time. Try again later.', { status: 504 })
    case 'network':
      return new Refusal(500, 'Kie.ai could not be reached. Try again later.', { status: 502 })
    case 'unreadable':
      return new Refusal(500, 'Kie.ai answered with something that cannot be read. Try again later.', { status: 502 })
  }
}
