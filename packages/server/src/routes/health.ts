import { envelope } from '../envelope.ts'
import type { Route } from '../parts.ts'

/** For load balancers: the process is there and takes requests. */
export function health(): Route {
  return async () => envelope(200, 'success', { status: 'ok' })
}
