import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { createFakeKie, signCallback } from '@kiekit/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openGateway } from '../test/key-watch.ts'
import { CREATE, KEY, keepLines, RECORD, startGateway, taskIdOf } from '../test/start-gateway.ts'
import { fileStore } from './file-store.ts'
import { memoryStore } from './memory-store.ts'

const NOT_FOUND = '{"code":404,"msg":"Task not found","data":null}'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
  vi.useRealTimers()
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})

describe('a gateway', () => {
  it('creates a task and follows it for its owner, in Kie’s own words', async () => {
    const { create, read, fake } = startGateway()
    const taskId = await create()
    fake.finish(taskId)
    const answer = await read(taskId)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ code: 200, data: { taskId, state: 'success' } })
  })

  it('answers for somebody else’s task exactly as for one that does not exist, and asks Kie for neither', async () => {
    const { create, read, asked } = startGateway()
    const others = await read(await create({ user: 'ann' }), 'bob')
    const unknown = await read('no-such-task', 'bob')
    expect(others.status).toBe(404)
    expect(await others.text()).toBe(NOT_FOUND)
    expect(await unknown.text()).toBe(NOT_FOUND)
    expect([...others.headers]).toEqual([...unknown.headers])
    expect(asked(RECORD)).toBe(0)
  })

  it('lets nobody in whom `authorize` does not know', async () => {
    const { create, ask, post, fake } = startGateway({
      authorize: ({ request }) => (request.headers.get('x-user') === 'ann' ? { id: 'ann' } : null),
    })
    const taskId = await create()
    const picture = {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: '--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\npixels\r\n--b--\r\n',
    }
    for (const answer of [
      await ask(`/api/v1/jobs/recordInfo?taskId=${taskId}`, { user: 'eve' }),
      await post('/api/v1/jobs/recordInfos', { taskIds: [taskId] }, { user: 'eve' }),
      await post('/api/v1/jobs/createTask', { model: 'z-image', input: {} }, { user: 'eve' }),
      await ask('/api/v1/chat/credit', { user: 'eve' }),
      await ask(`/api/v1/kiekit/download?taskId=${taskId}`, { user: 'eve' }),
      await ask('/api/v1/kiekit/events', { user: 'eve' }),
      await post('/api/v1/common/download-url', { url: 'https://file.kie.ai/x.png' }, { user: 'eve' }),
      await post('/api/file-url-upload', { fileUrl: 'https://example.com/x.png' }, { user: 'eve' }),
      await post('/api/file-base64-upload', { base64Data: 'data:image/png;base64,cGl4' }, { user: 'eve' }),
      await ask('/api/file-stream-upload', { user: 'eve', ...picture }),
    ]) {
      expect(answer.status).toBe(401)
      expect(await answer.json()).toMatchObject({ code: 401, data: null })
    }
    expect(fake.requests).toHaveLength(1)
  })

  it.each(['', { id: '' }, { id: 42 }, {}, 42, true])(
    'says in its log what is wrong with a user like %j',
    async (user) => {
      const { read, lines } = startGateway({ authorize: () => user as string })
      expect((await read('t1')).status).toBe(500)
      expect(lines.join()).toContain('`authorize` returned')
    },
  )

  it('tells `authorize` what is wanted', async () => {
    const asked: unknown[] = []
    const { read, ask } = startGateway({
      authorize: ({ action, taskId }) => {
        asked.push([action, taskId])
        return 'ann'
      },
    })
    await read('t1')
    await ask('/api/v1/chat/credit')
    expect(asked).toEqual([
      ['read', 't1'],
      ['credits', null],
    ])
  })

  it('asks once for the credits, however many browsers want to show them', async () => {
    const { ask, asked } = startGateway()
    const answers = await Promise.all([1, 2, 3].map(() => ask('/api/v1/chat/credit')))
    for (const answer of answers) expect(await answer.json()).toMatchObject({ code: 200 })
    expect(asked('/api/v1/chat/credit')).toBe(1)
  })

  it('answers HEAD for its health only: of everything else somebody would go on writing the body', async () => {
    const { ask, create, fake } = startGateway({ callbackKey: 'k', publicUrl: 'https://app.test/api/kie' })
    const taskId = await create()
    fake.finish(taskId)
    const before = fake.requests.length
    for (const path of [
      '/api/v1/kiekit/events',
      `/api/v1/kiekit/download?taskId=${taskId}`,
      `${RECORD}?taskId=${taskId}`,
    ]) {
      expect((await ask(path, { method: 'HEAD' })).status).toBe(404)
    }
    expect(fake.requests).toHaveLength(before)
    expect((await ask('/api/v1/kiekit/health', { method: 'HEAD' })).status).toBe(200)
  })

  it('says what is wrong with an input that nests too deep to be written', async () => {
    const { ask, fake } = startGateway()
    const body = `{"model":"z-image","input":{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`
    const answer = await ask(CREATE, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('nest') as string])
    expect(fake.requests).toHaveLength(0)
  })

  it('names the path of a request that failed in its log, and not what was asked', async () => {
    const { ask, lines } = startGateway({ authorize: () => Promise.reject(new Error('the session store is down')) })
    expect((await ask(`${RECORD}?taskId=t1`)).status).toBe(500)
    const [line] = lines.filter((other) => other.includes('A request failed'))
    expect(line).toContain('"method":"GET","path":"/api/v1/jobs/recordInfo"')
    expect(line).toContain('the session store is down')
  })

  it('keeps owners over a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kiekit-'))
    try {
      const fake = createFakeKie({ apiKey: KEY })
      const before = startGateway({ store: fileStore({ folder }), fetch: fake.fetch })
      const taskId = await before.create()
      await before.gateway.close()
      const after = startGateway({ store: fileStore({ folder }), fetch: fake.fetch })
      expect(await (await after.read(taskId)).json()).toMatchObject({ code: 200, data: { taskId } })
      expect((await after.read(taskId, 'bob')).status).toBe(404)
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('gives a claimed task to its user, and to the last who claims it', async () => {
    const { gateway, fake, read } = startGateway()
    const taskId = fake.addTask({ model: 'z-image', input: { prompt: 'a pear' } })
    expect((await read(taskId)).status).toBe(404)
    await gateway.claim(taskId, 'ann')
    expect((await read(taskId)).status).toBe(200)
    await gateway.claim(taskId, 'bob')
    expect((await read(taskId)).status).toBe(404)
    expect((await read(taskId, 'bob')).status).toBe(200)
  })

  it('gives a claimed task to its user also while the store is being read for the one before', async () => {
    const inner = memoryStore()
    await startGateway({ store: inner }).gateway.claim('t1', 'ann')
    const reads: (() => void)[] = []
    const store = {
      ...inner,
      get: async (key: string) => {
        const value = await inner.get(key)
        await new Promise<void>((resolve) => void reads.push(resolve))
        return value
      },
    }
    const { gateway, read } = startGateway({ store })
    const looking = read('t1')
    await expect.poll(() => reads).toHaveLength(1)
    await gateway.claim('t1', 'bob')
    reads[0]?.()
    expect((await looking).status).toBe(404)
    expect((await read('t1')).status).toBe(404)
  })

  it('sends Kie its own key and nothing of the caller’s', async () => {
    const { post, fake } = startGateway()
    await post(
      CREATE,
      { model: 'z-image', input: { prompt: 'x' }, callBackUrl: 'https://evil.test', extra: 1 },
      { headers: { cookie: 'session=1', authorization: 'Bearer theirs', 'x-forwarded-for': '1.2.3.4' } },
    )
    const [request] = fake.requests
    expect(request?.headers['authorization']).toBe(`Bearer ${KEY}`)
    expect(Object.keys(request?.headers ?? {}).sort()).toEqual(['accept', 'authorization', 'content-type'])
    expect(request?.body).toEqual({ model: 'z-image', input: { prompt: 'x' } })
  })

  it('brings nothing of Kie’s headers down', async () => {
    const { gateway, read } = startGateway({
      fetch: async () =>
        Response.json({ code: 200, data: null }, { headers: { 'set-cookie': 'a=1', 'x-kie-node': '7' } }),
    })
    await gateway.claim('t1', 'ann')
    const names = [...(await read('t1')).headers.keys()].sort()
    expect(names).toEqual(['cache-control', 'content-type', 'x-content-type-options'])
  })

  it('cleans the key out of whatever Kie says, and out of errors', async () => {
    const { read, gateway, lines } = startGateway({
      fetch: async (input) => {
        if (JSON.stringify(input).includes('taskId=t1'))
          return Response.json({ code: 401, msg: `No such key: ${KEY}`, data: null })
        throw new TypeError(`fetch failed with Bearer ${KEY}`)
      },
    })
    await gateway.claim('t1', 'ann')
    await gateway.claim('t2', 'ann')
    expect(await (await read('t1')).text()).toBe('{"code":401,"msg":"No such key: [redacted]","data":null}')
    expect((await read('t2')).status).toBe(502)
    expect(lines.join()).not.toContain(KEY)
  })

  it.each(['to another server', 'within its own'])(
    'follows no redirect of Kie’s %s, and sends the key to nobody else',
    async (where) => {
      const heard: string[] = []
      const listen = async (location: () => string) => {
        const server = createServer((request, response) => {
          heard.push(`${request.headers.host} ${request.url} ${request.headers.authorization}`)
          request.resume()
          if (request.url?.startsWith('/target')) response.end('{"code":200,"msg":"success","data":{"taskId":"t2"}}')
          else response.writeHead(307, { location: location() }).end()
        })
        servers.push(server)
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
        const address = server.address()
        return `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
      }
      const other = await listen(() => '')
      const kie = await listen(() => (where === 'within its own' ? '/target' : `http://${other}/target`))
      const { gateway, read, createRaw, ask, post } = startGateway({ fetch: undefined, baseUrl: `http://${kie}` })
      await gateway.claim('t1', 'ann')
      const answers = [
        await read('t1'),
        await createRaw(),
        await ask('/api/v1/chat/credit'),
        await post('/api/file-base64-upload', { base64Data: `data:image/png;base64,${btoa('pixels')}` }),
      ]
      expect(answers.map(({ status }) => status)).toEqual([502, 504, 502, 502])
      expect(heard).toEqual(
        ['/api/v1/jobs/recordInfo?taskId=t1', CREATE, '/api/v1/chat/credit', '/api/file-base64-upload'].map(
          (path) => `${kie} ${path} Bearer ${KEY}`,
        ),
      )
    },
  )

  it('answers a refused key of the app’s as its own trouble, not as the visitor’s sign-in', async () => {
    const { createRaw } = startGateway({}, { apiKey: 'another' })
    const answer = await createRaw()
    expect(answer.status).toBe(502)
    expect(await answer.json()).toMatchObject({ code: 401 })
  })

  it('survives an `authorize` that throws, and keeps what it threw to the log', async () => {
    const { read, lines } = startGateway({
      authorize: () => {
        throw new Error(`database at 10.0.0.7 is down; ${KEY}`)
      },
    })
    const answer = await read('t1')
    expect(answer.status).toBe(500)
    expect(await answer.text()).not.toContain('10.0.0.7')
    expect(lines.join()).toContain('10.0.0.7')
  })

  it('takes a key from a vault, and says what is wrong when the vault gives none', async () => {
    const good = startGateway({ apiKey: async () => ` ${KEY}\n` })
    await good.create()
    const bad = startGateway({ apiKey: () => '' })
    expect((await bad.createRaw()).status).toBe(500)
    expect(bad.lines.join()).toContain('no usable `apiKey`')
  })

  it('is closed for new requests once it is closing, after those under way', async () => {
    const { gateway, createRaw, fake } = startGateway()
    const underWay = createRaw()
    const closing = gateway.close()
    expect((await createRaw()).status).toBe(503)
    expect((await underWay).status).toBe(200)
    await closing
    expect(fake.requests).toHaveLength(1)
  })

  it('closes within fifteen seconds though a request never ends, and ends event streams before that', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { gateway, ask } = startGateway({
      callbackKey: 'k',
      publicUrl: 'https://app.test/api/kie',
      authorize: ({ request }) => (request.headers.get('x-user') === 'eve' ? new Promise(() => {}) : 'ann'),
    })
    const stream = await ask('/api/v1/kiekit/events')
    void ask('/api/v1/chat/credit', { user: 'eve' })
    let isClosed = false
    const closing = gateway.close().then(() => void (isClosed = true))
    expect(await stream.text()).toContain('event: ready')
    await vi.advanceTimersByTimeAsync(14_000)
    expect(isClosed).toBe(false)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(isClosed).toBe(true)
    await closing
  })

  it('begins no event stream for who was still being asked for when it closed', async () => {
    let letIn = (_user: string) => {}
    const { gateway, ask } = startGateway({
      callbackKey: 'k',
      publicUrl: 'https://app.test/api/kie',
      authorize: () => new Promise((resolve) => void (letIn = resolve)),
    })
    const opening = ask('/api/v1/kiekit/events')
    const closing = gateway.close()
    letIn('ann')
    expect((await opening).status).toBe(503)
    await closing
  })

  it('tells whether it is up', async () => {
    const { ask } = startGateway()
    expect(await (await ask('/api/v1/kiekit/health')).json()).toEqual({
      code: 200,
      msg: 'success',
      data: { status: 'ok' },
    })
  })
})

describe('starting a gateway', () => {
  const { logger, lines } = keepLines()
  const options = { apiKey: KEY, authorize: () => 'ann', store: memoryStore(), logger }

  it.each(['', '  '])('refuses %j for a key', (apiKey) => {
    expect(() => openGateway({ ...options, apiKey })).toThrow(/no usable `apiKey`/)
  })

  it.each(['two words', 'line\nbreak', 'ключ', `${KEY} ${KEY}`])(
    'refuses %j for a key, without repeating it',
    (apiKey) => {
      let said = ''
      try {
        openGateway({ ...options, apiKey })
      } catch (error) {
        said = inspect(error, { showHidden: true })
      }
      expect(said).toMatch(/no usable `apiKey`/)
      expect(said).not.toContain(apiKey)
    },
  )

  it('does not ask for the key where Next.js only builds the app, and asks for it with the first request', async () => {
    vi.stubEnv('NEXT_PHASE', 'phase-production-build')
    const { gateway, read, lines } = startGateway({ apiKey: undefined })
    await gateway.claim('task-1', 'ann')
    expect((await read('task-1')).status).toBe(500)
    expect(lines.join()).toMatch(/no usable `apiKey`/)
  })

  it('leaves the tasks of a running server alone where Next.js only builds the app', async () => {
    const store = memoryStore()
    const { create, gateway } = startGateway({ store, onTaskFinished: () => {} })
    await create()
    await gateway.close()
    const lists = vi.spyOn(store, 'list')
    vi.stubEnv('NEXT_PHASE', 'phase-production-build')
    openGateway({ ...options, store, onTaskFinished: () => {} })
    expect(lists).not.toHaveBeenCalled()
    vi.unstubAllEnvs()
    startGateway({ store, onTaskFinished: () => {} })
    expect(lists).toHaveBeenCalled()
  })

  it('refuses to start without `authorize`', () => {
    // @ts-expect-error JavaScript callers may forget it.
    expect(() => openGateway({ ...options, authorize: undefined })).toThrow(/no `authorize`/)
  })

  it('warns of being public, and refuses that in production unless told twice', () => {
    openGateway({ ...options, authorize: 'public' })
    expect(lines.join()).toMatch(/warn The gateway is public/)
    vi.stubEnv('NODE_ENV', 'production')
    expect(() => openGateway({ ...options, authorize: 'public' })).toThrow(/allowPublicInProduction/)
    expect(() => openGateway({ ...options, authorize: 'public', allowPublicInProduction: true })).not.toThrow()
  })

  it.each([
    ['a Worker', () => vi.stubGlobal('navigator', { userAgent: 'Cloudflare-Workers' })],
    ['an edge runtime', () => vi.stubGlobal('EdgeRuntime', 'edge')],
    ['a function', () => vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'f')],
  ])('refuses to forget where there is no disk that lasts: in %s', (_, become) => {
    become()
    expect(() => openGateway({ apiKey: KEY, authorize: () => 'ann', logger })).toThrow(/no `store`/)
    expect(() => openGateway(options)).not.toThrow()
  })

  it.each(['https://cdn.example.com/files', 'user@cdn.example.com', '*.example.com', ''])(
    'refuses %j as a result host',
    (host) => {
      expect(() => openGateway({ ...options, resultHosts: [host] })).toThrow(/resultHosts/)
    },
  )

  it('says once that it cannot push, and why', () => {
    const own = keepLines()
    openGateway({ ...options, logger: own.logger })
    const local = { ...options, logger: own.logger, callbackKey: 'k', publicUrl: 'http://localhost:3000/api/kie' }
    openGateway(local)
    openGateway({ ...local, baseUrl: 'https://api.kie.ai/' })
    expect(own.lines.filter((line) => line.includes('No events are pushed'))).toHaveLength(3)
    // A fake on this machine does reach it.
    openGateway({ ...local, baseUrl: 'http://127.0.0.1:4010' })
    expect(own.lines).toHaveLength(3)
    expect(() => openGateway({ ...options, publicUrl: '/api/kie' })).toThrow(/publicUrl/)
  })
})

describe('a gateway in a Worker', () => {
  it('creates, follows and downloads, though requests cannot wait for each other there', async () => {
    vi.stubGlobal('navigator', { userAgent: 'Cloudflare-Workers' })
    const { createRaw, read, ask, fake, asked, lines } = startGateway({
      callbackKey: 'k',
      publicUrl: 'https://app.test',
      onTaskFinished: () => {},
    })
    const ids = await Promise.all(
      [createRaw({ key: 'k' }), createRaw({ key: 'k' })].map(async (made) => taskIdOf(await made)),
    )
    expect(new Set(ids).size).toBe(1)
    const [taskId = ''] = ids
    fake.finish(taskId)
    await Promise.all([read(taskId), read(taskId)])
    expect(asked(RECORD)).toBe(2)
    expect((await ask(`/api/v1/kiekit/download?taskId=${taskId}`)).status).toBe(200)
    expect((await ask('/api/v1/kiekit/events')).status).toBe(501)
    expect(lines.join()).toContain('No events are pushed')
    expect(lines.join()).toContain('onTaskFinished runs only')
  })
})

describe('two requests with one idempotency key', () => {
  it('get one task when they race, and later, and only for the same user', async () => {
    const { createRaw, asked } = startGateway()
    const raced = await Promise.all([createRaw({ key: 'k' }), createRaw({ key: 'k' }), createRaw({ key: 'k' })])
    const ids = await Promise.all([...raced, await createRaw({ key: 'k' })].map(taskIdOf))
    expect(new Set(ids).size).toBe(1)
    expect(asked(CREATE)).toBe(1)
    expect(await taskIdOf(await createRaw({ key: 'k', user: 'bob' }))).not.toBe(ids[0])
    expect(asked(CREATE)).toBe(2)
  })

  it('get one task from two processes that share a store', async () => {
    const store = memoryStore()
    const fake = createFakeKie({ apiKey: KEY })
    const [one, two] = [startGateway({ store, fetch: fake.fetch }), startGateway({ store, fetch: fake.fetch })]
    const ids = await Promise.all([one.create({ key: 'k' }), two.create({ key: 'k' })])
    expect(new Set(ids).size).toBe(1)
    expect(fake.requests).toHaveLength(1)
  })

  it.each([400, 401, 402, 404, 422, 433, 451, 455, 505, 550])(
    'may try again after a create that Kie refused with code %i',
    async (code) => {
      const fake = createFakeKie({ apiKey: KEY })
      const answers = [Response.json({ code, msg: 'refused', data: null })]
      const { createRaw, create } = startGateway({
        fetch: async (...request) => answers.pop() ?? fake.fetch(...request),
      })
      expect(await (await createRaw({ key: 'k' })).json()).toMatchObject({ code, msg: 'refused' })
      await create({ key: 'k' })
      expect(fake.tasks).toHaveLength(1)
    },
  )

  it.each([408, 500, 501, 502, 504, 524, 531, 0, 201])(
    'never pay twice when Kie failed at the create with code %i',
    async (code) => {
      let creates = 0
      const { createRaw, lines } = startGateway({
        fetch: async () => {
          creates += 1
          return Response.json({ code, msg: 'Server exception', data: null })
        },
      })
      for (let time = 0; time < 2; time += 1) {
        const answer = await createRaw({ key: 'k' })
        expect(answer.status).toBe(504)
        expect(await answer.json()).toMatchObject({ code: 408, data: { outcome: 'unknown' } })
      }
      expect(creates).toBe(1)
      expect(lines.join()).toContain('Server exception')
    },
  )

  it('without a key are not repeated either', async () => {
    const { createRaw, asked, fake } = startGateway()
    fake.inject('server-error', { path: CREATE })
    expect(await (await createRaw()).json()).toMatchObject({ code: 408, data: { outcome: 'unknown' } })
    expect(asked(CREATE)).toBe(1)
  })

  it('never pay twice when it is unknown what became of the first', async () => {
    const { createRaw, asked, fake } = startGateway()
    fake.inject('offline', { times: 1 })
    for (let time = 0; time < 2; time += 1) {
      const answer = await createRaw({ key: 'k' })
      expect(answer.status).toBe(504)
      expect(await answer.json()).toMatchObject({ code: 408, data: { outcome: 'unknown' } })
    }
    expect(asked(CREATE)).toBe(1)
  })

  it('never pay twice when the process died in between', async () => {
    const store = memoryStore()
    await store.setIfAbsent('create:["ann","k"]', JSON.stringify({ kind: 'pending', since: Date.now() - 200_000 }))
    const { createRaw, fake } = startGateway({ store })
    expect(await (await createRaw({ key: 'k' })).json()).toMatchObject({ code: 408, data: { outcome: 'unknown' } })
    expect(fake.requests).toHaveLength(0)
  })

  it('get the task that the callback brought while the answer was outstanding, though it never came', async () => {
    let callBackUrl = ''
    let loseAnswer = () => {}
    const { createRaw, gateway, read } = startGateway({
      callbackKey: 'webhook-key',
      publicUrl: 'https://app.test/api/kie',
      fetch: async (input, init) => {
        const request = new Request(input, init)
        if (!request.url.endsWith(CREATE))
          return Response.json({ code: 200, data: { taskId: 't9', state: 'generating' } })
        callBackUrl = ((await request.json()) as { callBackUrl: string }).callBackUrl
        await new Promise<void>((resolve) => void (loseAnswer = resolve))
        throw new TypeError('terminated')
      },
    })
    const underWay = createRaw({ key: 'k' })
    await expect.poll(() => callBackUrl).not.toBe('')
    const timestamp = String(Math.floor(Date.now() / 1_000))
    const headers = {
      'content-type': 'application/json',
      'x-webhook-timestamp': timestamp,
      'x-webhook-signature': await signCallback('t9', timestamp, 'webhook-key'),
    }
    const body = JSON.stringify({ code: 200, data: { taskId: 't9' } })
    expect((await gateway.fetch(new Request(callBackUrl, { method: 'POST', headers, body }))).status).toBe(200)
    loseAnswer()
    expect(await taskIdOf(await underWay)).toBe('t9')
    expect(await taskIdOf(await createRaw({ key: 'k' }))).toBe('t9')
    expect((await read('t9')).status).toBe(200)
  })

  it('are told when nothing was sent, so that they may try again', async () => {
    const { createRaw } = startGateway({
      fetch: async () => {
        throw new TypeError('fetch failed', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) })
      },
    })
    for (let time = 0; time < 2; time += 1) {
      const answer = await createRaw({ key: 'k' })
      expect([answer.status, await answer.json()]).toMatchObject([503, { code: 455 }])
    }
  })

  it.each(['', 'with space', 'x'.repeat(256)])('are refused for a key like %j', async (key) => {
    const { createRaw, fake } = startGateway()
    expect((await createRaw({ key })).status).toBe(422)
    expect(fake.requests).toHaveLength(0)
  })
})

describe('a store that fails', () => {
  it('does not lose a paid task: its owner is kept in memory and written when the store is back', async () => {
    const inner = memoryStore()
    let isDown = false
    const store = {
      ...inner,
      set: async (...write: Parameters<typeof inner.set>) => {
        if (isDown) throw new Error('ENOSPC')
        await inner.set(...write)
      },
    }
    const { create, read, lines, gateway } = startGateway({ store })
    isDown = true
    const taskId = await create()
    expect((await read(taskId)).status).toBe(200)
    expect(lines.join()).toContain(taskId)
    isDown = false
    await gateway.close()
    expect(await inner.get(`owner:${taskId}`)).toContain('ann')
  })

  it('stops a create before it costs money', async () => {
    const store = { ...memoryStore(), setIfAbsent: () => Promise.reject(new Error('connection lost')) }
    const { createRaw, fake } = startGateway({ store })
    expect((await createRaw({ key: 'k' })).status).toBe(500)
    expect(fake.requests).toHaveLength(0)
  })
})
