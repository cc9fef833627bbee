import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { createKieGateway, type KieGateway } from '@kiekit/server'
import { fileStore, toNodeHandler } from '@kiekit/server/node'
import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { parse } from 'hono/utils/cookie'
import { createServer as createViteServer } from 'vite'

/** The Kie that the gateway talks to: the embedded fake, or a real one. */
export interface UpstreamKie {
  isFake: boolean
  baseUrl: string
  apiKey: string
}

export interface PlaygroundOptions {
  upstream: UpstreamKie
  /** Where the gateway keeps who owns which task. */
  dataFolder: string
  /** Serve `dist` instead of Vite's development server. */
  built: boolean
  /** How Kie reaches this server and signs its callbacks; the page is then told of changes at once. */
  callbacks: { publicUrl: string; key: string } | null
}

const here = import.meta.dirname
const gatewayPath = '/api/kie'
const userCookie = 'kiekit_user'

/** Puts the page and its gateway on a server. Each browser is a user of its own, known by a cookie. */
export async function servePlayground(server: Server, options: PlaygroundOptions): Promise<KieGateway> {
  const { upstream, dataFolder, built, callbacks } = options
  const gateway = createKieGateway({
    apiKey: upstream.apiKey,
    baseUrl: upstream.baseUrl,
    store: fileStore({ folder: dataFolder }),
    authorize: ({ request }) => parse(request.headers.get('cookie') ?? '', userCookie)[userCookie] ?? null,
    ...(upstream.isFake && { resultHosts: [new URL(upstream.baseUrl).host] }),
    ...(callbacks && { callbackKey: callbacks.key, publicUrl: new URL(gatewayPath, callbacks.publicUrl).href }),
  })
  const answerGateway = toNodeHandler(gateway)

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
    return context.html(
      html.replace(
        '<html lang="en">',
        `<html lang="en" data-kie="${upstream.isFake ? 'fake' : 'live'}" data-push="${callbacks ? 'on' : 'off'}">`,
      ),
    )
  })
  const answerPage = getRequestListener(pages.fetch)

  server.on('request', (request, response) => {
    if (request.url?.startsWith(`${gatewayPath}/`)) void answerGateway(request, response)
    else if (vite) vite.middlewares(request, response, () => void answerPage(request, response))
    else void answerPage(request, response)
  })
  return gateway
}
