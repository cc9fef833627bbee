import { Hono } from 'hono'
import { createKeyKeeper } from './api-key.ts'
import { createAuthorize } from './authorize.ts'
import { createCallbackHealth } from './callback-health.ts'
import { createCallbackLooks } from './callback-looks.ts'
import { callBackUrlOf } from './callback-url.ts'
import { createChanges } from './changes.ts'
import { check, taskIdSchema, userIdSchema } from './check.ts'
import { createCreates } from './creates.ts'
import { openTo } from './cross-origin.ts'
import { defaultStore } from './default-store.ts'
import { createEnd } from './end.ts'
import { envelope } from './envelope.ts'
import { createEvents } from './events.ts'
import { createOpenFile } from './files.ts'
import { createFollower } from './follower.ts'
import { createFreshLink } from './fresh-link.ts'
import { createOnce } from './idempotency.ts'
import { createLimits } from './limits.ts'
import { cleanLogger, consoleLogger } from './logger.ts'
import { createOpenBodies } from './open-bodies.ts'
import { createOpenResult } from './open-result.ts'
import type { GatewayOptions } from './options.ts'
import { createOwnLinks } from './own-links.ts'
import { createOwnedRecords } from './owned-records.ts'
import { createOwners } from './owners.ts'
import { createPacedUpstream } from './paced-upstream.ts'
import type { GatewayParts } from './parts.ts'
import { pathOf, paths } from './paths.ts'
import { patientStore } from './patient-store.ts'
import { createRecords } from './records.ts'
import { gatewayIsClosing, Refusal } from './refusal.ts'
import { createResultHosts } from './result-hosts.ts'
import { callback } from './routes/callback.ts'
import { createTask } from './routes/create-task.ts'
import { credits } from './routes/credits.ts'
import { download } from './routes/download.ts'
import { downloadUrl } from './routes/download-url.ts'
import { events as eventStream } from './routes/events.ts'
import { health } from './routes/health.ts'
import { base64Upload, urlUpload } from './routes/json-uploads.ts'
import { recordInfo } from './routes/record-info.ts'
import { recordInfos } from './routes/record-infos.ts'
import { streamUpload } from './routes/stream-upload.ts'
import { isBuilding, isLasting } from './runtime.ts'
import { refuseCrossSite } from './same-site.ts'
import { later } from './timer.ts'
import { createUpstream } from './upstream.ts'

const STREAMS = 20
const REMEMBERED_TASKS = 10_000
// Platforms that stop a process give it 30 s at most.
const DRAIN_MS = 15_000
const KIE_URL = 'https://api.kie.ai'
const KIE_UPLOAD_URL = 'https://kieai.redpandaai.co'

/** A running gateway. */
export interface KieGateway {
  /** Answers a request: hand it to Next.js, Hono, Bun, Deno or a Worker as it is. */
  fetch: (request: Request) => Promise<Response>
  /** Makes a task that was created elsewhere (a server action, a cron job) this user's. */
  claim: (taskId: string, userId: string) => Promise<void>
  /**
   * Ends event streams and timers, waits for requests and downloads that are under way, for 15 s at most, and closes the
   * store. New requests are told to come again.
   */
  close: () => Promise<void>
}

/**
 * The server that stands between browsers and Kie.ai: it keeps the API key, knows whose task is whose, and answers on
 * Kie's own paths, so that `createKieClient({ baseUrl: '/api/kie' })` talks to it as it would to Kie.
 *
 * @throws {GatewayOptionsError} when the options do not allow a safe start.
 *
 * @example
 * // app/api/kie/[...path]/route.ts of a Next.js app
 * const gateway = createKieGateway({
 *   apiKey: process.env.KIE_API_KEY,
 *   authorize: async ({ request }) => (await getSession(request))?.userId ?? null,
 * })
 * export const GET = gateway.fetch
 * export const POST = gateway.fetch
 */
export function createKieGateway(options: GatewayOptions): KieGateway {
  const key = createKeyKeeper(options.apiKey)
  const logger = cleanLogger(options.logger ?? consoleLogger, key.clean)
  const authorize = createAuthorize(options, logger)
  const store = patientStore(options.store ?? defaultStore(), logger)
  const { streams = STREAMS, rememberedTasks = REMEMBERED_TASKS } = options.limits ?? {}
  const owners = createOwners(store, rememberedTasks)
  const send = options.fetch ?? ((...request) => fetch(...request))
  const baseUrl = withoutSlash(options.baseUrl ?? KIE_URL)
  const uploadBaseUrl = withoutSlash(options.uploadBaseUrl ?? (baseUrl === KIE_URL ? KIE_UPLOAD_URL : baseUrl))
  const upstream = createPacedUpstream(createUpstream({ baseUrl, key, fetch: send }), store.rates, logger)
  const callBackUrl = callBackUrlOf(options, logger)
  const callbackHealth = createCallbackHealth(callBackUrl, store, logger)
  const events = createEvents(store, streams, logger)
  // Browsers come back, are told that nothing is pushed, and poll.
  callbackHealth.subscribe((isArriving) => void (isArriving || events.endStreams()))
  const changes = createChanges(owners, events, logger, rememberedTasks)
  const records = createRecords(
    upstream,
    (task, record) => {
      changes.saw(task, record)
      ownLinks.saw(task)
      follower?.saw(task, record.isEnd)
      if (record.isEnd) callbackHealth.ended(task)
    },
    rememberedTasks,
  )
  const ownLinks = createOwnLinks(store, owners, records, rememberedTasks)
  const hosts = createResultHosts(options.resultHosts)
  const openFile = createOpenFile(hosts, logger, options.fetch)
  const freshLink = createFreshLink(upstream)
  const callbackLooks = createCallbackLooks(records, logger)
  const { onTaskFinished } = options
  const follower =
    onTaskFinished &&
    createFollower({
      store,
      records,
      end: createEnd(onTaskFinished, createOpenResult({ openFile, freshLink }), store, logger),
      logger,
      hasCallbacks: callbackHealth.isArriving,
    })
  const adopt = async (taskId: string, userId: string) => {
    await Promise.all([owners.give(taskId, userId), follower?.follow(taskId, userId)])
  }
  const once = createOnce(store, logger)
  const bodies = createOpenBodies()
  const parts: GatewayParts = {
    options,
    logger,
    store,
    owners,
    adopt,
    creates: createCreates({ store, owners, once, adopt }),
    records,
    owned: createOwnedRecords(records, owners),
    once,
    limits: createLimits(options.limits ?? {}, store, records),
    authorize: async (context) => {
      refuseCrossSite(context.request, options.allowedOrigins ?? [])
      return authorize(context)
    },
    upstream,
    uploads: createUpstream({ baseUrl: uploadBaseUrl, key, fetch: send }),
    hosts,
    freshLink,
    ownLinks,
    openFile,
    events: {
      ...events,
      // Nobody would end a stream that begins now.
      open: async (...request) => {
        if (closing) throw gatewayIsClosing()
        return events.open(...request)
      },
    },
    bodies,
    callBackUrl,
    callbackHealth,
    callbackLooks,
  }

  const app = new Hono({ getPath: (request) => pathOf(request.url, options.basePath) })
  if (options.allowedOrigins?.length) app.use(openTo(options.allowedOrigins))
  app.use(async (_context, next) => {
    if (closing) throw gatewayIsClosing()
    await next()
  })
  // Hono answers HEAD as GET and drops the body, without a word to whoever is writing it.
  app.use(async ({ req }, next) => (req.raw.method === 'HEAD' && req.path !== paths.health ? nothing() : next()))
  app.get(paths.recordInfo, recordInfo(parts))
  app.post(paths.recordInfos, recordInfos(parts))
  app.post(paths.createTask, createTask(parts))
  app.get(paths.credits, credits(parts))
  app.post(paths.downloadUrl, downloadUrl(parts))
  app.get(paths.download, download(parts))
  app.post(paths.streamUpload, streamUpload(parts))
  app.post(paths.base64Upload, base64Upload(parts))
  app.post(paths.urlUpload, urlUpload(parts))
  app.get(paths.events, eventStream(parts))
  app.post(paths.callback, callback(parts))
  app.get(paths.health, health())
  app.notFound(nothing)
  app.onError((error, context) => {
    if (error instanceof Refusal) {
      return envelope(error.code, error.message, null, { status: error.status, headers: error.headers })
    }
    logger.error({ err: error, method: context.req.method, path: context.req.path }, 'A request failed.')
    return envelope(500, 'The gateway failed at this. Its log tells why.', null, { status: 500 })
  })

  if (follower && !isBuilding()) {
    // A restarted server finds what it left, visitors or none.
    if (isLasting()) follower.start()
    else {
      logger.warn(
        {},
        'onTaskFinished runs only for tasks that somebody asks about: this runtime does no work between requests.',
      )
    }
  }

  const running = new Set<Promise<Response>>()
  let closing: Promise<void> | null = null

  async function close() {
    events.close()
    await withTimeLimit(
      Promise.allSettled(running).then(() => bodies.ended()),
      DRAIN_MS,
    )
    changes.close()
    callbackHealth.close()
    callbackLooks.close()
    await follower?.close()
    upstream.close()
    await store.close()
  }

  return {
    fetch(request) {
      const answer = Promise.resolve(app.fetch(request)).finally(() => running.delete(answer))
      running.add(answer)
      return answer
    },
    claim: (taskId, userId) => adopt(check(taskIdSchema, taskId), check(userIdSchema, userId)),
    close: () => (closing ??= close()),
  }
}

function nothing(): Response {
  return envelope(404, 'There is nothing here.')
}

function withTimeLimit(promise: Promise<void>, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const cancel = later(ms, resolve)
    void promise.then(resolve).finally(cancel)
  })
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}
