import { createDurationStats, type KieClient, KieError, type PollContext } from '@kiekit/core'
import type { Scenario } from '@kiekit/testing'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderHook } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { settle, useFakeTime, withEvents } from '../test/event-streams.ts'
import { createTestApp } from '../test/test-app.tsx'
import { createLockManager } from '../test/web-locks.ts'
import { KieProvider } from './kie-provider.tsx'
import { useKieTask } from './use-kie-task.ts'

const endless: Scenario = { steps: [{ state: 'generating', afterMs: 0 }] }
/** Rare while changes are pushed. */
const polling = (context: PollContext) => (context.push ? 600_000 : 1000)

beforeEach(useFakeTime)

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

  describe('when an event brings the record', () => {
    it('shows it without a question, calls back once, and learns how long it took', async () => {
      const app = createTestApp()
      const taskId = app.addTask(endless)
      const { client, gateway, tell } = withEvents(app)
      const durations = createDurationStats()
      const { wrapper } = createTestApp({ provider: { client, polling, durations, push: true } })
      const [onStateChange, onSuccess] = [vi.fn(), vi.fn()]
      const { result } = renderHook(() => useKieTask(taskId, { onStateChange, onSuccess }), { wrapper })
      await settle(10_000)
      app.fake.play(taskId, 'image')
      app.fake.finish(taskId)
      for (let time = 0; time < 2; time++) await tell(taskId)
      await settle(100)
      expect(result.current.results).toHaveLength(1)
      expect(result.current.isPolling).toBe(false)
      expect(onStateChange).toHaveBeenCalledTimes(1)
      expect(onSuccess).toHaveBeenCalledTimes(1)
      expect(durations.distribution('nano-banana-2').observations).toBe(1)
      expect(gateway.asked).toBe(1)
    })

    it('is overtaken by no answer that is older, and overtakes none that is newer', async () => {
      const app = createTestApp()
      const taskId = app.addTask({ steps: [{ state: 'queuing', afterMs: 0 }] })
      const { client, tell } = withEvents(app)
      let release = () => {}
      const getTask: KieClient['getTask'] = async (...question) => {
        const answer = await client.getTask(...question)
        await new Promise<void>((resolve) => (release = resolve))
        return answer
      }
      const { result } = visit({ ...client, getTask }, taskId)
      await settle(500)
      release()
      await settle(100)
      expect(result.current.task?.state).toBe('queuing')

      void result.current.refetch()
      await settle(100)
      app.fake.play(taskId, endless)
      await tell(taskId)
      await settle(100)
      release()
      await settle(100)
      expect(result.current.task?.state).toBe('generating')

      app.fake.play(taskId, { steps: [{ state: 'waiting', afterMs: 0 }] })
      await tell(taskId)
      await settle(100)
      expect(result.current.task?.state).toBe('generating')

      void result.current.refetch()
      await settle(100)
      app.fake.play(taskId, 'image')
      app.fake.finish(taskId)
      await tell(taskId)
      await settle(100)
      release()
      await settle(100)
      expect(result.current.status).toBe('success')
    })

    it('tells the tabs that follow the task, where the tab that reads does not', async () => {
      vi.stubGlobal('navigator', Object.create(navigator, { locks: { value: createLockManager() } }))
      const app = createTestApp()
      const taskId = app.addTask(endless)
      const { client, gateway, opened, tell } = withEvents(app)
      const durations = createDurationStats()
      visit(client, '')
      await settle(500)
      const { wrapper } = createTestApp({ provider: { client, polling, durations, push: true } })
      const { result } = renderHook(() => useKieTask(taskId), { wrapper })
      await settle(10_000)
      app.fake.play(taskId, 'image')
      app.fake.finish(taskId)
      await tell(taskId)
      await settle(100)
      expect(opened).toHaveLength(1)
      expect(result.current.status).toBe('success')
      expect(durations.distribution('nano-banana-2').observations).toBe(1)
      expect(gateway.asked).toBe(1)
    })

    it.each<[string, unknown]>([
      [
        'of another task',
        {
          code: 200,
          data: { taskId: 'other', state: 'success', resultJson: '{"resultUrls":["https://a.test/b.png"]}' },
        },
      ],
      ['in another state', { code: 200, data: { state: 'fail' } }],
      ['of no task', { code: 200, data: null }],
      ['of a success without files', { code: 200, data: { state: 'success', resultJson: '{"resultUrls":[]}' } }],
      ['that is an error', { code: 500, msg: 'busy', data: null }],
      ['that is nonsense', [[{ state: {} }]]],
    ])('asks where it is one %s', async (_, record) => {
      const app = createTestApp()
      const taskId = app.addTask(endless)
      const { client, gateway, tell } = withEvents(app)
      const { result } = visit(client, taskId)
      await settle(500)
      app.fake.play(taskId, 'image')
      app.fake.finish(taskId)
      await tell(taskId, { record })
      await settle(100)
      expect(result.current.results.map((file) => 'url' in file && file.url)).toEqual([
        expect.stringContaining('aiquickdraw'),
      ])
      expect(gateway.asked).toBe(2)
    })
  })

  it('asks again soon where the answer is older news than the event', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const { client, gateway, tell } = withEvents(app)
    const { result } = visit(client, taskId)
    await settle(500)
    await tell(taskId, { state: 'success', record: undefined })
    await settle(500)
    expect([result.current.status, gateway.asked]).toEqual(['running', 2])
    app.fake.play(taskId, 'image')
    app.fake.finish(taskId)
    await settle(1000)
    expect([result.current.status, gateway.asked]).toEqual(['success', 3])
  })

  it('asks for nothing that it knows already', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const { client, gateway, tell } = withEvents(app)
    visit(client, taskId)
    await settle(500)
    await tell(taskId, { record: undefined })
    await settle(500)
    expect(gateway.asked).toBe(1)
  })

  it('shows the files of a success that come later, and does not wait for them for ever', async () => {
    for (const times of [2, 100]) {
      const app = createTestApp()
      const taskId = app.addTask(endless)
      const { client, tell } = withEvents(app)
      const { result } = visit(client, taskId)
      await settle(500)
      app.fake.play(taskId, 'image')
      app.fake.finish(taskId)
      app.fake.inject('success-without-files', { taskId, times })
      await tell(taskId)
      await settle(500)
      expect(result.current.status).toBe('running')
      await settle(20_000)
      expect(result.current.status).toBe('success')
      expect(result.current.results).toHaveLength(times === 2 ? 1 : 0)
    }
  })

  it('puts off its first look until the stream stands, so that no change lies between the two', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const { client, gateway, last } = withEvents(app)
    gateway.greets = false
    visit(client, taskId)
    await settle(800)
    expect(gateway.asked).toBe(0)
    last()?.send('id: 1\nevent: ready\ndata: {}\n\n')
    await settle(100)
    expect(gateway.asked).toBe(1)
    await settle(10_000)
    expect(gateway.asked).toBe(1)
  })

  it('misses no change from before the stream stood, where that takes longer than a first look can wait', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const { client, gateway, last } = withEvents(app)
    gateway.greets = false
    const { wrapper } = createTestApp({ provider: { client, polling: () => 600_000, push: true } })
    const { result } = renderHook(() => useKieTask(taskId), { wrapper })
    await settle(1100)
    expect([result.current.status, gateway.asked]).toEqual(['running', 1])
    app.fake.play(taskId, 'image')
    app.fake.finish(taskId)
    last()?.send('id: 1\nevent: ready\ndata: {}\n\n')
    await settle(100)
    expect([result.current.status, gateway.asked]).toEqual(['success', 2])
  })

  it('misses no change from before the first stream that could be opened', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const { client, gateway } = withEvents(app)
    gateway.refusal = new KieError('down', { kind: 'server' })
    const { wrapper } = createTestApp({ provider: { client, polling: () => 600_000, push: true } })
    const { result } = renderHook(() => useKieTask(taskId), { wrapper })
    await settle(500)
    expect([result.current.status, gateway.asked]).toEqual(['running', 1])
    app.fake.play(taskId, 'image')
    app.fake.finish(taskId)
    gateway.refusal = null
    await settle(5000)
    expect([result.current.status, gateway.asked]).toEqual(['success', 2])
  })

  it('opens the next stream at once when one has had its time, and asks for nothing', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const { client, gateway, opened, last, heartbeat, tell } = withEvents(app)
    const { result } = visit(client, taskId)
    for (let beat = 0; beat < 5; beat++) {
      await settle(15_000)
      heartbeat()
    }
    last()?.end()
    await settle(100)
    expect(opened).toHaveLength(2)
    expect(opened[1]?.headers['Last-Event-ID']).toBe('stream-1')
    await settle(20_000)
    expect(gateway.asked).toBe(1)
    app.fake.play(taskId, 'image')
    app.fake.finish(taskId)
    await tell(taskId)
    await settle(100)
    expect([result.current.status, gateway.asked]).toEqual(['success', 1])
  })

  it('asks by itself again when it is switched off', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const { client, gateway } = withEvents(app)
    const queryClient = new QueryClient()
    let pushed = true
    const { rerender } = renderHook(() => useKieTask(taskId), {
      wrapper: ({ children }) => (
        <QueryClientProvider client={queryClient}>
          <KieProvider client={client} polling={polling} push={pushed}>
            {children}
          </KieProvider>
        </QueryClientProvider>
      ),
    })
    await settle(5000)
    expect(gateway.asked).toBe(1)
    pushed = false
    rerender()
    await settle(5000)
    expect(gateway.asked).toBeGreaterThan(3)
  })

  it('asks by itself again when the stream is lost, and opens it anew from where it was', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const { client, opened, last } = withEvents(app)
    visit(client, taskId)
    await settle(500)
    last()?.send('id: 42\nevent: task\ndata: {"taskId":"other","state":"success"}\n\n')
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
    const { client, gateway, opened, tell } = withEvents(app)
    const one = visit(client, taskId)
    await settle(500)
    const two = visit(client, taskId)
    await settle(500)
    expect(gateway.asked, 'one first look each').toBe(2)
    await settle(10_000)
    expect(gateway.asked, 'the new tab knows at once that the stream is open').toBe(2)
    expect(opened).toHaveLength(1)

    await tell(app.addTask(endless))
    await settle(100)
    one.unmount()
    await settle(1000)
    expect(opened).toHaveLength(2)
    expect(opened[1]?.headers['Last-Event-ID'], 'it goes on where the other one was').toMatch(/^stream-\d{5,}$/)
    expect(gateway.asked).toBe(2)
    app.fake.play(taskId, 'image')
    app.fake.finish(taskId)
    await tell(taskId)
    await settle(500)
    expect([two.result.current.status, gateway.asked]).toEqual(['success', 2])
  })

  it('believes nothing in it that makes no sense', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const { client, last } = withEvents(app)
    const { result } = visit(client, taskId)
    await settle(500)
    const looks = app.looks()
    const senseless = [
      '',
      '{',
      'null',
      '[]',
      '{"taskId":7}',
      `{"taskId":"${taskId}"}`,
      `{"taskId":"${taskId}","state":"done"}`,
    ]
    for (const data of [...senseless, '{"taskId":"../..","state":"fail"}']) {
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

  it('is withdrawn while Kie does not reach the gateway, and looked for again now and then', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const { client, gateway, opened, last, heartbeat } = withEvents(app)
    visit(client, taskId)
    await settle(15_000)
    heartbeat()
    await settle(100)
    gateway.refusal = new KieError('no events now', { kind: 'unsupported' })
    last()?.end()
    await settle(5000)
    expect(gateway.asked).toBeGreaterThan(3)
    gateway.refusal = null
    await settle(500_000)
    expect(opened).toHaveLength(1)
    await settle(500_000)
    expect(opened.length).toBeGreaterThan(1)
  })

  it('holds up no first look where it is known that there is none', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const { client, gateway } = withEvents(app)
    gateway.refusal = new KieError('no events here', { kind: 'unsupported' })
    const before = visit(client, taskId)
    await settle(500)
    before.unmount()
    gateway.refusal = null
    gateway.greets = false
    const asked = gateway.asked
    visit(client, taskId)
    await settle(100)
    expect(gateway.asked).toBe(asked + 1)
  })

  it('is not opened before the server wants to be asked again, nor by all browsers at once', async () => {
    const app = createTestApp()
    const openedAt: number[] = []
    const client: KieClient = {
      ...app.client,
      open: () => {
        openedAt.push(Date.now())
        return Promise.reject(new KieError('busy', { kind: 'rate-limit', retryAfterMs: 30_000 }))
      },
    }
    const begun = Date.now()
    for (let browser = 0; browser < 10; browser++) visit(client, '')
    await settle(1000)
    expect(openedAt).toHaveLength(10)
    for (let second = 0; second < 60; second++) await settle(1000)
    const second = openedAt.slice(10, 20)
    expect(Math.min(...second) - begun).toBeGreaterThanOrEqual(30_000)
    expect(new Set(second).size).toBeGreaterThan(5)
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
