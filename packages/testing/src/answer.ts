import type { JsonValue } from '@kiekit/core'

/** Kie's envelope. HTTP says 200 whatever the code: that is how the service answers. */
export function envelope(
  code: number,
  msg: string,
  data: JsonValue = null,
  messageKey: 'msg' | 'message' = 'msg',
): Response {
  return json({ code, [messageKey]: msg, data })
}

export function json(body: JsonValue, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
}

/** What the web server in front of Kie says about paths that it does not know; a real HTTP 404. */
export function unknownRoute(path: string, at: number): Response {
  return json({ timestamp: new Date(at).toISOString(), status: 404, error: 'Not Found', path }, 404)
}

/** The page of a content delivery network whose origin is down. */
export function badGatewayPage(): Response {
  const page =
    '<!DOCTYPE html>\n<html lang="en"><head><title>502 Bad Gateway</title></head>' +
    '<body><center><h1>502 Bad Gateway</h1></center><hr><center>cloudflare</center></body></html>\n'
  return new Response(page, { status: 502, headers: { 'content-type': 'text/html; charset=UTF-8' } })
}

/** A file, or the part of it that a `Range` header asks for: players seek that way. */
export function file(type: string, bytes: Uint8Array<ArrayBuffer>, range: string | undefined): Response {
  const headers = { 'content-type': type, 'accept-ranges': 'bytes', 'cache-control': 'no-store' }
  const wanted = /^bytes=(\d*)-(\d*)$/.exec(range ?? '')
  if (!wanted || (wanted[1] === '' && wanted[2] === '')) {
    return new Response(bytes, { headers: { ...headers, 'content-length': String(bytes.length) } })
  }
  const last = bytes.length - 1
  const from = wanted[1] === '' ? Math.max(0, bytes.length - Number(wanted[2])) : Number(wanted[1])
  const to = wanted[1] === '' || wanted[2] === '' ? last : Math.min(last, Number(wanted[2]))
  if (from > to) return new Response(null, { status: 416, headers: { 'content-range': `bytes */${bytes.length}` } })
  const part = bytes.slice(from, to + 1)
  return new Response(part, {
    status: 206,
    headers: {
      ...headers,
      'content-length': String(part.length),
      'content-range': `bytes ${from}-${to}/${bytes.length}`,
    },
  })
}
