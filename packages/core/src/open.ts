import type { KieClientOptions } from './client-options.ts'
import { kieError } from './describe-error.ts'
import { isKieError } from './kie-error.ts'
import { readBody } from './read-body.ts'
import { networkError, readAnswer, readData } from './request.ts'
import { readHeaders, toHeaders } from './request-headers.ts'

/**
 * Asks a path of the gateway's own, such as `/api/v1/kiekit/events`, with the client's base address and headers, and
 * hands over the answer as it comes: a file, or a stream of events that stays open for hours. So there is no time
 * limit; `signal` ends it, also in the middle of the body.
 *
 * @throws {@link KieError} where there is no answer, for a status of 400 and above, and of kind `aborted` on an abort
 */
export type Open = (
  path: string,
  options?: { signal?: AbortSignal | undefined; headers?: Record<string, string> | undefined },
) => Promise<Response>

export function createOpen(options: KieClientOptions, baseUrl: string): Open {
  return async (path, { signal, headers: asked } = {}) => {
    // Anything else could continue the name of the host, and lead the client's headers to another one.
    if (!/^\/(?![/\\])/.test(path)) throw kieError({ kind: 'validation', said: 'the path must begin with one slash' })
    if (signal?.aborted) throw kieError({ kind: 'aborted', cause: signal.reason })
    const { headers, withoutKey } = await readHeaders(options, undefined)
    toHeaders(asked).forEach((value, name) => headers.set(name, value))
    try {
      const init: RequestInit = { headers, cache: 'no-store', signal: signal ?? null }
      const response = await (options.fetch ?? globalThis.fetch)(`${baseUrl}${path}`, init)
      if (response.ok) return response
      readData(readAnswer(response.status, response.headers, withoutKey(await readBody(response))))
      throw kieError({ kind: 'invalid-response', httpStatus: response.status })
    } catch (error) {
      if (signal?.aborted) throw kieError({ kind: 'aborted', cause: signal.reason })
      throw isKieError(error) ? error : networkError(error, withoutKey)
    }
  }
}
