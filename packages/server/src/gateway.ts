import { Hono } from 'hono'
import { createKeyKeeper } from './api-key.ts'
import { createAuthorize } from './authorize.ts'
import { defaultStore } from './default-store.ts'
import { envelope } from './envelope.ts'
import { createOnce } from './idempotency.ts'
import { cleanLogger, consoleLogger } from './logger.ts'
import type { GatewayOptions } from './options.ts'
import { createOwners } from './owners.ts'
import type { GatewayParts } from './parts.ts'
import { pathOf, paths } from './paths.ts'
import { patientStore } from './patient-store.ts'
import { Refusal } from './refusal.ts'
import { createTask } from './routes/create-task.ts'
import { health } from './routes/health.ts'
import { recordInfo } from './routes/record-info.ts'
import { refuseCrossSite } from './same-site.ts'
import { createUpstream } from './upstream.ts'

const KIE_URL = 'https://api.kie.ai'

/** A running gateway. */
export interface KieGateway {
  /** Answers a request: hand it to Next.js, Hono, Bun, Deno or a Worker as it is. */
  fetch: (request: Request) => Promise<Response>
  /** Makes a task that was created elsewhere (a server action, a cron job) this user's. */
  claim: (taskId: string, userId: string) => Promise<void>
  /** Ends streams and timers, waits for creates under way, and closes the store. */
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
 *   apiKey: process.env.KIE_API_KEY ?? '',
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
  const owners = createOwners(store)
  const parts: GatewayParts = {
    options,
    logger,
    owners,
    once: createOnce(store, logger),
    authorize: async (context) => {
      refuseCrossSite(context.request, options.allowedOrigins ?? [])
      return authorize(context)
    },
    upstream: createUpstream({
      baseUrl: (options.baseUrl ?? KIE_URL).replace(/\/+$/, ''),
      key,
      fetch: options.fetch ?? ((...request) => fetch(...request)),
    }),
  }

  const app = new Hono({ getPath: (request) => pathOf(request.url, options.basePath) })
  app.get(paths.recordInfo, recordInfo(parts))
  app.post(paths.createTask, createTask(parts))
  app.get(paths.health, health())
  app.notFound(() => envelope(404, 'There is nothing here.'))
  app.onError((error) => {
    if (error instanceof Refusal) {
      return envelope(error.code, error.message, null, { status: error.status, headers: error.headers })
    }
    logger.error({ err: error }, 'A request failed.')
    return envelope(500, 'The gateway failed at this. Its log tells why.', null, { status: 500 })
  })

  return {
    fetch: async (request) => app.fetch(request),
    claim: (taskId, userId) => owners.give(taskId, userId),
    close: () => store.close(),
  }
}
