import { afterEach, describe, expect, it, vi } from 'vitest'
import { KEY, RECORD, startGateway } from '../test/start-gateway.ts'
import { memoryStore } from './memory-store.ts'

afterEach(() => {
  vi.useRealTimers()
})

const PATH = '/api/v1/kiekit/download'

/** A gateway with one finished task, whose files lie wherever `urls` says, and are served by `host`. */
async function finished(urls: string[], host: (request: Request) => Response | Promise<Response>) {
  const fetched: Request[] = []
  const setup = startGateway({
    fetch: async (input, init) => {
      const request = new Request(input, init)
      if (request.url.includes('recordInfo')) {
        const resultJson = JSON.stringify({ resultUrls: urls })
        return Response.json({
          code: 200,
          msg: 'success',
          data: { taskId: 't1', model: 'z-image', state: 'success', resultJson },
        })
      }
      fetched.push(request)
      return host(request)
    },
  })
  await setup.gateway.claim('t1', 'ann')
  return { ...setup, fetched }
}

const image = (headers: Record<string, string> = {}) =>
  new Response('pixels', { headers: { 'content-type': 'image/png', 'content-length': '6', ...headers } })

describe('downloading a result', () => {
  it('goes on to its end while the gateway closes', async () => {
    let send: (piece: Uint8Array | null) => void = () => {}
    const slow = new ReadableStream<Uint8Array>({
      start(controller) {
        send = (piece) => (piece ? controller.enqueue(piece) : controller.close())
      },
    })
    const { gateway } = await finished(['https://file.kie.ai/a.png'], () => new Response(slow))
    const answer = await gateway.fetch(
      new Request(`http://app.test/api/kie${PATH}?taskId=t1`, { headers: { 'x-user': 'ann' } }),
    )
    const reading = answer.text()
    let isClosed = false
    const closing = gateway.close().then(() => void (isClosed = true))
    send(new TextEncoder().encode('pix'))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(isClosed).toBe(false)
    send(new TextEncoder().encode('els'))
    send(null)
    expect(await reading).toBe('pixels')
    await closing
  })

  it('holds the closing gateway up for fifteen seconds at most', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { gateway } = await finished(['https://file.kie.ai/a.png'], () => new Response(new ReadableStream()))
    await gateway.fetch(new Request(`http://app.test/api/kie${PATH}?taskId=t1`, { headers: { 'x-user': 'ann' } }))
    const closing = gateway.close()
    await vi.advanceTimersByTimeAsync(15_000)
    await closing
  })

  it('streams it as a file with a sensible name, and nothing of the key goes to its host', async () => {
    const { ask, fetched } = await finished(['https://file.kie.ai/a.png', 'https://file.kie.ai/b.PNG?x=1'], () =>
      image({ etag: '"1"', 'set-cookie': 'a=1', 'access-control-allow-origin': '*' }),
    )
    const answer = await ask(`${PATH}?taskId=t1&index=1`, { headers: { cookie: 'session=1' } })
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe('pixels')
    expect(Object.fromEntries(answer.headers)).toEqual({
      'cache-control': 'private, no-cache',
      'content-disposition': 'attachment; filename="z-image-t1-2.png"',
      'content-length': '6',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-type': 'image/png',
      'cross-origin-resource-policy': 'same-origin',
      etag: '"1"',
      'x-content-type-options': 'nosniff',
    })
    expect(fetched.map(({ url }) => url)).toEqual(['https://file.kie.ai/b.PNG?x=1'])
    expect(Object.fromEntries(fetched[0]?.headers ?? [])).toEqual({
      accept: '*/*',
      'accept-encoding': 'identity',
      'user-agent': 'Mozilla/5.0 (compatible; Kiekit)',
    })
  })

  it('passes ranges on, so that videos can be wound', async () => {
    const { ask, fetched } = await finished(
      ['https://file.kie.ai/a.mp4'],
      () =>
        new Response('el', { status: 206, headers: { 'content-range': 'bytes 2-3/6', 'content-type': 'video/mp4' } }),
    )
    const answer = await ask(`${PATH}?taskId=t1`, { headers: { range: 'bytes=2-3' } })
    expect([answer.status, answer.headers.get('content-range')]).toEqual([206, 'bytes 2-3/6'])
    expect(fetched[0]?.headers.get('range')).toBe('bytes=2-3')
  })

  it('plays the fake’s real media through, expired links included', async () => {
    const { create, fake, ask } = startGateway()
    const taskId = await create()
    fake.finish(taskId)
    expect((await (await ask(`${PATH}?taskId=${taskId}`)).arrayBuffer()).byteLength).toBeGreaterThan(100)
    fake.inject('expired-link', { taskId })
    const renewed = await ask(`${PATH}?taskId=${taskId}`)
    expect(renewed.status).toBe(200)
    expect((await renewed.arrayBuffer()).byteLength).toBeGreaterThan(100)
  })

  it.each([
    ['text', 'text/plain; charset=utf-8'],
    ['data', 'application/json'],
  ] as const)('gives a result that is %s as a file of its own', async (scenario, type) => {
    const { create, fake, ask } = startGateway()
    fake.play('next', scenario)
    const taskId = await create()
    fake.finish(taskId)
    const answer = await ask(`${PATH}?taskId=${taskId}`)
    expect(answer.headers.get('content-type')).toBe(type)
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+\.(txt|json)"$/)
    expect(await answer.text()).not.toBe('')
  })

  it('is held to twenty at a time for one user, and counted until it ends or is let go', async () => {
    const { ask, gateway } = await finished(
      ['https://file.kie.ai/a.png'],
      () => new Response(new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(3)) })),
    )
    await gateway.claim('t2', 'bob')
    const open = (taskId: string, user: string) =>
      gateway.fetch(new Request(`http://app.test${PATH}?taskId=${taskId}`, { headers: { 'x-user': user } }))
    const answers = await Promise.all(Array.from({ length: 20 }, () => open('t1', 'ann')))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200))
    const refused = await ask(`${PATH}?taskId=t1`)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5'])
    answers.push(await open('t2', 'bob'))
    await answers[0]?.body?.cancel()
    answers.push(await open('t1', 'ann'))
    expect(answers.slice(20).map(({ status }) => status)).toEqual([200, 200])
    await Promise.all(answers.slice(1).map(async ({ body }) => body?.cancel()))
  })

  it('does not count what could not be had', async () => {
    const { ask } = await finished(['https://file.kie.ai/a.png'], () => new Response(null, { status: 500 }))
    for (let time = 0; time < 25; time += 1) expect((await ask(`${PATH}?taskId=t1`)).status).toBe(502)
    const unchanged = await finished(['https://file.kie.ai/a.png'], () => new Response(null, { status: 304 }))
    for (let time = 0; time < 25; time += 1) expect((await unchanged.ask(`${PATH}?taskId=t1`)).status).toBe(304)
  })

  it('is for the owner alone', async () => {
    const { ask, fetched } = await finished(['https://file.kie.ai/a.png'], () => image())
    expect((await ask(`${PATH}?taskId=t1`, { user: 'bob' })).status).toBe(404)
    expect(fetched).toHaveLength(0)
  })

  it.each(['index=1', 'index=-1', 'index=1e9', 'index=0x0', 'part=poster', 'part=../x', 'taskId='])(
    'says no to %s',
    async (query) => {
      const { ask, fetched } = await finished(['https://file.kie.ai/a.png'], () => image())
      const answer = await ask(`${PATH}?${query.startsWith('taskId') ? query : `taskId=t1&${query}`}`)
      expect([404, 422]).toContain(answer.status)
      expect(fetched).toHaveLength(0)
    },
  )
})

describe('a host that means harm', () => {
  it.each([
    'https://evil.test/a.png',
    'https://file.kie.ai.evil.test/a.png',
    'https://evil.test#file.kie.ai/a.png',
    'https://user:pass@file.kie.ai/a.png',
    'https://file.kie.ai:8443/a.png',
    'http://127.0.0.1/a.png',
    'http://169.254.169.254/latest/meta-data',
    'http://[::1]/a.png',
    'http://2130706433/a.png',
    'https://localhost/a.png',
  ])('is never asked for %s', async (url) => {
    const { ask, fetched } = await finished([url], () => image())
    expect((await ask(`${PATH}?taskId=t1`)).status).toBe(403)
    expect(fetched).toHaveLength(0)
  })

  it.each(['http://169.254.169.254/latest/meta-data', 'https://evil.test/', '//evil.test/', 'file:///etc/passwd'])(
    'cannot redirect us to %s',
    async (location) => {
      const { ask, fetched } = await finished(
        ['https://file.kie.ai/a.png'],
        () => new Response(null, { status: 302, headers: { location } }),
      )
      expect((await ask(`${PATH}?taskId=t1`)).status).toBe(403)
      expect(fetched).toHaveLength(1)
    },
  )

  it('may redirect within the list, but not for ever', async () => {
    const within = await finished(['https://file.kie.ai/a.png'], ({ url }) =>
      url.includes('file.kie.ai')
        ? new Response(null, { status: 302, headers: { location: 'https://cdn.kie.ai/b.png' } })
        : image(),
    )
    expect((await within.ask(`${PATH}?taskId=t1`)).status).toBe(200)
    const circle = await finished(
      ['https://file.kie.ai/a.png'],
      () => new Response(null, { status: 302, headers: { location: '/a.png' } }),
    )
    expect((await circle.ask(`${PATH}?taskId=t1`)).status).toBe(403)
    expect(circle.fetched.length).toBeLessThan(6)
  })

  it.each(['text/html', 'image/svg+xml', 'application/xhtml+xml', 'image/png\u00a0x', 'nonsense', ''])(
    'cannot have %j run in the page',
    async (type) => {
      const { ask } = await finished(
        ['https://file.kie.ai/a.png'],
        () => new Response('<script>alert(1)</script>', { headers: type === '' ? {} : { 'content-type': type } }),
      )
      const answer = await ask(`${PATH}?taskId=t1`)
      expect(answer.headers.get('content-type')).toBe('application/octet-stream')
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
    },
  )

  it('cannot fill the memory with an endless file', async () => {
    let made = 0
    const endless = () =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          made += 1
          controller.enqueue(new Uint8Array(64 * 1024))
        },
      })
    const { gateway } = await finished(['https://file.kie.ai/a.mp4'], () => new Response(endless()))
    const answer = await gateway.fetch(
      new Request(`http://app.test${PATH}?taskId=t1`, { headers: { 'x-user': 'ann' } }),
    )
    const reader = answer.body?.getReader()
    await reader?.read()
    const afterOne = made
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(made).toBe(afterOne)
    await reader?.cancel()
  })

  it('is no failure of ours when the visitor leaves before it answers', async () => {
    const leaving = new AbortController()
    const { gateway, lines } = await finished(['https://file.kie.ai/a.mp4'], ({ signal }) => {
      leaving.abort()
      return Promise.reject(signal.reason as Error)
    })
    const headers = { 'x-user': 'ann' }
    const request = new Request(`http://app.test${PATH}?taskId=t1`, { headers, signal: leaving.signal })
    expect((await gateway.fetch(request)).status).toBe(499)
    expect(lines.filter((line) => /^(?:warn|error)/.test(line))).toEqual([])
  })

  it('cannot keep a download open by falling silent in the middle', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    let cancelled = false
    const stalls = () =>
      new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(new Uint8Array(3)),
        cancel: () => void (cancelled = true),
      })
    const { gateway, lines } = await finished(['https://file.kie.ai/a.mp4'], () => new Response(stalls()))
    const answer = await gateway.fetch(
      new Request(`http://app.test${PATH}?taskId=t1`, { headers: { 'x-user': 'ann' } }),
    )
    const reader = answer.body?.getReader()
    expect((await reader?.read())?.value).toHaveLength(3)
    // A reader who takes time is not taken for a silent host.
    await vi.advanceTimersByTimeAsync(120_000)
    expect(cancelled).toBe(false)
    const next = expect(reader?.read()).rejects.toThrow('nothing more for 30 s')
    await vi.advanceTimersByTimeAsync(30_000)
    await next
    expect(cancelled).toBe(true)
    expect(lines.join()).toContain('A download was broken off.')
  })

  it('is told of in the log when it breaks off in the middle, and not when the visitor leaves', async () => {
    const breaks = () => {
      let pieces = 2
      return new ReadableStream<Uint8Array>({
        pull(controller) {
          pieces -= 1
          if (pieces === 0) controller.error(new Error('terminated'))
          else controller.enqueue(new Uint8Array(3))
        },
      })
    }
    const { gateway, lines } = await finished(['https://file.kie.ai/a.mp4'], () => new Response(breaks()))
    const open = async (signal?: AbortSignal) =>
      gateway.fetch(
        new Request(`http://app.test${PATH}?taskId=t1`, { headers: { 'x-user': 'ann' }, ...(signal && { signal }) }),
      )
    const leaving = new AbortController()
    const left = await open(leaving.signal)
    leaving.abort()
    await expect(left.text()).rejects.toThrow('terminated')
    expect(lines.join()).not.toContain('broken off')
    await expect((await open()).text()).rejects.toThrow('terminated')
    expect(lines.filter((line) => line.includes('A download was broken off.'))).toEqual([
      expect.stringContaining('Error: terminated'),
    ])
  })

  it('is not told of when the visitor lets go while the host thinks', async () => {
    const { gateway, lines } = await finished(
      ['https://file.kie.ai/a.mp4'],
      () => new Response(new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(3)) })),
    )
    const answer = await gateway.fetch(
      new Request(`http://app.test${PATH}?taskId=t1`, { headers: { 'x-user': 'ann' } }),
    )
    const reader = answer.body?.getReader()
    await reader?.read()
    const next = reader?.read()
    await reader?.cancel()
    expect((await next)?.done).toBe(true)
    await gateway.close()
    expect(lines.join()).not.toContain('broken off')
  })

  it('may be slow, as long as something comes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const slow = () => {
      let pieces = 5
      return new ReadableStream<Uint8Array>({
        async pull(controller) {
          await new Promise((resolve) => setTimeout(resolve, 25_000))
          pieces -= 1
          controller.enqueue(new Uint8Array(2))
          if (pieces === 0) controller.close()
        },
      })
    }
    const { ask } = await finished(['https://file.kie.ai/a.mp4'], () => new Response(slow()))
    const content = (await ask(`${PATH}?taskId=t1`)).arrayBuffer()
    await vi.advanceTimersByTimeAsync(125_000)
    expect((await content).byteLength).toBe(10)
  })

  it('cannot fill the memory with an endless record', async () => {
    let cancelled = false
    const { gateway, read } = startGateway({
      fetch: async () =>
        new Response(
          new ReadableStream({
            pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024)),
            cancel: () => void (cancelled = true),
          }),
        ),
    })
    await gateway.claim('t1', 'ann')
    expect((await read('t1')).status).toBe(502)
    expect(cancelled).toBe(true)
  })

  it('cannot lie about the length by packing the file', async () => {
    const { ask } = await finished(['https://file.kie.ai/a.png'], () => image({ 'content-encoding': 'gzip' }))
    expect((await ask(`${PATH}?taskId=t1`)).status).toBe(502)
  })

  it('is told of as gone, when the file is', async () => {
    const { ask } = await finished(['https://file.kie.ai/a.png'], ({ url }) =>
      url.includes('download-url') ? Response.json({ code: 422, msg: 'expired' }) : new Response('', { status: 404 }),
    )
    expect((await ask(`${PATH}?taskId=t1`)).status).toBe(422)
  })
})

describe('a fresh link', () => {
  const LINK = '/api/v1/common/download-url'

  /** A finished task of ann's and the link in its record, read through the gateway or seen elsewhere. */
  async function withLink(options: { isRead: boolean }) {
    const setup = startGateway()
    const taskId = await setup.create()
    setup.fake.finish(taskId)
    const record = await setup.fake.fetch(`https://api.kie.ai${RECORD}?taskId=${taskId}`, {
      headers: { authorization: `Bearer ${KEY}` },
    })
    const link = /https:\/\/tempfile[^"\\]+/.exec(await record.text())?.[0] ?? ''
    if (options.isRead) await setup.read(taskId)
    return { ...setup, taskId, link }
  }

  it('is given for a result’s link, and for nothing else', async () => {
    const { post, link, asked } = await withLink({ isRead: true })
    const good = await post(LINK, { url: link })
    expect(await good.json()).toMatchObject({ code: 200, data: expect.stringContaining('until=') as string })
    for (const other of ['https://evil.test/a.png', 'javascript:alert(1)', '', 5, null]) {
      expect((await post(LINK, { url: other })).status).toBe(422)
    }
    expect(asked(LINK)).toBe(1)
  })

  it('is given to the owner of the task that is named, seen before or not', async () => {
    const { post, link, taskId } = await withLink({ isRead: false })
    expect((await post(LINK, { url: link })).status).toBe(404)
    expect((await post(LINK, { url: link, taskId })).status).toBe(200)
  })

  it('is given to nobody else, who learns nothing of it either', async () => {
    const { post, create, fake, link, taskId, asked } = await withLink({ isRead: true })
    const theirs = await create({ user: 'bob' })
    fake.finish(theirs)
    const answers = await Promise.all(
      [
        { url: link },
        { url: link, taskId },
        { url: link, taskId: theirs },
        { url: link, taskId: 'none' },
        { url: 'https://file.kie.ai/of-nobody.png' },
      ].map(async (body) => (await post(LINK, body, { user: 'bob' })).text()),
    )
    expect(new Set(answers).size).toBe(1)
    expect(answers[0]).toContain('"code":404')
    expect(asked(LINK)).toBe(0)
  })

  it('is asked for once, however many want it at the same time', async () => {
    const { post, link, taskId, asked } = await withLink({ isRead: true })
    const answers = await Promise.all(Array.from({ length: 30 }, () => post(LINK, { url: link, taskId })))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 30 }, () => 200))
    expect(asked(LINK)).toBe(1)
  })

  it('is given for an upload to whoever uploaded it, after a restart too', async () => {
    const store = memoryStore()
    const { post, fake } = startGateway({ store })
    const upload = await post('/api/file-base64-upload', { base64Data: `data:image/png;base64,${btoa('pixels')}` })
    const { data } = (await upload.json()) as { data: { downloadUrl: string } }
    const after = startGateway({ store, fetch: fake.fetch })
    expect((await after.post(LINK, { url: data.downloadUrl }, { user: 'bob' })).status).toBe(404)
    expect((await after.post(LINK, { url: data.downloadUrl })).status).toBe(200)
  })
})

describe('the credits', () => {
  it('are Kie’s number, asked for once in a while', async () => {
    const { ask, asked } = startGateway({}, { credits: 12.5 })
    expect(await (await ask('/api/v1/chat/credit')).json()).toMatchObject({ code: 200, data: 12.5 })
    await ask('/api/v1/chat/credit', { user: 'bob' })
    expect(asked('/api/v1/chat/credit')).toBe(1)
  })
})
