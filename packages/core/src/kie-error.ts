/**
 * What went wrong with a request, by what can be done about it. The table in the package's README says of each kind
 * whether it is final or worth asking again.
 */
export type KieErrorKind =
  | 'auth'
  | 'credits'
  | 'validation'
  | 'not-found'
  | 'rate-limit'
  | 'busy'
  | 'input-file'
  | 'unsupported'
  | 'server'
  | 'network'
  | 'timeout'
  | 'aborted'
  | 'invalid-response'

export interface KieErrorDetails {
  kind: KieErrorKind
  code?: number | null | undefined
  httpStatus?: number | null | undefined
  /** @default what is usual for the kind */
  retryable?: boolean | undefined
  retryAfterMs?: number | null | undefined
  /** @default 'known' */
  outcome?: 'known' | 'unknown' | undefined
  cause?: unknown
}

const brand: unique symbol = Symbol.for('@kiekit/core/KieError')
const retryableKinds: ReadonlySet<KieErrorKind> = new Set(['rate-limit', 'busy', 'server', 'network', 'timeout'])

/** A request to Kie.ai, or to a server that speaks like it, that did not bring an answer. */
export class KieError extends Error {
  override readonly name: string = 'KieError'
  readonly [brand] = true
  readonly kind: KieErrorKind
  /** The `code` of the answer's body, which counts for more than the HTTP status. */
  readonly code: number | null
  readonly httpStatus: number | null
  /** Asking again is safe and has a chance. */
  readonly retryable: boolean
  /** How long the server asked to be left alone. */
  readonly retryAfterMs: number | null
  /** `'unknown'`: a create that may have gone through and may have been paid for. */
  readonly outcome: 'known' | 'unknown'

  constructor(message: string, details: KieErrorDetails) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined)
    this.kind = details.kind
    this.code = details.code ?? null
    this.httpStatus = details.httpStatus ?? null
    this.retryable = details.retryable ?? retryableKinds.has(details.kind)
    this.retryAfterMs = details.retryAfterMs ?? null
    this.outcome = details.outcome ?? 'known'
  }
}

/** Whether a caught value is a {@link KieError}, told by a brand, so that two copies of the package agree. */
export function isKieError(error: unknown): error is KieError {
  return typeof error === 'object' && error !== null && brand in error
}
