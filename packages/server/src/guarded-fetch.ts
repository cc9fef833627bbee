import type { LookupFunction } from 'node:net'
import { isPrivateAddress } from './private-address.ts'

// Not imports: bundlers for Workers would pull them to the top of the bundle, which then does not start there.
const dns = process.getBuiltinModule('node:dns')
const http = process.getBuiltinModule('node:http')
const https = process.getBuiltinModule('node:https')
const { isIP } = process.getBuiltinModule('node:net')
const { Readable } = process.getBuiltinModule('node:stream')

/** Fetches a file. Follows no redirects, and sends the given headers only. */
export type FetchFile = (
  url: URL,
  init: { headers: Record<string, string>; signal: AbortSignal; mayBePrivate: boolean },
) => Promise<Response>

/** Thrown instead of connecting. */
export class PrivateAddressError extends Error {
  override name = 'PrivateAddressError'
}

/**
 * Fetches by Node's own client, which lets us look at the address that is really connected to. A check of the name before
 * that would not do: the resolver may answer differently the second time (DNS rebinding).
 */
export const guardedFetch: FetchFile = (url, { headers, signal, mayBePrivate }) =>
  new Promise((done, fail) => {
    // A literal address is connected to without a look-up.
    const literal = url.hostname.replace(/^\[|\]$/g, '')
    if (!mayBePrivate && isIP(literal) !== 0 && isPrivateAddress(literal)) {
      fail(refusal(url.hostname, literal))
      return
    }
    const { request } = url.protocol === 'https:' ? https : http
    const outgoing = request(url, { headers, signal, ...(!mayBePrivate && { lookup: publicLookup }) }, (incoming) => {
      const answer = new Headers()
      for (const [name, value] of Object.entries(incoming.headers))
        if (typeof value === 'string') answer.set(name, value)
      const status = incoming.statusCode ?? 502
      const empty = status === 204 || status === 304
      if (empty) incoming.resume()
      // @ts-expect-error Node's own ReadableStream and the DOM's are the same thing under two declarations.
      const body: ReadableStream<Uint8Array> | null = empty ? null : Readable.toWeb(incoming)
      done(new Response(body, { status, headers: answer }))
    })
    outgoing.on('error', fail)
    outgoing.end()
  })

/** All addresses of a name must be public: which one is tried first is not ours to say. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const inside = addresses?.find(({ address }) => isPrivateAddress(address))
    const [first] = addresses ?? []
    if (error || !first) callback(error ?? new Error(`${hostname} has no address`), '')
    else if (inside) callback(refusal(hostname, inside.address), '')
    else if (options.all) callback(null, addresses)
    else callback(null, first.address, first.family)
  })
}

function refusal(hostname: string, address: string) {
  return new PrivateAddressError(`${hostname} leads to ${address}, which is not on the public internet`)
}
