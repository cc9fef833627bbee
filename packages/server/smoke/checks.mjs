// What every gateway must do, wherever it runs. Each check asks over HTTP, as a browser would.
import assert from 'node:assert/strict'

const CREATE = '/api/v1/jobs/createTask'
const RECORD = '/api/v1/jobs/recordInfo'
const RECORDS = '/api/v1/jobs/recordInfos'
const CREDITS = '/api/v1/chat/credit'
const DOWNLOAD = '/api/v1/kiekit/download'
const EVENTS = '/api/v1/kiekit/events'
const CALLBACK = '/api/v1/kiekit/callback'
const HEALTH = '/api/v1/kiekit/health'

const STREAMS_PER_USER = 20

/** Tries again until it holds. */
async function eventually(check, ms = 10_000) {
  for (const deadline = Date.now() + ms; ; ) {
    try {
      return await check()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((later) => setTimeout(later, 50))
    }
  }
}

const create = async ({ post }, options) => {
  const response = await post(CREATE, { model: 'z-image', input: { prompt: 'A pear' } }, options)
  const { code, data } = await response.json()
  assert.equal(code, 200)
  return data.taskId
}

const read = async ({ ask }, taskId, options) => (await ask(`${RECORD}?taskId=${taskId}`, options)).json()

/** A task that has ended with a file at this address. */
const taskWithFile = async (app, address) => {
  app.kie.fake.play('next', {
    steps: [],
    outcome: { state: 'success', afterMs: 0, result: { files: [address] } },
  })
  return create(app)
}

/** The next event of a stream by this name. */
async function nextEvent(reader, name, taskId = '') {
  const decoder = new TextDecoder()
  for (let text = ''; ; ) {
    const { done, value } = await reader.read()
    assert.ok(!done, `the stream ended before "${name}"`)
    text += decoder.decode(value, { stream: true })
    const found = text.split('\n\n').find((event) => event.includes(`event: ${name}\n`) && event.includes(taskId))
    if (found) return found
  }
}

/**
 * Checks by name. `needs` is what not every runtime has: Node's modules; a process that lasts; or, to the contrary, none;
 * or the habit of hanging up on who is quiet.
 */
export const checks = {
  'is healthy': async ({ ask }) => assert.equal((await ask(HEALTH)).status, 200),

  'follows a task from its create to its end': async (app) => {
    const taskId = await create(app)
    assert.equal((await read(app, taskId)).code, 200)
    const other = await create(app)
    app.kie.fake.finish(other)
    const record = await read(app, other)
    assert.equal(record.data.state, 'success')
    const sent = app.kie.fake.requests.find(({ path }) => path === CREATE)
    assert.equal(sent.body.model, 'z-image')
  },

  'pays once when five requests bring one idempotency key': async (app) => {
    const before = app.kie.asked(CREATE)
    const headers = { 'idempotency-key': 'one' }
    const taskIds = await Promise.all(Array.from({ length: 5 }, () => create(app, { headers })))
    assert.equal(new Set(taskIds).size, 1)
    assert.equal(app.kie.asked(CREATE) - before, 1)
  },

  'tells of many tasks at once': async (app) => {
    const taskIds = [await create(app), await create(app)]
    const { code, data } = await (await app.post(RECORDS, { taskIds: [...taskIds, 'nobody-has-this'] })).json()
    assert.equal(code, 200)
    assert.deepEqual(
      data.items.map(({ taskId, body }) => [taskId, body.code]),
      [
        [taskIds[0], 200],
        [taskIds[1], 200],
        ['nobody-has-this', 404],
      ],
    )
  },

  'shows somebody else’s task as one that does not exist': async (app) => {
    const taskId = await create(app)
    const look = async (path) => {
      const response = await app.ask(path, { user: 'ben' })
      return [response.status, await response.text()]
    }
    for (const path of [RECORD, DOWNLOAD])
      assert.deepEqual(await look(`${path}?taskId=${taskId}`), await look(`${path}?taskId=nobody-has-this`))
  },

  'lets nobody in without a session': async ({ ask }) => assert.equal((await ask(CREDITS, { user: null })).status, 401),

  'tells the credits': async ({ ask }) => {
    const { code, data } = await (await ask(CREDITS)).json()
    assert.equal(code, 200)
    assert.equal(typeof data, 'number')
  },

  'passes an upload on, whole': async (app) => {
    const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251)
    const form = new FormData()
    form.append('file', new File([bytes], 'a.png', { type: 'image/png' }))
    const { code, data } = await (await app.ask('/api/file-stream-upload', { method: 'POST', body: form })).json()
    assert.equal(code, 200)
    const kept = await app.kie.fake.fetch(data.downloadUrl)
    assert.deepEqual(new Uint8Array(await kept.arrayBuffer()), bytes)
  },

  'downloads a file, and a part of it, as an attachment that runs nothing': async (app) => {
    const taskId = await create(app)
    app.kie.fake.finish(taskId)
    const whole = await app.ask(`${DOWNLOAD}?taskId=${taskId}`, { headers: { cookie: 'session=1' } })
    assert.equal(whole.status, 200)
    assert.match(whole.headers.get('content-disposition'), /^attachment; filename="z-image-/)
    assert.equal(whole.headers.get('x-content-type-options'), 'nosniff')
    assert.match(whole.headers.get('content-security-policy'), /sandbox/)
    assert.match(whole.headers.get('content-type'), /^image\//)
    const bytes = new Uint8Array(await whole.arrayBuffer())
    // Bun and Workers send streams without their length.
    assert.equal(bytes.length, Number(whole.headers.get('content-length') ?? bytes.length))
    const part = await app.ask(`${DOWNLOAD}?taskId=${taskId}`, { headers: { range: 'bytes=10-29' } })
    assert.equal(part.status, 206)
    assert.equal(part.headers.get('content-range'), `bytes 10-29/${bytes.length}`)
    assert.deepEqual(new Uint8Array(await part.arrayBuffer()), bytes.slice(10, 30))
    for (const { headers } of app.kie.fetched) {
      assert.match(headers['user-agent'], /^Mozilla/)
      assert.deepEqual([headers.cookie, headers.authorization, headers['x-user']], [undefined, undefined, undefined])
    }
  },

  'gives a page with scripts as a file of no kind': async (app) => {
    const taskId = await taskWithFile(app, `${app.kie.url}/hostile/page.png`)
    const response = await app.ask(`${DOWNLOAD}?taskId=${taskId}`)
    assert.equal(response.headers.get('content-type'), 'application/octet-stream')
    assert.match(await response.text(), /script/)
  },

  'fetches nothing from a host that is not on the list, not by a redirect either': async (app) => {
    for (const address of ['https://evil.example/a.png', `${app.kie.url}/hostile/redirect.png`]) {
      const fetched = app.kie.fetched.length
      const response = await app.ask(`${DOWNLOAD}?taskId=${await taskWithFile(app, address)}`)
      assert.equal(response.status, 403, address)
      assert.ok(app.kie.fetched.length - fetched <= 1, address)
    }
  },

  'does not connect to a private address that a listed name leads to': {
    needs: 'node',
    check: async (app) => {
      const taskId = await taskWithFile(app, `https://${app.kie.privateName}/a.png`)
      assert.equal((await app.ask(`${DOWNLOAD}?taskId=${taskId}`)).status, 502)
      assert.equal(app.kie.privateConnections(), 0)
      await eventually(() => assert.ok(app.said().includes('not on the public internet'), 'its log does not say why'))
    },
  },

  'refuses a file that its host packed against the asking': async (app) => {
    const taskId = await taskWithFile(app, `${app.kie.url}/hostile/packed.png`)
    assert.equal((await app.ask(`${DOWNLOAD}?taskId=${taskId}`)).status, 502)
  },

  'leaves a download at its host when the browser leaves': async (app) => {
    const taskId = await taskWithFile(app, `${app.kie.url}/hostile/endless.mp4`)
    const before = app.kie.readersWhoLeft()
    const leaving = new AbortController()
    const response = await app.ask(`${DOWNLOAD}?taskId=${taskId}`, { signal: leaving.signal })
    await response.body.getReader().read()
    leaving.abort()
    await eventually(() => assert.equal(app.kie.readersWhoLeft() - before, 1))
  },

  'knows no other path': async ({ ask, post }) => {
    for (const path of ['', '/api/v1/jobs', '/api/v1/chat/completions', '/api/v1/chat%2fcredit', `${RECORD}/x`])
      assert.equal((await ask(`${path}?taskId=a`)).status, 404, path)
    assert.equal((await post(CREDITS, {})).status, 404)
  },

  'refuses a huge body and one that is no JSON, and lives on': async ({ ask, post }) => {
    const huge = { model: 'z-image', input: { prompt: 'x'.repeat(3_000_000) } }
    const refused = await post(CREATE, huge).then(
      ({ status }) => status,
      () => 'cut off',
    )
    assert.ok([413, 'cut off'].includes(refused), String(refused))
    const headers = { 'content-type': 'application/json' }
    assert.equal((await ask(CREATE, { method: 'POST', body: '{"model":', headers })).status, 400)
    assert.equal((await ask(HEALTH)).status, 200)
  },

  'tells the browser of a signed callback, and of no forged one': {
    needs: 'lasting',
    check: async (app) => {
      const taskId = await create(app)
      const leaving = new AbortController()
      const stream = await app.ask(EVENTS, { signal: leaving.signal })
      assert.equal(stream.status, 200)
      assert.match(stream.headers.get('content-type'), /^text\/event-stream/)
      assert.match(stream.headers.get('cache-control'), /no-transform/)
      const reader = stream.body.getReader()
      await nextEvent(reader, 'ready')
      const forged = { 'x-webhook-timestamp': String(Math.floor(Date.now() / 1000)), 'x-webhook-signature': 'AAAA' }
      const body = { code: 200, data: { taskId, state: 'success' } }
      assert.equal((await app.post(CALLBACK, body, { user: null, headers: forged })).status, 401)
      // Ends the task, and Kie calls back.
      app.kie.fake.play(taskId, 'instant')
      assert.match(await nextEvent(reader, 'task', taskId), /"state":"success"/)
      leaving.abort()
    },
  },

  'keeps a stream open on which nothing happens': {
    needs: 'impatient',
    check: async ({ ask }) => {
      const leaving = new AbortController()
      const stream = await ask(EVENTS, { user: 'dan', signal: leaving.signal })
      const reader = stream.body.getReader()
      await nextEvent(reader, 'ready')
      const ended = reader.read().then(
        ({ done }) => (done ? 'ended' : 'told'),
        () => 'broken',
      )
      const quiet = new Promise((later) => setTimeout(later, 12_000, 'open'))
      assert.equal(await Promise.race([ended, quiet]), 'open')
      leaving.abort()
    },
  },

  'lets go of event streams whose browsers left': {
    needs: 'lasting',
    check: async (app) => {
      const leaving = new AbortController()
      const open = (signal) => app.ask(EVENTS, { user: 'cat', signal })
      // Held on to, because a response that nobody holds is let go of by itself.
      const streams = []
      while (streams.length < STREAMS_PER_USER) streams.push(await open(leaving.signal))
      assert.equal((await open(leaving.signal)).status, 429)
      assert.deepEqual(new Set(streams.map(({ status }) => status)), new Set([200]))
      leaving.abort()
      const last = new AbortController()
      await eventually(async () => assert.equal((await open(last.signal)).status, 200))
      last.abort()
    },
  },

  'says that nothing was created where Kie cannot be reached': {
    needs: 'node',
    check: async (app) => {
      await app.kie.stopListening()
      const headers = { 'idempotency-key': 'two' }
      const request = { model: 'z-image', input: { prompt: 'A pear' } }
      const response = await app.post(CREATE, request, { headers })
      assert.equal(response.status, 503)
      assert.match((await response.json()).msg, /Nothing was created/)
      await app.kie.listen()
      assert.ok(await create(app, { headers }))
    },
  },

  'pushes nothing where a process does not last, and says so': {
    needs: 'short-lived',
    check: async ({ ask }) => assert.equal((await ask(EVENTS)).status, 501),
  },

  'still knows after a restart whose task is whose, and what was paid for': {
    needs: 'lasting',
    check: async (app) => {
      const headers = { 'idempotency-key': 'three' }
      const taskId = await create(app, { headers })
      await app.restart()
      // The first ones may go into connections from before.
      const record = await eventually(() => read(app, taskId))
      assert.equal(record.code, 200)
      assert.notEqual((await read(app, taskId, { user: 'ben' })).code, 200)
      assert.equal(await create(app, { headers }), taskId)
    },
  },
}
