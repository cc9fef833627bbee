import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'

// What a page may read of an answer besides what every page may.
const READABLE = ['retry-after', 'content-disposition', 'content-range', 'accept-ranges', 'etag']
// Browsers ask again after this at the latest.
const REMEMBERED_S = 600

/**
 * Lets the pages of these origins call from a browser, cookies included: answers what the browser asks beforehand, and
 * opens every answer to them, refusals too. Whatever headers such a page sends may come: the app's own are among them.
 */
export function openTo(origins: readonly string[]): MiddlewareHandler {
  const open = cors({
    origin: [...origins],
    credentials: true,
    allowMethods: ['GET', 'POST'],
    exposeHeaders: READABLE,
    maxAge: REMEMBERED_S,
  })
  return async (context, next) => {
    if (origins.includes(context.req.header('origin') ?? '')) return open(context, next)
    await next()
    context.header('vary', 'Origin', { append: true })
    return undefined
  }
}
