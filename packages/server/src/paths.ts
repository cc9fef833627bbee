/** Every path that the gateway answers on, below wherever it is mounted. All else is 404. */
export const paths = {
  createTask: '/api/v1/jobs/createTask',
  recordInfo: '/api/v1/jobs/recordInfo',
  recordInfos: '/api/v1/jobs/recordInfos',
  credits: '/api/v1/chat/credit',
  downloadUrl: '/api/v1/common/download-url',
  streamUpload: '/api/file-stream-upload',
  base64Upload: '/api/file-base64-upload',
  urlUpload: '/api/file-url-upload',
  download: '/api/v1/kiekit/download',
  events: '/api/v1/kiekit/events',
  callback: '/api/v1/kiekit/callback',
  health: '/api/v1/kiekit/health',
} as const

const known: readonly string[] = Object.values(paths)
const nowhere = '/'

// Another server in the chain may read these differently from us, and believe that it let something else through. The last
// three are letters and digits, which nobody honest writes like that.
const ambiguous = /\/\/|\\|%(?:00|25|2e|2f|5c|3\d|[46][1-9a-f]|[57][0-9a])/i

/**
 * The path of ours that a URL names, or `'/'` for none. The gateway may be mounted under any prefix: with `basePath` that
 * prefix must be it exactly; without, anything may stand before the path but another of these paths.
 */
export function pathOf(url: string, basePath: string | undefined): string {
  const pathname = pathnameOf(url)
  if (pathname === null || ambiguous.test(pathname)) return nowhere
  const found = known.find((path) =>
    basePath === undefined ? pathname.endsWith(path) : pathname === `${basePath}${path}`,
  )
  if (found === undefined || goesThroughAnother(pathname.slice(0, -found.length))) return nowhere
  return found
}

// A rule of another server that lets everything under the callback's path in would let in whatever stood behind it.
function goesThroughAnother(prefix: string): boolean {
  return known.some((path) => prefix.toLowerCase().includes(path.toLowerCase()))
}

function pathnameOf(url: string): string | null {
  try {
    return new URL(url).pathname
  } catch {
    return null
  }
}
