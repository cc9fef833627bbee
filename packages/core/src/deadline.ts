import { kieError } from './describe-error.ts'

/** Timers hold at most 2^31 - 1 milliseconds, 24 days; more would fire at once. */
export const longestTimerMs = 0x7fffffff

/**
 * Runs a piece of work that an abort ends at once, whether or not the work itself listens, and that a deadline ends
 * after `timeoutMs`. Both reject with a KieError.
 */
export async function withDeadline<T>(
  run: (signal: AbortSignal) => Promise<T>,
  { signal, timeoutMs }: { signal?: AbortSignal | undefined; timeoutMs: number },
): Promise<T> {
  const aborted = () => kieError({ kind: 'aborted', cause: signal?.reason })
  if (signal?.aborted) throw aborted()
  const controller = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  let onAbort: (() => void) | undefined
  const interrupted = new Promise<never>((_, reject) => {
    const stop = (error: Error) => {
      reject(error)
      controller.abort(error)
    }
    onAbort = () => stop(aborted())
    signal?.addEventListener('abort', onAbort)
    timer = setTimeout(() => stop(kieError({ kind: 'timeout' })), Math.min(timeoutMs, longestTimerMs))
  })
  try {
    return await Promise.race([run(controller.signal), interrupted])
  } finally {
    clearTimeout(timer)
    if (onAbort) signal?.removeEventListener('abort', onAbort)
  }
}
