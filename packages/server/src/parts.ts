import type { Context } from 'hono'
import type { OpenFile } from './files.ts'
import type { Once } from './idempotency.ts'
import type { Limits } from './limits.ts'
import type { GatewayLogger } from './logger.ts'
import type { AuthorizeContext, GatewayOptions, GatewayUser } from './options.ts'
import type { OwnedRecords } from './owned-records.ts'
import type { Owners } from './owners.ts'
import type { PacedUpstream } from './paced-upstream.ts'
import type { ResultHosts } from './result-hosts.ts'
import type { Upstream } from './upstream.ts'

/** What the routes work with. */
export interface GatewayParts {
  options: GatewayOptions
  authorize: (context: AuthorizeContext) => Promise<GatewayUser>
  logger: GatewayLogger
  owners: Owners
  owned: OwnedRecords
  once: Once
  limits: Limits
  upstream: PacedUpstream
  /** Kie's host for uploads, which has no limits of its own. */
  uploads: Upstream
  hosts: ResultHosts
  openFile: OpenFile
  /** Where Kie reports the end of tasks to; `null` where it cannot reach the gateway. */
  callBackUrl: string | null
}

export type Route = (context: Context) => Promise<Response>
