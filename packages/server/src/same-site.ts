import { Refusal } from './refusal.ts'

/**
 * Refuses what a page of somebody else's site makes a browser send along with the user's cookies (or the password that the
 * browser has remembered): such a page could create tasks in the user's name.
 */
export function refuseCrossSite(request: Request, trustedOrigins: readonly string[]) {
  if (!carriesAmbientIdentity(request.headers) || isOwn(request, trustedOrigins) || isLink(request)) return
  throw new Refusal(403, 'This request came from another site. Add that site to `allowedOrigins` if it is yours.')
}

function carriesAmbientIdentity(headers: Headers): boolean {
  return headers.has('cookie') || /^(?:basic|digest|negotiate)\b/i.test(headers.get('authorization') ?? '')
}

function isOwn(request: Request, trustedOrigins: readonly string[]): boolean {
  const origin = request.headers.get('origin')
  if (origin !== null && trustedOrigins.includes(origin)) return true
  const site = request.headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin' || site === 'none'
  // Browsers on plain http send no Sec-Fetch-Site; they still send Origin with all but simple reads.
  if (origin === null) return true
  // Pages cannot forge these two headers across origins; behind a proxy the second holds the name the browser used.
  const hosts = [new URL(request.url).host, request.headers.get('host'), request.headers.get('x-forwarded-host')]
  return URL.canParse(origin) && hosts.includes(new URL(origin).host)
}

// A link that the user followed by hand, from a mail for example. Only reads are GETs, and the other site sees nothing of it.
function isLink(request: Request): boolean {
  const { method, headers } = request
  return (
    method === 'GET' && headers.get('sec-fetch-mode') === 'navigate' && headers.get('sec-fetch-dest') === 'document'
  )
}
