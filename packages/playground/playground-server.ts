import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { createKieGateway } from '@kiekit/server'
import { fileStore, toNodeHandler } from '@kiekit/server/node'
import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { parse } from 'hono/utils/cookie'
import { createServer as createViteServer } from 'vite'

/** The Kie that the gateway talks to: the embedded fake, or a real one. */
export interface UpstreamKie {
  kind: 'fake' | 'live'
  baseUrl: string
  apiKey: string
}

export interface PlaygroundServerOptions {
  upstream: UpstreamKie
  /** Where the gateway keeps who owns which task. */
  dataFolder: string
  /** Serve `dist` instead of Vite's development server. */
  built: boolean
}

const here = import.meta.dirname
const gatewayPath = '/api/kie'
const userCookie = 'kiekit_user'

/** The page and its gateway on one server. Each browser is a user of its own, known by a cookie. */
export async function createPlaygroundServer({
  upstream,
  dataFolder,
  built,
}: PlaygroundServerOptions): Promise<Server> {
  const gateway = createKieGateway({
    apiKey: upstream.apiKey,
    baseUrl: upstream.baseUrl,
    store: fileStore(dataFolder),
    authorize: ({ request }) => parse(request.headers.get('cookie') ?? '', userCookie)[userCookie] ?? null,
    ...(upstream.kind === 'fake' && { resultHosts: [new URL(upstream.baseUrl).host] }),
  })
  const answerGateway = toNodeHandler(gateway)

  const server = createServer()
  const vite = built
    ? null
    : await createViteServer({
        configFile: join(here, 'vite.config.ts'),
        appType: 'custom',
        server: { middlewareMode: true, hmr: { server } },
      })

  const pages = new Hono()
  if (!vite) pages.use('/assets/*', serveStatic({ root: join(here, 'dist') }))
  pages.get('/', async (context) => {
    if (!getCookie(context, userCookie)) {
      setCookie(context, userCookie, randomUUID(), { httpOnly: true, sameSite: 'Lax', maxAge: 400 * 24 * 3600 })
    }
    const file = await readFile(join(here, built ? 'dist' : '', 'index.html'), 'utf8')
    const html = vite ? await vite.transformIndexHtml(context.req.url, file) : file
    return context.html(html.replace('data-kie="fake"', `data-kie="${upstream.kind}"`))
  })
  const answerPage = getRequestListener(pages.fetch)

  return server.on('request', (request, response) => {
    if (request.url?.startsWith(`${gatewayPath}/`)) void answerGateway(request, response)
    else if (vite) vite.middlewares(request, response, () => void answerPage(request, response))
    else void answerPage(request, response)
  })
}
