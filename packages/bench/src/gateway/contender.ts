import { mkdtemp } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouteHandler } from '@fal-ai/server-proxy/hono'
import { serve } from '@hono/node-server'
import { createKieGateway } from '@kiekit/server'
import { fileStore } from '@kiekit/server/node'
import { type Context, Hono } from 'hono'
import { proxy } from 'hono/proxy'
import { answerParent } from './child.ts'

// One contender, mounted in hono on Node, in front of a fake Kie.

const [, , name, kieUrl = '', callbackKey = ''] = process.argv
const apiKey = 'a-key-that-the-fake-takes'
const app = new Hono()
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
await new Promise((resolve) => server.once('listening', resolve))
const { port } = server.address() as AddressInfo

const claim = await mount()
answerParent(async (command) => {
  if (command.do === 'listen') return port
  if (command.do === 'claim') await claim(command.taskId, command.userId)
  return 0
})

async function mount(): Promise<(taskId: string, userId: string) => Promise<void>> {
  const ownsNothing = async () => {}
  if (name === 'gateway') {
    const gateway = createKieGateway({
      apiKey,
      baseUrl: kieUrl,
      callbackKey,
      publicUrl: `http://127.0.0.1:${port}/api/kie`,
      store: fileStore({ folder: await mkdtemp(join(tmpdir(), 'kiekit-bench-')) }),
      authorize: ({ request }) => request.headers.get('x-user'),
      logger: { debug() {}, info() {}, warn() {}, error: console.error },
    })
    app.all('/api/kie/*', (context) => gateway.fetch(context.req.raw))
    return gateway.claim
  }
  if (name === 'fal') {
    // As its README mounts it. It goes wherever the caller's header points, within the patterns.
    const handler = createRouteHandler({
      allowedUrlPatterns: [`${new URL(kieUrl).host}/**`],
      allowedEndpoints: ['api/v1/**'],
      allowUnauthorizedRequests: false,
      isAuthenticated: async () => true,
      resolveFalAuth: async () => `Bearer ${apiKey}`,
    })
    app.all('/api/fal/proxy', handler)
    return ownsNothing
  }
  app.all('/api/kie/*', (context: Context) => {
    const { pathname, search } = new URL(context.req.url)
    return proxy(`${kieUrl}${pathname.slice('/api/kie'.length)}${search}`, {
      method: context.req.method,
      body: context.req.raw.body,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': context.req.header('content-type') },
    })
  })
  return ownsNothing
}
