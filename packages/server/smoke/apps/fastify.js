import { toNodeHandler } from '@kiekit/server/node'
import fastify from 'fastify'
import { gateway } from './gateway.js'

const app = fastify()
// Fastify parses what it knows; this scope leaves bodies to the gateway.
await app.register(async (scope) => {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', (_request, _body, done) => done(null))
  scope.all('/api/kie/*', (request, reply) => {
    reply.hijack()
    return toNodeHandler(gateway)(request.raw, reply.raw)
  })
})
await app.listen({ port: Number(process.env.PORT) })
