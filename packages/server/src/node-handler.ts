import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { envelope } from './envelope.ts'
import type { KieGateway } from './gateway.ts'

export type NodeHandler = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>

/**
 * A gateway as a request handler of Node's own kind: for Express, Fastify and `node:http`.
 *
 * It works under any mount path, and behind body parsers such as `express.json()` that have read the body already.
 *
 * @example
 * express().use('/api/kie', toNodeHandler(gateway))
 * createServer(toNodeHandler(gateway)).listen(8787)
 * // Fastify parses what it knows; this scope leaves bodies to the gateway.
 * await fastify.register(async (scope) => {
 *   scope.removeAllContentTypeParsers()
 *   scope.addContentTypeParser('*', (request, body, done) => done(null))
 *   scope.all('/api/kie/*', (request, reply) => {
 *     reply.hijack()
 *     return toNodeHandler(gateway)(request.raw, reply.raw)
 *   })
 * })
 */
export function toNodeHandler(gateway: Pick<KieGateway, 'fetch'>): NodeHandler {
  const listen = getRequestListener(
    async (request, { outgoing }) => hangUpWhenBroken(await gateway.fetch(request), () => outgoing.destroy()),
    { overrideGlobalObjects: false, errorHandler: () => envelope(400, 'The request cannot be read.') },
  )
  return async (incoming, outgoing) => {
    giveBackWhatFrameworksTook(incoming)
    await listen(incoming, outgoing)
  }
}

// Express cuts the mount path off `url`, and a body parser leaves the body in `body` and the stream empty.
function giveBackWhatFrameworksTook(
  incoming: IncomingMessage & { originalUrl?: unknown; body?: unknown; rawBody?: unknown },
) {
  if (typeof incoming.originalUrl === 'string') incoming.url = incoming.originalUrl
  if (!incoming.readableEnded || incoming.rawBody instanceof Buffer || incoming.body === undefined) return
  const { body } = incoming
  incoming.rawBody = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
}

// A download that breaks off is in the gateway's log; the server's library would print it on the console once more.
function hangUpWhenBroken(response: Response, hangUp: () => void): Response {
  const reader = response.headers.has('content-disposition') ? response.body?.getReader() : undefined
  if (!reader) return response
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read()
          if (!done) return controller.enqueue(value)
        } catch {
          hangUp()
        }
        controller.close()
      },
      cancel: (reason) => reader.cancel(reason),
    },
    // Nothing is read ahead of who reads.
    { highWaterMark: 0 },
  )
  return new Response(body, { status: response.status, headers: response.headers })
}
