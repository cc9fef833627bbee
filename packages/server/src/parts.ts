import type { Context } from 'hono'
import type { CallbackHealth } from './callback-health.ts'
import type { CallbackLooks } from './callback-looks.ts'
import type { Creates } from './creates.ts'
import type { Events } from './events.ts'
import type { OpenFile } from './files.ts'
import type { FreshLink } from './fresh-link.ts'
import type { Once } from './idempotency.ts'
import type { Limits } from './limits.ts'
import type { GatewayLogger } from './logger.ts'
import type { OpenBodies } from './open-bodies.ts'
import type { AuthorizeContext, GatewayOptions, GatewayUser } from './options.ts'
import type { OwnLinks } from './own-links.ts'
import type { OwnedRecords } from './owned-records.ts'
import type { Owners } from './owners.ts'
import type { PacedUpstream } from './paced-upstream.ts'
import type { Records } from './records.ts'
import type { ResultHosts } from './result-hosts.ts'
import type { Store } from './store.ts'
import type { Upstream } from './upstream.ts'

/** What the routes work with. */
export interface GatewayParts {
  options: GatewayOptions
  authorize: (context: AuthorizeContext) => Promise<GatewayUser>
  logger: GatewayLogger
  store: Store
  owners: Owners
  /** A new task is this user's, and is seen to its end. Never fails: by now it has been paid for. */
  adopt: (taskId: string, userId: string) => Promise<void>
  creates: Creates
  records: Records
  owned: OwnedRecords
  once: Once
  limits: Limits
  upstream: PacedUpstream
  /** Kie's host for uploads, which has no limits of its own. */
  uploads: Upstream
  hosts: ResultHosts
  freshLink: FreshLink
  ownLinks: OwnLinks
  openFile: OpenFile
  events: Events
  /** Downloads that are under way. */
  bodies: OpenBodies
  /** Where Kie reports the end of tasks to; `null` where it cannot reach the gateway. */
  callBackUrl: string | null
  callbackHealth: CallbackHealth
  callbackLooks: CallbackLooks
}

export type Route = (context: Context) => Promise<Response>
