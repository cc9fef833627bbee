import { endWhenIdle } from './end-when-idle.ts'
import type { FetchFile } from './guarded-fetch.ts'
import type { GatewayLogger } from './logger.ts'
import type { GatewayOptions } from './options.ts'
import { Refusal } from './refusal.ts'
import type { ResultHosts } from './result-hosts.ts'
import { hasNode } from './runtime.ts'

/** Opens a result's file at its host, wherever that host sends us within the list. */
export type OpenFile = (
  url: string,
  options: { headers: Record<string, string>; signal: AbortSignal },
) => Promise<Response>

// The hosts refuse clients that look like scripts.
const USER_AGENT = 'Mozilla/5.0 (compatible; Kiekit)'
const MAX_REDIRECTS = 3
const FIRST_BYTE_MS = 20_000
const IDLE_MS = 30_000

export function createOpenFile(hosts: ResultHosts, logger: GatewayLogger, own: GatewayOptions['fetch']): OpenFile {
  const fetchFile = own ? plainFetch(own) : hasNode() ? nodeFetch : plainFetch(fetch)

  return async (start, { headers, signal }) => {
    const patience = new AbortController()
    const timer = setTimeout(() => patience.abort(), FIRST_BYTE_MS)
    try {
      let url = hosts.allow(start)
      for (let hops = 0; url !== null && hops <= MAX_REDIRECTS; hops += 1) {
        const response: Response = await fetchFile(url, {
          headers: { 'user-agent': USER_AGENT, accept: '*/*', 'accept-encoding': 'identity', ...headers },
          signal: AbortSignal.any([signal, patience.signal]),
          mayBePrivate: hosts.mayBePrivate(url),
        })
        if (!isRedirect(response)) {
          // Some clients unpack what was packed all the same, and then neither length nor ranges are true.
          if ((response.headers.get('content-encoding') ?? 'identity') === 'identity') {
            return endWhenIdle(response, IDLE_MS, (error) => {
              if (!signal.aborted) logger.warn({ err: error, url: start }, 'A download was broken off.')
            })
          }
          await response.body?.cancel()
          throw new Error('the host packed the file, though it was asked not to')
        }
        await response.body?.cancel()
        url = hosts.allow(new URL(response.headers.get('location') ?? '', url).href)
      }
      logger.warn({ url: start }, 'A result lies on a host that is not on the list; see `resultHosts`.')
      throw new Refusal(403, 'This file lies on a server that the gateway does not download from.')
    } catch (error) {
      if (error instanceof Refusal || signal.aborted) throw error
      logger.warn({ err: error, url: start }, 'A result could not be fetched.')
      throw new Refusal(500, 'The file could not be fetched. Try again later.', {
        status: patience.signal.aborted ? 504 : 502,
      })
    } finally {
      clearTimeout(timer)
    }
  }
}

const nodeFetch: FetchFile = async (url, init) => (await import('./guarded-fetch.ts')).guardedFetch(url, init)

function plainFetch(fetcher: typeof fetch): FetchFile {
  return (url, { headers, signal }) => fetcher(url, { headers, signal, redirect: 'manual', cache: 'no-store' })
}

function isRedirect({ status, headers }: Response): boolean {
  return status >= 300 && status < 400 && headers.has('location')
}
