import { isKieError, KieError, type KieErrorKind } from './kie-error.ts'
import { wasNeverSent } from './request.ts'

const ambiguous: ReadonlySet<KieErrorKind> = new Set(['network', 'timeout', 'server', 'aborted', 'invalid-response'])

/**
 * What a failed create leaves behind: where the request may have arrived, the task may exist and may have been paid for.
 * Asking again is then safe only where the server knows the idempotency key.
 */
export function withOutcome(error: unknown, canRepeat: boolean): unknown {
  if (!isKieError(error) || !ambiguous.has(error.kind) || wasNeverSent(error)) return error
  const { kind, code, httpStatus, retryAfterMs } = error
  const advice = canRepeat
    ? 'The task may have been created: ask again with the same idempotency key to get it.'
    : 'The task may have been created and paid for: look at kie.ai/logs before you create it again.'
  const retryable = canRepeat && error.retryable
  const details = { kind, code, httpStatus, retryAfterMs, retryable, outcome: 'unknown', cause: error } as const
  return new KieError(`${error.message} ${advice}`, details)
}
