import { isKieError, KieError } from '@kiekit/core'

const wrapped = new WeakMap<object, KieError>()

/** What a request threw, as a {@link KieError}: a client that someone else wrote may throw anything. */
export function asKieError(error: unknown): KieError {
  if (isKieError(error)) return error
  const key = typeof error === 'object' && error !== null ? error : null
  const known = key && wrapped.get(key)
  if (known) return known
  const message = 'Kiekit: The request failed in an unknown way. The answer is not known. Try again.'
  const kieError = new KieError(message, { kind: 'network', cause: error })
  if (key) wrapped.set(key, kieError)
  return kieError
}
