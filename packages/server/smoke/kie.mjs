// A fake Kie behind a real port, whose file host can also be hostile.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { hostname } from 'node:os'
import { gzipSync } from 'node:zlib'
import { getRequestListener } from '@hono/node-server'
import { createFakeKie } from '@kiekit/testing'

/** What the keys look like. Whatever app says one of them to its visitors or its log fails. */
export const keys = { api: 'sk-smoke-5f3a9c27e1b04d68', callback: 'whk-smoke-81c2f0a96b7d' }

export async function startKie() {
  const server = createServer()
  let port = 0
  // A server inside, under a name that does not look like it: only the address that it leads to tells.
  let privateConnections = 0
  const inside = createTcpServer((socket) => {
    privateConnections += 1
    socket.destroy()
  })
  inside.listen(0)
  await once(inside, 'listening')

  const listen = async () => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    port = server.address().port
  }
  await listen()
  const url = `http://127.0.0.1:${port}`
  const fake = createFakeKie({ apiKey: keys.api, webhookHmacKey: keys.callback, mediaBaseUrl: `${url}/media` })

  /** Requests for files, with what they brought along. */
  const fetched = []
  /** Readers who left the endless file. */
  let left = 0

  const hostile = {
    // `localhost` is not on the list of result hosts, though it leads here.
    '/hostile/redirect.png': () => Response.redirect(`http://localhost:${port}/media/hills-16x9.png`),
    '/hostile/packed.png': () =>
      new Response(gzipSync('pixels'), { headers: { 'content-type': 'image/png', 'content-encoding': 'gzip' } }),
    '/hostile/page.png': () => new Response('<script>alert(1)</script>', { headers: { 'content-type': 'text/html' } }),
    '/hostile/endless.mp4': () =>
      new Response(
        new ReadableStream({ pull: (body) => body.enqueue(new Uint8Array(1 << 16)), cancel: () => void (left += 1) }),
        { headers: { 'content-type': 'video/mp4' } },
      ),
  }

  server.on(
    'request',
    getRequestListener((request) => {
      const { pathname } = new URL(request.url)
      if (!pathname.startsWith('/api/'))
        fetched.push({ url: request.url, headers: Object.fromEntries(request.headers) })
      return hostile[pathname]?.() ?? fake.fetch(request)
    }),
  )

  return {
    url,
    host: `127.0.0.1:${port}`,
    fake,
    fetched,
    privateName: `${hostname()}:${inside.address().port}`,
    privateConnections: () => privateConnections,
    readersWhoLeft: () => left,
    /** How often Kie was asked on this path. */
    asked: (path) => fake.requests.filter((request) => request.path === path).length,
    listen,
    async stopListening() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
    async close() {
      inside.close()
      await this.stopListening()
    },
  }
}
