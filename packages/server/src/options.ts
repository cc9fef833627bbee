import type { KieTask } from '@kiekit/core'
import type { ApiKey } from './api-key.ts'
import type { GatewayLogger } from './logger.ts'
import type { Store } from './store.ts'

/** What a request wants to do; `authorize` is told. */
export type GatewayAction = 'create' | 'read' | 'download' | 'download-url' | 'upload' | 'credits' | 'events'

/** Somebody who owns tasks. */
export interface GatewayUser {
  id: string
}

export interface AuthorizeContext {
  request: Request
  action: GatewayAction
  /** The task asked for; `null` where none is, or several are: who owns which is checked by the gateway anyway. */
  taskId: string | null
}

type MaybePromise<T> = T | Promise<T>

/** Says who is asking, from the session that the app has; `null` for nobody. */
export type Authorize = (context: AuthorizeContext) => MaybePromise<GatewayUser | string | null | undefined>

/** What a create was asked for, before it costs money. */
export interface CreateContext {
  user: GatewayUser
  request: { model: string; input: Record<string, unknown> }
  idempotencyKey: string | null
}

/**
 * How `beforeCreate` says no: `veto` is shown to the user. `code` is one of Kie's that say that nothing was made, 400 to 499
 * but 408, 505 or 550; default 403, and 402 reads as no credits.
 */
export interface CreateVeto {
  veto: string
  code?: number | undefined
}

/** A result of a finished task, opened. */
export interface OpenedResult {
  /** A name for it on a disk, with the extension of its kind: letters, digits, dots and dashes. */
  name: string
  /** The media type of a picture, film, sound, text or JSON; `application/octet-stream` for all that could run. */
  type: string
  body: ReadableStream<Uint8Array<ArrayBuffer>>
}

/**
 * Opens a result, by its index from 0: a file, from the result hosts only and with a link renewed that has died, or a text
 * or data, as a file. It throws where there is none or it cannot be fetched. While it is read, it breaks off when it has
 * more than `maxBytes` (default 4 GiB), or the host sends nothing more.
 */
export type OpenResult = (
  index: number,
  options?: { maxBytes?: number | undefined; signal?: AbortSignal | undefined },
) => Promise<OpenedResult>

/** What `onTaskFinished` may do with the task. */
export interface FinishedTaskTools {
  openResult: OpenResult
}

/** Bounds per user, and on sizes. All have defaults that suit a public website; `null` lifts a bound. */
export interface GatewayLimits {
  /** Default: no limit of ours; Kie's own 20 creates in 10 s for the whole account always hold. */
  createsPerMinute?: number | null | undefined
  /** Tasks of one user that may run at the same time. Default: no limit. */
  runningTasks?: number | null | undefined
  /** Models that may be used. Default: any. */
  models?: readonly string[] | null | undefined
  /** Bytes of a create's body. Default 1 MiB. */
  bodyBytes?: number | undefined
  /** Bytes of an uploaded file. Default 100 MiB, Kie's own bound. */
  uploadBytes?: number | undefined
  /**
   * Media types that may be uploaded; `image/*` takes all of its kind. Default: images, video and audio. A file whose first
   * bytes are surely something else than it is declared as is refused.
   */
  uploadTypes?: readonly string[] | undefined
  /** Uploads that one user may have under way at a time, in one process. Default 10. */
  uploads?: number | undefined
  /** Downloads that one user may have under way at a time, in one process. Default 20. */
  downloads?: number | undefined
  /** Event streams that one user may hold open, in one process. Default 20. */
  streams?: number | undefined
  /**
   * Tasks that a process keeps in memory: whose they are, their last state, and their records, of together 3,200 characters
   * a task. What is forgotten is read again. Default 10,000: some 100 MB when all of it is used.
   */
  rememberedTasks?: number | undefined
}

export interface GatewayOptions {
  /**
   * Kie's key. It is sent to Kie in the Authorization header, and nowhere else. An environment variable may be handed
   * over as it is: where it is not set, the gateway refuses to start and says so.
   */
  apiKey: ApiKey | undefined
  /** Who is asking; `'public'` lets anybody in as one user, for demos. */
  authorize: Authorize | 'public'
  /** With `authorize: 'public'`, run under NODE_ENV=production too: anybody can then spend your credits. */
  allowPublicInProduction?: boolean | undefined
  /** The `webhookHmacKey` of https://kie.ai/settings: with `publicUrl`, Kie's callbacks are taken, and events pushed. */
  callbackKey?: string | undefined
  /** Where the internet reaches this gateway, mount prefix included: `https://app.example/api/kie`. */
  publicUrl?: string | undefined
  /** Default: files in `.kiekit` under Node; elsewhere it must be given. */
  store?: Store | undefined
  /**
   * Hosts that results may be downloaded from, besides Kie's own: `cdn.example.com`, exactly, by https. A loopback or
   * private address is refused unless it stands here itself, with its port: `127.0.0.1:4010`.
   */
  resultHosts?: readonly string[] | undefined
  limits?: GatewayLimits | undefined
  /** Prices or vetoes a create before it costs money. What it throws stops the create; only a veto's text is shown. */
  beforeCreate?: ((context: CreateContext) => MaybePromise<CreateVeto | undefined | void>) | undefined
  /**
   * Runs at least once for each task that ended, also when nobody watches; tried again for a week when it throws.
   *
   * @example
   * onTaskFinished: async (task, user, { openResult }) => {
   *   if (task.state !== 'success') return
   *   for (const index of task.results.keys()) await keep(user.id, task.taskId, await openResult(index))
   * }
   */
  onTaskFinished?: ((task: KieTask, user: GatewayUser, tools: FinishedTaskTools) => MaybePromise<void>) | undefined
  /** pino's interface. Default: all but debug lines on the console. */
  logger?: GatewayLogger | undefined
  /** Origins besides its own whose pages may call the gateway with cookies, and read its answers: `https://app.example`. */
  allowedOrigins?: readonly string[] | undefined
  /**
   * The prefix that the gateway is mounted under, `/api/kie`: only there does it answer. Default: under any. Set it where
   * another server before the gateway goes by paths.
   */
  basePath?: string | undefined
  /** Default `https://api.kie.ai`. */
  baseUrl?: string | undefined
  /** Default `https://kieai.redpandaai.co`; with a `baseUrl` of your own, that. */
  uploadBaseUrl?: string | undefined
  /** Sends everything that goes upstream, downloads included: the connect-time check of addresses is then yours. */
  fetch?: typeof fetch | undefined
}
