import type { Context } from 'hono'
import type { Once } from './idempotency.ts'
import type { GatewayLogger } from './logger.ts'
import type { AuthorizeContext, GatewayOptions, GatewayUser } from './options.ts'
import type { Owners } from './owners.ts'
import type { Upstream } from './upstream.ts'

/** What the routes work with. */
export interface GatewayParts {
  options: GatewayOptions
  authorize: (context: AuthorizeContext) => Promise<GatewayUser>
  logger: GatewayLogger
  owners: Owners
  once: Once
  upstream: Upstream
}

export type Route = (context: Context) => Promise<Response>
