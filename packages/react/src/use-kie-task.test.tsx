import { createKieClient, fixedPolling, type KieClient, type KieTask } from '@kiekit/core'
import type { Scenario } from '@kiekit/testing'
import { QueryClient } from '@tanstack/react-query'
import { act, render, renderHook, screen } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { takeConsoleOutput } from '../../../vitest.dom.ts'
import { createTestApp, pass } from '../test/test-app.tsx'
import { kieKeys } from './kie-keys.ts'
import { KieProvider } from './kie-provider.tsx'
import { useCreateKieTask } from './use-create-kie-task.ts'
import { useKieTask } from './use-kie-task.ts'

/** Never ends by itself. */
const endless: Scenario = { steps: [{ state: 'generating', afterMs: 0 }] }

beforeEach(() => {
  vi.useFakeTimers()
  return () => {
    vi.useRealTimers()
  }
})

describe('following a task', () => {
  it('goes from loading over running to success, and stops asking for good', async () => {
    const app = createTestApp()
    const taskId = app.addTask('image')
    const { result } = renderHook(() => useKieTask(taskId), app)
    expect(result.current).toMatchObject({ status: 'loading', task: undefined, results: [], isPolling: true })

    await pass(100)
    expect(result.current).toMatchObject({ status: 'running', task: { state: 'waiting' }, isPolling: true })
    await pass(7000)
    expect(result.current).toMatchObject({ status: 'success', isPolling: false, results: [{ kind: 'image' }] })

    const looks = app.looks()
    expect(looks).toBe(7)
    await pass(3_600_000)
    expect(app.looks()).toBe(looks)
  })

  it('tells why a task failed', async () => {
    const app = createTestApp()
    const taskId = app.addTask('fail')
    const { result } = renderHook(() => useKieTask(taskId), app)
    await pass(60_000)
    expect(result.current).toMatchObject({ status: 'fail', results: [], error: null, isPolling: false })
    expect(result.current.failure?.message).toEqual(expect.any(String))
  })

  it('makes one request per turn for 50 components of different options', async () => {
    const app = createTestApp()
    const taskId = app.addTask('image')
    const { result } = renderHook(
      () =>
        Array.from({ length: 50 }, (_, index) =>
          useKieTask(taskId, { timeoutMs: 600_000 + index, background: index % 2 === 0 }),
        ),
      app,
    )
    await pass(3500)
    expect(app.looks()).toBe(4)
    expect(new Set(result.current.map(({ task }) => task)).size).toBe(1)
  })

  it('does not ask out of turn for a component that comes later', async () => {
    const app = createTestApp({ provider: { polling: fixedPolling(10_000) } })
    const taskId = app.addTask('slow')
    const first = renderHook(() => useKieTask(taskId), app)
    await pass(1000)
    const second = renderHook(() => useKieTask(taskId), app)
    await pass(5000)
    expect(app.looks()).toBe(1)
    expect(second.result.current.status).toBe('running')
    first.unmount()
    await pass(5000)
    expect(app.looks()).toBe(2)
  })

  it('never has two requests of one task under way', async () => {
    const app = createTestApp({ provider: { polling: fixedPolling(100) } })
    const taskId = app.addTask('slow')
    let underWay = 0
    let most = 0
    const slow: KieClient = {
      ...app.client,
      async getTask(...args) {
        most = Math.max(most, ++underWay)
        await new Promise((resolve) => setTimeout(resolve, 700))
        underWay -= 1
        return app.client.getTask(...args)
      },
    }
    renderHook(() => useKieTask(taskId), {
      wrapper: ({ children }) => (
        <KieProvider client={slow} polling={fixedPolling(100)}>
          {children}
        </KieProvider>
      ),
    })
    await pass(5000)
    expect(most).toBe(1)
  })

  it('stops asking when the last component is gone', async () => {
    const app = createTestApp()
    const taskId = app.addTask('slow')
    const { unmount } = renderHook(() => useKieTask(taskId), app)
    await pass(2500)
    unmount()
    const looks = app.looks()
    await pass(60_000)
    expect(app.looks()).toBe(looks)
  })

  it('asks by an interval of its own, and never again for false', async () => {
    const app = createTestApp()
    const taskId = app.addTask('slow')
    const { result } = renderHook(() => useKieTask(taskId, { polling: ({ attempt }) => attempt < 3 && 5000 }), app)
    await pass(60_000)
    expect(app.looks()).toBe(3)
    expect(result.current).toMatchObject({ status: 'running', isPolling: false })
  })

  it.each([Number.NaN, -1, Number.POSITIVE_INFINITY])('does not ask in a rush for a delay of %s', async (delay) => {
    const app = createTestApp()
    const taskId = app.addTask('slow')
    renderHook(() => useKieTask(taskId, { polling: () => delay }), app)
    await pass(60_000)
    expect(app.looks()).toBe(1)
  })

  it('asks at most ten times a second, whatever the policy says', async () => {
    const app = createTestApp()
    const taskId = app.addTask('slow')
    renderHook(() => useKieTask(taskId, { polling: () => 0 }), app)
    await pass(10_000)
    expect(app.looks()).toBeLessThanOrEqual(101)
  })
})

describe('ids', () => {
  it('is idle without a task id, and asks nothing', async () => {
    const app = createTestApp()
    const { result, rerender } = renderHook(({ taskId }) => useKieTask(taskId), {
      wrapper: app.wrapper,
      initialProps: { taskId: null as string | null | undefined },
    })
    expect(result.current).toMatchObject({ status: 'idle', taskId: null, isPolling: false })
    for (const taskId of [undefined, '']) {
      rerender({ taskId })
      expect(result.current.status).toBe('idle')
    }
    act(() => {
      result.current.refetch()
      result.current.resume()
      result.current.stop()
    })
    await pass(60_000)
    expect(app.fake.requests).toHaveLength(0)
  })

  it('never shows the task before it, even where the app keeps previous data', async () => {
    const queryClient = new QueryClient({
      defaultOptions: { queries: { placeholderData: (before: unknown) => before } },
    })
    const app = createTestApp({ queryClient })
    const [one, two] = [app.addTask('image'), app.addTask('slow')]
    const seen: [string, KieTask | undefined][] = []
    const { rerender } = renderHook(
      ({ taskId }) => {
        const { task } = useKieTask(taskId)
        seen.push([taskId, task])
      },
      { wrapper: app.wrapper, initialProps: { taskId: one } },
    )
    await pass(7000)
    rerender({ taskId: two })
    await pass(100)
    expect(seen.filter(([taskId, task]) => task && task.taskId !== taskId)).toEqual([])
    expect(seen.at(-1)?.[1]?.taskId).toBe(two)
  })

  it('changes ids in the middle of a request', async () => {
    const app = createTestApp()
    const [one, two] = [app.addTask('slow'), app.addTask('slow')]
    const { result, rerender } = renderHook(({ taskId }) => useKieTask(taskId), {
      wrapper: app.wrapper,
      initialProps: { taskId: one },
    })
    rerender({ taskId: two })
    await pass(3100)
    expect(result.current.task?.taskId).toBe(two)
    expect(app.looks(one)).toBe(0)
    expect(app.looks(two)).toBe(4)
  })

  it.each(['a task / with ?odd &ids#', '../../secrets', 'ünï—cödé 🎈'])('takes the id %j as it is', async (taskId) => {
    const app = createTestApp()
    app.fake.addTask({ model: 'nano-banana-2', input: {} }, { taskId })
    const { result } = renderHook(() => useKieTask(taskId), app)
    await pass(100)
    expect(result.current).toMatchObject({ status: 'running', task: { taskId } })
  })

  it('says what to add where there is no provider', () => {
    expect(() => renderHook(() => useKieTask('1'), { onCaughtError: () => {}, reactStrictMode: false })).toThrow(
      /Kiekit: There is no <KieProvider>.*createKieClient/,
    )
    // React 18 prints what it rethrows.
    takeConsoleOutput()
  })
})

describe('errors', () => {
  it('keeps the last good task while requests fail, and says that it reconnects', async () => {
    const app = createTestApp()
    const taskId = app.addTask('image')
    const { result } = renderHook(() => useKieTask(taskId), app)
    await pass(100)
    app.fake.inject('offline')
    await pass(3000)
    expect(result.current).toMatchObject({
      status: 'running',
      task: { state: 'waiting' },
      error: { kind: 'network' },
      isReconnecting: true,
    })
    app.fake.clear()
    await pass(10_000)
    expect(result.current).toMatchObject({ status: 'success', error: null, isReconnecting: false })
  })

  it('does not flicker between loading and error before the first answer', async () => {
    const app = createTestApp()
    const taskId = app.addTask('slow')
    app.fake.inject('server-error')
    const seen: string[] = []
    const { result } = renderHook(() => {
      const task = useKieTask(taskId)
      seen.push(`${task.status} ${task.error?.kind ?? 'no error'}`)
      return task
    }, app)
    await pass(60_000)
    expect([...new Set(seen)]).toEqual(['loading no error', 'loading server'])
    expect(result.current.isReconnecting).toBe(true)
    const changes = seen.filter((now, index) => now !== seen[index - 1])
    expect(changes).toEqual(['loading no error', 'loading server'])
    app.fake.clear()
    await pass(60_000)
    expect(result.current).toMatchObject({ status: 'running', error: null })
  })

  it('asks less and less often while requests fail', async () => {
    const app = createTestApp()
    const taskId = app.addTask('slow')
    app.fake.inject('html-error')
    renderHook(() => useKieTask(taskId), app)
    await pass(120_000)
    expect(app.looks()).toBeGreaterThan(4)
    expect(app.looks()).toBeLessThan(12)
  })

  it('takes a rate limit for what it is, and goes on', async () => {
    const app = createTestApp()
    const taskId = app.addTask('image')
    app.fake.inject('rate-limit', { times: 2 })
    const { result } = renderHook(() => useKieTask(taskId), app)
    await pass(100)
    expect(result.current).toMatchObject({ status: 'loading', error: { kind: 'rate-limit' }, isReconnecting: true })
    await pass(20_000)
    expect(result.current.status).toBe('success')
  })

  it('stops at an error that asking again would not change, and asks again when told to', async () => {
    const app = createTestApp({ fake: { apiKey: 'right' } })
    const taskId = app.addTask('image')
    const { result } = renderHook(() => useKieTask(taskId), app)
    await pass(100)
    expect(result.current).toMatchObject({ status: 'error', error: { kind: 'auth' }, isPolling: false })
    await pass(3_600_000)
    expect(app.looks()).toBe(1)
    act(() => result.current.refetch())
    await pass(100)
    expect(app.looks()).toBe(2)
  })

  it('does not ask again because a component mounts where a final error is shown', async () => {
    const app = createTestApp({ fake: { apiKey: 'right' } })
    function Notice() {
      return <p>{useKieTask('gone').error?.kind}</p>
    }
    function Page() {
      return useKieTask('gone').status === 'error' ? <Notice /> : null
    }
    render(<Page />, { wrapper: app.wrapper })
    await pass(5000)
    expect(screen.getByText('auth')).toBeInTheDocument()
    expect(app.looks()).toBe(1)
  })

  it('waits for a task that Kie does not know yet', async () => {
    const app = createTestApp()
    const taskId = app.addTask('image')
    app.fake.inject('fresh-null', { times: 3 })
    const { result } = renderHook(() => useKieTask(taskId), app)
    await pass(1500)
    expect(result.current).toMatchObject({ status: 'running', task: { state: 'waiting' } })
    await pass(10_000)
    expect(result.current.status).toBe('success')
  })

  it('says not-found for a task that Kie never knew, once its grace time is over', async () => {
    const app = createTestApp({ provider: { polling: fixedPolling(5000) } })
    app.fake.inject('fresh-null')
    const { result } = renderHook(() => useKieTask('nobody'), app)
    await pass(80_000)
    expect(result.current.status).toBe('running')
    await pass(20_000)
    expect(result.current).toMatchObject({ status: 'error', error: { kind: 'not-found' }, isPolling: false })
  })

  it('asks a few more times for files that a success lacks, then says so', async () => {
    const app = createTestApp()
    const taskId = app.addTask('image')
    app.fake.finish(taskId)
    app.fake.inject('success-without-files')
    const { result } = renderHook(() => useKieTask(taskId), app)
    await pass(2500)
    expect(result.current).toMatchObject({ status: 'running', task: { state: 'generating' } })
    await pass(60_000)
    expect(result.current).toMatchObject({ status: 'success', results: [] })
    expect(app.looks()).toBe(4)
  })

  it('shows the files that come after the success', async () => {
    const app = createTestApp()
    const taskId = app.addTask('image')
    app.fake.finish(taskId)
    app.fake.inject('success-without-files', { times: 2 })
    const { result } = renderHook(() => useKieTask(taskId), app)
    await pass(10_000)
    expect(result.current).toMatchObject({ status: 'success', results: [{ kind: 'image' }] })
  })

  it('shows what a client of one’s own throws as an error of its kind', async () => {
    const app = createTestApp()
    const client: KieClient = { ...app.client, getTask: () => Promise.reject(new TypeError('oops')) }
    const { result } = renderHook(() => useKieTask('1'), {
      wrapper: ({ children }) => <KieProvider client={client}>{children}</KieProvider>,
    })
    await pass(100)
    expect(result.current).toMatchObject({ status: 'loading', error: { kind: 'network' }, isReconnecting: true })
  })
})

describe('the time limit', () => {
  it('is not a failure: it asks one last time, stops, and goes on when told to', async () => {
    const app = createTestApp({ provider: { polling: fixedPolling(4000) } })
    const taskId = app.addTask(endless)
    const { result } = renderHook(() => useKieTask(taskId, { timeoutMs: 30_000 }), app)
    await pass(29_900)
    expect(result.current.status).toBe('running')
    await pass(200)
    expect(result.current).toMatchObject({ status: 'timed-out', failure: null, isPolling: false, task: { taskId } })
    expect(app.fake.requests.at(-1)?.at).toBeGreaterThanOrEqual(Date.now() - 200)
    const looks = app.looks()
    await pass(600_000)
    expect(app.looks()).toBe(looks)

    act(() => result.current.resume())
    await pass(100)
    expect(result.current).toMatchObject({ status: 'running', isPolling: true })
    await pass(29_000)
    expect(result.current.status).toBe('running')
    await pass(2000)
    expect(result.current.status).toBe('timed-out')
  })

  it('notices a task that finished after the time was up, when told to go on', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const { result } = renderHook(() => useKieTask(taskId, { timeoutMs: 10_000 }), app)
    await pass(20_000)
    expect(result.current.status).toBe('timed-out')
    app.fake.play(taskId, 'image')
    app.fake.finish(taskId)
    act(() => result.current.resume())
    await pass(100)
    expect(result.current.status).toBe('success')
  })

  it('is counted from the task’s creation: an old running task gets one look', async () => {
    const app = createTestApp()
    const taskId = app.fake.addTask({ model: 'm', input: {} }, { ageMs: 3 * 86_400_000, scenario: endless })
    const { result } = renderHook(() => useKieTask(taskId), app)
    await pass(600_000)
    expect(result.current.status).toBe('timed-out')
    expect(app.looks()).toBe(1)
  })

  it('ends for one component while another one, more patient, goes on', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const { result } = renderHook(
      () => [useKieTask(taskId, { timeoutMs: 5000 }), useKieTask(taskId, { timeoutMs: 60_000 })] as const,
      app,
    )
    await pass(10_000)
    expect(result.current.map(({ status }) => status)).toEqual(['timed-out', 'running'])
    app.fake.play(taskId, 'image')
    app.fake.finish(taskId)
    await pass(2000)
    expect(result.current.map(({ status }) => status)).toEqual(['success', 'success'])
  })

  it('ends a task of which nobody ever heard', async () => {
    const app = createTestApp()
    app.fake.inject('offline')
    const { result } = renderHook(() => useKieTask('1', { timeoutMs: 60_000 }), app)
    await pass(120_000)
    expect(result.current).toMatchObject({ status: 'timed-out', task: undefined, error: { kind: 'network' } })
    const looks = app.looks()
    await pass(600_000)
    expect(app.looks()).toBe(looks)
  })
})

describe('what can be done', () => {
  it('stops until told to go on, and leaves other components alone', async () => {
    const app = createTestApp()
    const taskId = app.addTask('slow')
    const one = renderHook(() => useKieTask(taskId), app)
    await pass(1500)
    act(() => one.result.current.stop())
    expect(one.result.current).toMatchObject({ status: 'running', isPolling: false })
    const looks = app.looks()
    await pass(10_000)
    expect(app.looks()).toBe(looks)

    const two = renderHook(() => useKieTask(taskId), app)
    await pass(3000)
    expect(app.looks()).toBeGreaterThan(looks + 2)
    expect(two.result.current.isPolling).toBe(true)
    expect(one.result.current.isPolling).toBe(false)
    two.unmount()
    act(() => one.result.current.resume())
    expect(one.result.current.isPolling).toBe(true)
    const before = app.looks()
    await pass(3000)
    expect(app.looks()).toBeGreaterThan(before + 1)
  })

  it('asks nothing while disabled, but shows what is known', async () => {
    const app = createTestApp()
    const taskId = app.addTask('image')
    const { result, rerender } = renderHook(({ enabled }) => useKieTask(taskId, { enabled }), {
      wrapper: app.wrapper,
      initialProps: { enabled: false },
    })
    await pass(10_000)
    expect(result.current).toMatchObject({ status: 'idle', isPolling: false, taskId })
    expect(app.looks()).toBe(0)
    rerender({ enabled: true })
    await pass(100)
    expect(result.current.status).toBe('success')
    rerender({ enabled: false })
    expect(result.current.status).toBe('success')
  })

  it('knows by itself how old a task is that the page has created, when the clocks disagree', async () => {
    const app = createTestApp({ fake: { now: () => Date.now() - 3_600_000 } })
    app.fake.play('next', 'slow')
    const { result } = renderHook(() => {
      const create = useCreateKieTask()
      return { create, task: useKieTask(create.data?.taskId) }
    }, app)
    await act(async () => {
      await result.current.create.mutateAsync({ model: 'nano-banana-2', input: { prompt: 'A lake' } })
    })
    await pass(5000)
    expect(result.current.task).toMatchObject({ status: 'running', isPolling: true })
  })
})

describe('renders', () => {
  it('only when something changes that the component can see', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const seen: unknown[] = []
    renderHook(() => void seen.push(useKieTask(taskId)), { wrapper: app.wrapper, reactStrictMode: false })
    await pass(100)
    await pass(20_000)
    expect(seen).toHaveLength(2)
    const before = seen.length
    await pass(60_000)
    expect(seen).toHaveLength(before)
    expect(app.looks()).toBeGreaterThan(60)
  })

  it('once for an outage, however many requests fail', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    let renders = 0
    renderHook(() => (renders++, useKieTask(taskId)), { wrapper: app.wrapper, reactStrictMode: false })
    await pass(10_000)
    renders = 0
    app.fake.inject('offline')
    await pass(120_000)
    expect(renders).toBe(1)
    app.fake.clear()
    await pass(60_000)
    expect(renders).toBe(2)
  })

  it('also for what is read of the query', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    let renders = 0
    const { result } = renderHook(
      () => {
        renders++
        const { query } = useKieTask(taskId)
        return query.dataUpdatedAt
      },
      { wrapper: app.wrapper, reactStrictMode: false },
    )
    await pass(10_000)
    renders = 0
    const before = result.current
    await pass(5000)
    expect(renders).toBe(5)
    expect(result.current).toBeGreaterThan(before)
  })

  it('not for callbacks, policies and options written in place', async () => {
    const app = createTestApp()
    const taskId = app.addTask('slow')
    const { rerender } = renderHook(
      () => useKieTask(taskId, { polling: () => 1000, onSuccess: () => {}, timeoutMs: 60_000 }),
      app,
    )
    await pass(100)
    for (let turn = 0; turn < 30; turn++) {
      rerender()
      await pass(100)
    }
    expect(app.looks()).toBe(4)
  })
})

describe('the cache', () => {
  it('holds the task under a readable key, parted by scope', async () => {
    const app = createTestApp({ provider: { scope: 'ada' } })
    const taskId = app.addTask('image')
    renderHook(() => useKieTask(taskId), app)
    await pass(100)
    expect(kieKeys.task(taskId, 'ada')).toEqual(['kie', 1, 'ada', 'task', taskId])
    expect(app.queryClient.getQueryData(kieKeys.task(taskId, 'ada'))).toMatchObject({ taskId })
    expect(app.queryClient.getQueryData(kieKeys.task(taskId))).toBeUndefined()
  })

  it('works without a QueryClient of the app', async () => {
    const app = createTestApp()
    const taskId = app.addTask('image')
    const { result } = renderHook(() => useKieTask(taskId), {
      wrapper: ({ children }) => (
        <KieProvider client={app.client} polling={fixedPolling(1000)}>
          {children}
        </KieProvider>
      ),
    })
    await pass(10_000)
    expect(result.current.status).toBe('success')
  })

  it('takes no notice of defaults that would break it', async () => {
    const queryClient = new QueryClient({
      defaultOptions: {
        queries: { retry: 5, staleTime: Infinity, refetchInterval: 10, throwOnError: true, enabled: false },
      },
    })
    const app = createTestApp({ queryClient })
    const taskId = app.addTask('image')
    app.fake.inject('server-error', { times: 1 })
    const { result } = renderHook(() => useKieTask(taskId), app)
    await pass(20_000)
    expect(result.current.status).toBe('success')
    expect(app.looks()).toBeLessThan(10)
  })

  it('lets several QueryClients follow one task', async () => {
    const app = createTestApp()
    const other = createTestApp()
    const taskId = app.addTask('image')
    const client = createKieClient({ baseUrl: 'https://gateway.test', fetch: app.fake.fetch })
    const one = renderHook(() => useKieTask(taskId), app)
    const two = renderHook(() => useKieTask(taskId), {
      wrapper: ({ children }) => other.wrapper({ children: <KieProvider client={client}>{children}</KieProvider> }),
    })
    await pass(20_000)
    expect([one.result.current.status, two.result.current.status]).toEqual(['success', 'success'])
  })
})
