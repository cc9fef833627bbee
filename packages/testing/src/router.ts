import { credit, downloadUrl } from './account.ts'
import { badGatewayPage, envelope, unknownRoute } from './answer.ts'
import type { FaultTarget } from './faults.ts'
import type { Incoming } from './incoming.ts'
import { createTask, isObject, recordInfo } from './jobs.ts'
import type { Kie } from './kie.ts'
import { createLimits } from './limits.ts'
import { media } from './links.ts'
import { base64Upload, streamUpload, urlUpload } from './uploads.ts'

type Route = (request: Incoming, kie: Kie) => Response | Promise<Response>

const routes: Record<string, Route> = {
  'POST /api/v1/jobs/createTask': createTask,
  'GET /api/v1/jobs/recordInfo': recordInfo,
  'GET /api/v1/chat/credit': credit,
  'POST /api/v1/common/download-url': downloadUrl,
  'POST /api/file-stream-upload': streamUpload,
  'POST /api/file-base64-upload': base64Upload,
  'POST /api/file-url-upload': urlUpload,
}

/** The connection is gone: each way of serving tells its caller in its own words. */
export class ConnectionLost extends Error {}

/** Answers one request, or breaks in the way that a fault asks for. */
export function createRouter(kie: Kie): (request: Incoming, signal: AbortSignal | null) => Promise<Response> {
  const isWithinLimits = createLimits()

  return async (request, signal) => {
    const { path, headers, at } = request
    const target: FaultTarget = { path, taskId: taskIdOf(request) }
    if (kie.faults.take('offline', target)) throw new ConnectionLost()
    if (kie.faults.take('timeout', target)) return noAnswer(signal)
    if (kie.faults.take('html-error', target)) return badGatewayPage()
    if (kie.faults.take('server-error', target)) return envelope(500, 'Internal error')
    const limited = kie.faults.take('rate-limit', target)
    if (limited) return tooManyRequests(limited.retryAfterSeconds)

    const method = request.method === 'HEAD' ? 'GET' : request.method
    if (path.startsWith('/media/')) return method === 'GET' ? media(request, kie) : unknownRoute(path, at)
    const route = routes[`${method} ${path}`]
    if (!route) return unknownRoute(path, at)
    const key = headers.authorization ?? ''
    const { apiKey, enforceLimits } = kie.options
    if (apiKey !== undefined && key !== `Bearer ${apiKey}`) return envelope(401, 'You do not have access permissions')
    if (enforceLimits && !isWithinLimits(route === createTask ? 'create' : 'query', key, at)) return tooManyRequests()
    return route(request, kie)
  }
}

function taskIdOf({ query, body }: Incoming): string | null {
  const id = query.taskId ?? query.task ?? (isObject(body) ? body.taskId : null)
  return typeof id === 'string' ? id : null
}

function tooManyRequests(retryAfterSeconds?: number): Response {
  const response = envelope(429, 'Too many requests')
  if (retryAfterSeconds !== undefined) response.headers.set('retry-after', String(retryAfterSeconds))
  return response
}

function noAnswer(signal: AbortSignal | null): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(new ConnectionLost()), { once: true })
  })
}
