import type { IncomingMessage } from 'node:http'
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

// Not the agents that everybody shares: a connection that other code has left open to the same host was not looked at.
const pool = { keepAlive: true, timeout: 5_000 }
const agents = { http: new http.Agent(pool), https: new https.Agent(pool) }

/**
 * Fetches by Node's own client, which lets us look at the address that is really connected to. A check of the name before
 * that would not do: the resolver may answer differently the second time (DNS rebinding).
 */
export const guardedFetch: FetchFile = async (url, init) => {
  const incoming = await send(url, init)
  try {
    return responseOf(incoming)
  } catch (error) {
    incoming.destroy()
    throw error
  }
}

function send(url: URL, { headers, signal, mayBePrivate }: Parameters<FetchFile>[1]): Promise<IncomingMessage> {
  return new Promise((done, fail) => {
    // A literal address is connected to without a look-up.
    const literal = url.hostname.replace(/^\[|\]$/g, '')
    if (!mayBePrivate && isIP(literal) !== 0 && isPrivateAddress(literal)) {
      fail(refusal(url.hostname, literal))
      return
    }
    const { request } = url.protocol === 'https:' ? https : http
    const agent = url.protocol === 'https:' ? agents.https : agents.http
    const outgoing = request(url, { headers, signal, agent, ...(!mayBePrivate && { lookup: publicLookup }) }, done)
    outgoing.on('upgrade', (_incoming, socket) => {
      fail(new Error('the host wants to speak another protocol'))
      socket.destroy()
    })
    outgoing.on('error', fail)
    outgoing.on('close', () => fail(new Error('the host closed the connection')))
    outgoing.end()
  })
}

/** @throws on a status that no file comes with. */
function responseOf(incoming: IncomingMessage): Response {
  const { statusCode: status = 0 } = incoming
  if (status < 200 || status > 599 || status === 205) throw new Error(`the host answered with the status ${status}`)
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) if (typeof value === 'string') headers.set(name, value)
  const isEmpty = status === 204 || status === 304
  if (isEmpty) incoming.resume()
  // @ts-expect-error Node's own ReadableStream and the DOM's are the same thing under two declarations.
  const body: ReadableStream<Uint8Array> | null = isEmpty ? null : Readable.toWeb(incoming)
  return new Response(body, { status, headers })
}

function refusal(hostname: string, address: string) {
  return new PrivateAddressError(`${hostname} leads to ${address}, which is not on the public internet`)
}
