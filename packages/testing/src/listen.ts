import type { IncomingMessage, ServerResponse } from 'node:http'
import { ConnectionLost } from './router.ts'

/** A fake that is listening. */
export interface FakeKieServer {
  /** `http://127.0.0.1:PORT` */
  url: string
  port: number
  /** Breaks open connections and frees the port. */
  close(): Promise<void>
}

type Answer = (request: Request, signal: AbortSignal | null) => Promise<Response>

/**
 * Serves on 127.0.0.1.
 *
 * @throws Error with `code: 'EADDRINUSE'` when the port is taken.
 */
export async function listen(answer: Answer, port: number): Promise<FakeKieServer> {
  // Not an import: bundlers of pages would try to follow it.
  const http = typeof process === 'undefined' ? undefined : process.getBuiltinModule?.('node:http')
  if (!http) {
    throw new Error(
      'Kiekit: fake.listen() needs Node.js. A browser cannot open a port. Give fake.fetch to createKieClient instead.',
    )
  }
  const server = http.createServer((request, response) => void serve(answer, request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? portTaken(port) : error),
    )
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  const actual = typeof address === 'object' && address ? address.port : port
  return {
    url: `http://127.0.0.1:${actual}`,
    port: actual,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function portTaken(port: number): Error {
  const message = `Kiekit: port ${port} is taken by another program. The fake cannot listen there. Choose another port, or 0 for any free one.`
  return Object.assign(new Error(message), { code: 'EADDRINUSE' })
}

async function serve(answer: Answer, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const gone = new AbortController()
  outgoing.once('close', () => gone.abort())
  try {
    const response = await answer(await toRequest(incoming), gone.signal)
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    outgoing.end(Buffer.from(await response.arrayBuffer()))
  } catch (error) {
    if (!(error instanceof ConnectionLost)) console.error(error)
    incoming.socket.destroy()
  }
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk)
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one)
  }
  const { method = 'GET', url = '/' } = incoming
  const hasBody = method !== 'GET' && method !== 'HEAD'
  return new Request(new URL(url, `http://${incoming.headers.host ?? '127.0.0.1'}`), {
    method,
    headers,
    ...(hasBody ? { body: Buffer.concat(chunks) } : {}),
  })
}
