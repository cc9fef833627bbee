import { type KieClient, KieError, type PollContext } from '@kiekit/core'
import type { Scenario } from '@kiekit/testing'
import { QueryClient } from '@tanstack/react-query'
import { renderHook } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createTestApp, pass, type TestApp } from '../test/test-app.tsx'
import { createLockManager } from '../test/web-locks.ts'
import { useKieTask } from './use-kie-task.ts'

const endless: Scenario = { steps: [{ state: 'generating', afterMs: 0 }] }
/** Rare while changes are pushed. */
const polling = (context: PollContext) => (context.push ? 600_000 : 1000)

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'] })
  return () => {
    vi.unstubAllGlobals()
    vi.useRealTimers()
  }
})

const delivered = () => new Promise<void>((resolve) => setImmediate(resolve))
async function settle(ms: number) {
  for (let step = 0; step < 5; step++) {
    await pass(ms / 5)
    await delivered()
    await pass(0)
  }
}

/** A gateway whose event streams the test writes to. */
function withEvents(app: TestApp) {
  const opened: { path: string; headers: Record<string, string>; send: (text: string) => void; end: () => void }[] = []
  const client: KieClient = {
    ...app.client,
    async open(path, { headers = {}, signal } = {}) {
      let controller: ReadableStreamDefaultController<Uint8Array> | undefined
      const body = new ReadableStream<Uint8Array>({ start: (started) => void (controller = started) })
      signal?.addEventListener('abort', () => controller?.error(signal.reason))
      opened.push({
        path,
        headers,
        send: (text) => controller?.enqueue(new TextEncoder().encode(text)),
        end: () => controller?.close(),
      })
      return new Response(body)
    },
  }
  return { client, opened, last: () => opened.at(-1) }
}

function visit(client: KieClient, taskId: string) {
  const { wrapper } = createTestApp({ provider: { client, polling, push: true }, queryClient: new QueryClient() })
  return renderHook(() => useKieTask(taskId), { wrapper })
}

describe('with the event stream open', () => {
  it('asks rarely, and at once when an event tells of a change', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const { client, opened, last } = withEvents(app)
    const { result } = visit(client, taskId)
    await settle(500)
    expect(opened).toHaveLength(1)
    expect(opened[0]).toMatchObject({ path: '/api/v1/kiekit/events', headers: { Accept: 'text/event-stream' } })
    const looks = app.looks()
    await settle(20_000)
    expect(app.looks()).toBe(looks)

    app.fake.play(taskId, 'image')
    app.fake.finish(taskId)
    last()?.send(`id: 7\nevent: task\ndata: {"taskId":"${taskId}","state":"success"}\n\n`)
    await settle(100)
    expect(result.current.status).toBe('success')
    expect(app.looks()).toBe(looks + 1)
  })

  describe('when an event comes while a question is under way', () => {
    /** A page whose answers are held back from now on, with a question under way that Kie has answered already. */
    async function withQuestionUnderWay(isFirst: boolean) {
      const app = createTestApp()
      const taskId = app.addTask(endless)
      const { client, last } = withEvents(app)
      const held = { now: isFirst, release: () => {} }
      const getTask: KieClient['getTask'] = async (...question) => {
        const answer = await client.getTask(...question)
        if (held.now) await new Promise<void>((resolve) => (held.release = resolve))
        return answer
      }
      const { result } = visit({ ...client, getTask }, taskId)
      await settle(500)
      held.now = true
      return {
        app,
        taskId,
        result,
        send: () => last()?.send(`id: 7\nevent: task\ndata: {"taskId":"${taskId}","state":"success"}\n\n`),
        answer: async () => {
          held.now = false
          held.release()
          await settle(100)
        },
      }
    }

    it.each([true, false])(
      'a change that its answer does not know yet is not missed (first look: %s)',
      async (isFirst) => {
        const { app, taskId, result, send, answer } = await withQuestionUnderWay(isFirst)
        if (!isFirst) void result.current.refetch()
        await settle(100)
        const looks = app.looks()
        app.fake.play(taskId, 'image')
        app.fake.finish(taskId)
        send()
        await settle(100)
        await answer()
        expect(result.current.status).toBe('success')
        expect(app.looks()).toBe(looks + 1)
      },
    )

    it('a change that its answer brings is not asked for again', async () => {
      const { app, taskId, result, send, answer } = await withQuestionUnderWay(false)
      app.fake.play(taskId, 'image')
      app.fake.finish(taskId)
      void result.current.refetch()
      await settle(100)
      const looks = app.looks()
      send()
      await settle(100)
      await answer()
      expect(result.current.status).toBe('success')
      expect(app.looks()).toBe(looks)
    })
  })

  it('asks by itself again when the stream is lost, and opens it anew from where it was', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const { client, opened, last } = withEvents(app)
    visit(client, taskId)
    await settle(500)
    last()?.send('id: 42\nevent: task\ndata: {"taskId":"other"}\n\n')
    await settle(100)
    const looks = app.looks()
    last()?.end()
    await settle(900)
    expect(app.looks()).toBeGreaterThan(looks)
    await settle(2000)
    expect(opened).toHaveLength(2)
    expect(opened[1]?.headers['Last-Event-ID']).toBe('42')
  })

  it('asks for all that runs when the gateway cannot say any more what was missed', async () => {
    const app = createTestApp()
    const [done, running] = [app.addTask('image'), app.addTask(endless)]
    app.fake.finish(done)
    const { client, last } = withEvents(app)
    const { wrapper } = createTestApp({ provider: { client, polling, push: true } })
    renderHook(() => [useKieTask(done), useKieTask(running)], { wrapper })
    await settle(2000)
    app.fake.play(running, 'image')
    app.fake.finish(running)
    const before = app.fake.requests.length
    last()?.send('event: resync\ndata: {}\n\n')
    await settle(500)
    expect(app.fake.requests.length).toBe(before + 1)
    expect(app.looks(running)).toBeGreaterThan(0)
  })

  it('takes a silent stream for dead', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const { client, opened, last } = withEvents(app)
    visit(client, taskId)
    await settle(500)
    for (let beat = 0; beat < 8; beat++) {
      last()?.send(': still here\n\n')
      await settle(15_000)
    }
    expect(opened).toHaveLength(1)
    const looks = app.looks()
    await settle(60_000)
    expect(opened.length).toBeGreaterThan(1)
    expect(app.looks()).toBeGreaterThan(looks)
  })

  it('is read by one tab for all, and by another one when that is gone', async () => {
    vi.stubGlobal('navigator', Object.create(navigator, { locks: { value: createLockManager() } }))
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const { client, opened, last } = withEvents(app)
    const one = visit(client, taskId)
    await settle(500)
    const two = visit(client, taskId)
    await settle(2500)
    expect(opened).toHaveLength(1)
    last()?.send(': still here\n\n')
    await settle(1000)
    const looks = app.looks()
    await settle(10_000)
    expect(app.looks()).toBe(looks)

    one.unmount()
    await settle(1000)
    expect(opened).toHaveLength(2)
    app.fake.play(taskId, 'image')
    app.fake.finish(taskId)
    last()?.send(`event: task\ndata: {"taskId":"${taskId}"}\n\n`)
    await settle(500)
    expect(two.result.current.status).toBe('success')
  })

  it('believes nothing in it that makes no sense', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const { client, last } = withEvents(app)
    const { result } = visit(client, taskId)
    await settle(500)
    const looks = app.looks()
    for (const data of ['', '{', 'null', '[]', '{"taskId":7}', '{"taskId":"../.."}']) {
      last()?.send(`event: task\r\ndata: ${data}\r\n\r\n`)
    }
    await settle(500)
    expect(app.looks()).toBe(looks)
    expect(result.current.status).toBe('running')
  })
})

describe('without an event stream', () => {
  it.each(['unsupported', 'not-found'] as const)(
    'asks as usual where there is none (%s), and only once for it',
    async (kind) => {
      const app = createTestApp()
      const taskId = app.addTask('image')
      let opened = 0
      const client: KieClient = {
        ...app.client,
        open: () => {
          opened++
          return Promise.reject(new KieError('no events here', { kind }))
        },
      }
      const { result } = visit(client, taskId)
      await settle(120_000)
      expect(result.current.status).toBe('success')
      expect(opened).toBe(1)
    },
  )

  it('asks as usual with a client that cannot open one', async () => {
    const app = createTestApp()
    const taskId = app.addTask('image')
    const { result } = visit({ ...app.client, open: undefined }, taskId)
    await settle(10_000)
    expect(result.current.status).toBe('success')
  })

  it('tries again later and later while the server is down', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    let opened = 0
    const client: KieClient = {
      ...app.client,
      open: () => {
        opened++
        return Promise.reject(new KieError('down', { kind: 'server' }))
      },
    }
    const { unmount } = visit(client, taskId)
    await settle(120_000)
    expect(opened).toBeGreaterThan(4)
    expect(opened).toBeLessThan(10)
    unmount()
    const before = opened
    await settle(600_000)
    expect(opened).toBe(before)
  })
})
