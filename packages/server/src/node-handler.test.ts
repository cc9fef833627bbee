import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { connect } from 'node:net'
import { createFakeKie } from '@kiekit/testing'
import express from 'express'
import fastify from 'fastify'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { KEY, note } from '../test/key-watch.ts'
import { keepLines, startGateway } from '../test/start-gateway.ts'
import { createKieGateway } from './gateway.ts'
import { memoryStore } from './memory-store.ts'
import { toNodeHandler } from './node-handler.ts'
import type { GatewayOptions } from './options.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

async function listen(listener: RequestListener): Promise<number> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

const create = { model: 'z-image', input: { prompt: 'a pear' } }
const json = { 'content-type': 'application/json', 'x-user': 'ann' }

/** Creates a task over the network, finishes it, and reads and downloads it. */
async function walkThrough(base: string, { fake }: Pick<ReturnType<typeof startGateway>, 'fake'>) {
  const created = await fetch(`${base}/api/v1/jobs/createTask`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify(create),
  })
  expect(created.status).toBe(200)
  const { data } = (await created.json()) as { data: { taskId: string } }
  fake.finish(data.taskId)
  const record = await fetch(`${base}/api/v1/jobs/recordInfo?taskId=${data.taskId}`, { headers: json })
  expect(await record.json()).toMatchObject({ code: 200, data: { state: 'success' } })
  const file = await fetch(`${base}/api/v1/kiekit/download?taskId=${data.taskId}`, { headers: json })
  expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(100)
  const form = new FormData()
  form.append('file', new File(['x'.repeat(300_000)], 'a.png', { type: 'image/png' }))
  const upload = await fetch(`${base}/api/file-stream-upload`, {
    method: 'POST',
    headers: { 'x-user': 'ann' },
    body: form,
  })
  expect(await upload.json()).toMatchObject({ code: 200, data: { fileSize: 300_000 } })
}

describe('the gateway in a server', () => {
  it('hangs up on event streams that nobody reads, so that no user holds more of them than allowed', async () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => {})
    const store = memoryStore()
    // Not one whose words are noted: that reads them, too.
    const gateway = createKieGateway({
      store,
      apiKey: KEY,
      baseUrl: 'https://kie.test',
      callbackKey: 'webhook-key',
      publicUrl: 'https://app.test/api/kie',
      authorize: ({ request }) => request.headers.get('x-user'),
      limits: { streams: 2 },
      logger: keepLines().logger,
    })
    const port = await listen((request, response) => void toNodeHandler(gateway)(request, response))
    const server = servers.at(-1)
    const openStreams = () => new Promise<number>((resolve) => server?.getConnections((_, count) => resolve(count)))
    const head = 'GET /api/v1/kiekit/events HTTP/1.1\r\nHost: app.test\r\nx-user: ann\r\n\r\n'
    const deaf = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')]
    for (const socket of deaf) socket.write(head)
    for (const socket of deaf) socket.on('error', () => {})
    await Promise.all(deaf.map((socket) => once(socket, 'readable')))
    expect(await openStreams()).toBe(2)
    // More than the sockets of both sides take, piece by piece, as events come.
    const record = 'x'.repeat(10_000)
    for (let task = 0; (await openStreams()) > 0; task += 1) {
      expect(task).toBeLessThan(5_000)
      await store.publish('events:ann', JSON.stringify({ taskId: `t${task}`, state: 'success', record }))
    }
    expect((await fetch(`http://127.0.0.1:${port}/api/v1/kiekit/events`, { headers: json })).status).toBe(200)
    expect(told).toHaveBeenCalledTimes(2)
    for (const socket of deaf) socket.destroy()
    await gateway.close()
  })

  it('works in node:http', async () => {
    const setup = startGateway()
    const port = await listen((request, response) => void toNodeHandler(setup.gateway)(request, response))
    await walkThrough(`http://127.0.0.1:${port}`, setup)
  })

  it('works in Express, under a mount path, with and without a body parser before it', async () => {
    for (const parser of [[], [express.json()]]) {
      const setup = startGateway({ basePath: '/deep/api/kie' })
      const app = express()
      app.use(...parser, (_request, _response, next) => next())
      app.use('/deep/api/kie', (request, response) => void toNodeHandler(setup.gateway)(request, response))
      await walkThrough(`http://127.0.0.1:${await listen(app)}/deep/api/kie`, setup)
    }
  })

  it('works in Fastify, with and without its parsers', async () => {
    for (const isOwnScope of [true, false]) {
      const setup = startGateway()
      const app = fastify()
      await app.register(async (scope) => {
        if (isOwnScope) {
          scope.removeAllContentTypeParsers()
          scope.addContentTypeParser('*', (_request, _body, done) => done(null))
        } else {
          scope.addContentTypeParser('multipart/form-data', (_request, _body, done) => done(null))
        }
        scope.all('/api/kie/*', (request, reply) => {
          reply.hijack()
          const raw = isOwnScope ? request.raw : Object.assign(request.raw, { body: request.body })
          void toNodeHandler(setup.gateway)(raw, reply.raw)
        })
      })
      await walkThrough(`${await app.listen({ port: 0, host: '127.0.0.1' })}/api/kie`, setup)
      await app.close()
    }
  })

  it.each([0, 3, 200_000])(
    'hangs up on a download that breaks off after %i bytes, and prints nothing',
    async (size) => {
      const printed = vi.spyOn(console, 'error')
      const breaks = () => {
        let isBegun = size === 0
        return new ReadableStream<Uint8Array>({
          pull(controller) {
            if (isBegun) controller.error(new Error('terminated'))
            else controller.enqueue(new Uint8Array(size))
            isBegun = true
          },
        })
      }
      const resultJson = JSON.stringify({ resultUrls: ['https://file.kie.ai/a.mp4'] })
      const setup = startGateway({
        fetch: async (input, init) =>
          new Request(input, init).url.includes('recordInfo')
            ? Response.json({
                code: 200,
                msg: 'success',
                data: { taskId: 't1', model: 'm', state: 'success', resultJson },
              })
            : new Response(breaks(), { headers: { 'content-type': 'video/mp4' } }),
      })
      await setup.gateway.claim('t1', 'ann')
      const port = await listen((request, response) => void toNodeHandler(setup.gateway)(request, response))
      const answer = fetch(`http://127.0.0.1:${port}/api/v1/kiekit/download?taskId=t1`, { headers: json })
      await expect(answer.then((response) => response.arrayBuffer())).rejects.toThrow()
      expect(printed).not.toHaveBeenCalled()
      expect(setup.lines.join()).toContain('A download was broken off.')
      expect((await fetch(`http://127.0.0.1:${port}/api/v1/kiekit/health`)).status).toBe(200)
    },
  )

  it('lets go of a stream when its browser leaves', async () => {
    const setup = startGateway({ callbackKey: 'k', publicUrl: 'https://app.test', limits: { streams: 1 } })
    const port = await listen((request, response) => void toNodeHandler(setup.gateway)(request, response))
    const url = `http://127.0.0.1:${port}/api/v1/kiekit/events`
    const leaving = new AbortController()
    const first = await fetch(url, { headers: json, signal: leaving.signal })
    expect(first.status).toBe(200)
    expect((await fetch(url, { headers: json })).status).toBe(429)
    leaving.abort()
    await expect.poll(async () => (await setup.ask('/api/v1/kiekit/events')).status, { timeout: 3_000 }).toBe(200)
  })
})

/** Sends bytes as they are, and gives all that comes back. */
function sendRaw(port: number, pieces: readonly string[], pauseMs = 0): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    socket.on('data', (data) => void (answer += data.toString('latin1')))
    socket.on('error', () => resolve(answer))
    socket.on('close', () => resolve(answer))
    const send = async () => {
      for (const piece of pieces) {
        socket.write(piece, 'latin1')
        if (pauseMs > 0) await new Promise((later) => setTimeout(later, pauseMs))
      }
    }
    void send()
    setTimeout(() => socket.destroy(), 2_000)
  }).then((answer) => {
    note(String(answer))
    return String(answer)
  })
}

describe('an attacker on the network', () => {
  async function start(options: Partial<GatewayOptions> = {}) {
    const fake = createFakeKie({ apiKey: KEY })
    /** What Kie was asked, with the query. */
    const asked: string[] = []
    const setup = startGateway({
      fetch: async (input, init) => {
        const request = new Request(input, init)
        asked.push(`${request.method} ${request.url}`)
        return fake.fetch(request)
      },
      ...options,
    })
    const port = await listen((request, response) => void toNodeHandler(setup.gateway)(request, response))
    const taskId = await setup.create({ user: 'ann' })
    asked.length = 0
    const isAlive = async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/kiekit/health`)
      expect(answer.status).toBe(200)
      return true
    }
    return { ...setup, fake, asked, port, taskId, isAlive }
  }
  const get = (target: string, user = 'eve') =>
    `GET ${target} HTTP/1.1\r\nHost: app.test\r\nx-user: ${user}\r\nConnection: close\r\n\r\n`

  // The owner gets what the plain path gives, and Kie is asked for nothing else. Everybody else gets nothing.
  it.each([
    ['/api/v1/jobs/recordInfo?taskId=TASK', 200],
    ['/api/v1/jobs/../../api/v1/jobs/recordInfo?taskId=TASK', 200],
    ['/api/v1/%2e%2e/v1/jobs/recordInfo?taskId=TASK', 200],
    ['http://api.kie.ai/api/v1/jobs/recordInfo?taskId=TASK', 200],
    ['http://169.254.169.254/api/v1/jobs/recordInfo?taskId=TASK', 200],
    ['/api/v1/jobs/recordInfo?taskId=TASK&taskId=other', 200],
    ['/api/v1/jobs/recordInfo?a=1&taskId=TASK&callBackUrl=http://169.254.169.254/&%26b=2#c', 200],
    ['/api%2Fv1%2Fjobs%2FrecordInfo?taskId=TASK', 404],
    ['//api/v1/jobs/recordInfo?taskId=TASK', 404],
    ['/api/v1/jobs/recordInfo/?taskId=TASK', 404],
    ['/api\\v1\\jobs\\recordInfo?taskId=TASK', 400],
    ['/api/v1/kiekit/callback/api/v1/jobs/recordInfo?taskId=TASK', 404],
    ['http://127.0.0.1:1/api/v1/user/secret', 404],
    ['/api/v1/jobs/recordInfo?taskId[]=TASK', 422],
    ['/api/v1/jobs/recordInfo?taskId=TASK%00', 404],
    ['/api/v1/jobs/recordInfo?taskId=TASK%0d%0aX-Injected:%201', 404],
    ['/api/v1/jobs/recordInfo?taskId=%zz', 404],
    [`/api/v1/jobs/recordInfo?taskId=${'x'.repeat(5_000)}`, 422],
    ['/api/v1/chat/completions', 404],
    ['*', 400],
    ['/', 404],
  ])('gets no more by asking for %s than HTTP %i', async (target, status) => {
    const { port, taskId, asked, isAlive } = await start()
    const path = target.replaceAll('TASK', taskId)
    const forOthers = await sendRaw(port, [get(path, 'eve')])
    expect(forOthers).toMatch(new RegExp(`^HTTP/1\\.1 ${status === 200 ? 404 : status} `))
    expect(forOthers).not.toContain('"state"')
    expect(asked).toEqual([])
    const forOwner = await sendRaw(port, [get(path, 'ann')])
    expect(forOwner).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(forOwner).not.toMatch(/x-injected/i)
    const record = `GET https://api.kie.ai/api/v1/jobs/recordInfo?taskId=${taskId}`
    expect(asked).toEqual(status === 200 ? [record] : [])
    expect(await isAlive()).toBe(true)
  })

  it('cannot name the address that a download comes from', async () => {
    const { port, taskId, fake, asked } = await start()
    fake.finish(taskId)
    const path = `/api/v1/kiekit/download?taskId=${taskId}&url=http://169.254.169.254/`
    expect(await sendRaw(port, [get(path, 'eve')])).toMatch(/^HTTP\/1\.1 404 /)
    expect(asked).toEqual([])
    expect(await sendRaw(port, [get(path, 'ann')])).toMatch(/^HTTP\/1\.1 200 /)
    expect(asked).toEqual([
      `GET https://api.kie.ai/api/v1/jobs/recordInfo?taskId=${taskId}`,
      expect.stringMatching(/^GET https:\/\/tempfile\.aiquickdraw\.com\//),
    ])
  })

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    'gets nothing by the method %s, from a session that could read',
    async (method) => {
      const { port, taskId, asked } = await start()
      const target = `/api/v1/jobs/recordInfo?taskId=${taskId}`
      expect(await sendRaw(port, [get(target, 'ann').replace('GET', method)])).toMatch(/^HTTP\/1\.1 404 /)
      expect(asked).toEqual([])
    },
  )

  it.each([
    '/api/v1/jobs/createTask',
    '/api/v1/jobs/recordInfos',
    '/api/v1/common/download-url',
    '/api/file-url-upload',
  ])('gets nothing by GET from %s', async (path) => {
    const { port, asked } = await start()
    expect(await sendRaw(port, [get(path, 'ann')])).toMatch(/^HTTP\/1\.1 404 /)
    expect(asked).toEqual([])
  })

  it.each([
    ['Host: app.test@evil.test'],
    ['Host: evil.test/api'],
    ['Host: '],
    ['Transfer-Encoding: chunked\r\nContent-Length: 5'],
    ['Bad Header: 1'],
    ['X-Injected: a\rb'],
  ])('gets nothing by the header %j', async (header) => {
    const { port, isAlive } = await start()
    const request = `GET /api/v1/jobs/recordInfo?taskId=t HTTP/1.1\r\n${header.startsWith('Host') ? '' : 'Host: app.test\r\n'}x-user: eve\r\nConnection: close\r\n${header}\r\n\r\n`
    expect(await sendRaw(port, [request])).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(await isAlive()).toBe(true)
  })

  const post = (headers: string, body: string) =>
    `POST /api/v1/jobs/createTask HTTP/1.1\r\nHost: app.test\r\nx-user: eve\r\nConnection: close\r\n${headers}\r\n\r\n${body}`

  it('cannot send a huge body, announced or in pieces without end', async () => {
    const { port, fake, isAlive } = await start()
    const announced = await sendRaw(port, [
      post('Content-Type: application/json\r\nContent-Length: 9999999999', '{"model":"'),
    ])
    expect(announced).toMatch(/^HTTP\/1\.1 413 /)
    const piece = `${(64 * 1024).toString(16)}\r\n${'x'.repeat(64 * 1024)}\r\n`
    const endless = await sendRaw(port, [
      post('Content-Type: application/json\r\nTransfer-Encoding: chunked', ''),
      ...Array.from({ length: 40 }, () => piece),
    ])
    expect(endless).toMatch(/^HTTP\/1\.1 413 /)
    expect(fake.requests).toHaveLength(1)
    expect(await isAlive()).toBe(true)
  })

  it.each([
    ['application/json', '{"model":5,"input":{}}', 422],
    ['application/json', '{"model":"z-image","input":[]}', 422],
    ['application/json', '{"model":"z-image","input":"{}"}', 422],
    ['application/json', '{"model":"","input":{}}', 422],
    ['application/json', 'null', 422],
    ['application/json', '[[[[', 400],
    ['application/json', '\xff\xfe{', 400],
    ['application/json', '', 400],
    ['text/plain', '{"model":"z-image","input":{}}', 415],
    ['application/x-www-form-urlencoded', 'model=z-image', 415],
    ['application/jsonp', '{}', 415],
  ])('cannot create with %s %s', async (type, body, status) => {
    const { port, fake } = await start()
    const bytes = Buffer.from(body, 'latin1')
    const answer = await sendRaw(port, [post(`Content-Type: ${type}\r\nContent-Length: ${bytes.length}`, body)])
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(answer).toContain(`"code":${status}`)
    expect(fake.requests).toHaveLength(1)
  })

  it('cannot make prototypes of objects', async () => {
    const { port, fake } = await start()
    const body = '{"model":"z-image","input":{"prompt":"x","__proto__":{"polluted":true}},"__proto__":{"model":"y"}}'
    expect(
      await sendRaw(port, [post(`Content-Type: application/json\r\nContent-Length: ${body.length}`, body)]),
    ).toMatch(/ 200 /)
    expect({}).not.toHaveProperty('polluted')
    expect(fake.requests.at(-1)?.body).toHaveProperty('model', 'z-image')
  })

  it('is told nothing but an envelope, and never the key', async () => {
    const { port } = await start()
    const answer = await sendRaw(port, [get('/api/v1/nothing')])
    expect(answer).toContain('{"code":404,"msg":"There is nothing here.","data":null}')
    expect(answer).not.toContain(KEY)
    expect(answer).not.toMatch(/x-powered-by|stack|node_modules/i)
  })
})
