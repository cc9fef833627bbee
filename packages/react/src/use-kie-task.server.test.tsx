import { fixedPolling } from '@kiekit/core'
import type { Scenario } from '@kiekit/testing'
import {
  type DehydratedState,
  dehydrate,
  HydrationBoundary,
  hydrate,
  IsRestoringProvider,
  QueryClient,
  QueryClientProvider,
  useQuery,
  useSuspenseQuery,
} from '@tanstack/react-query'
import { act, render, renderHook, screen } from '@testing-library/react'
import { StrictMode, Suspense } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createTestApp, pass, type TestApp } from '../test/test-app.tsx'
import { kieKeys } from './kie-keys.ts'
import { KieProvider } from './kie-provider.tsx'
import { kieTaskOptions } from './kie-task-options.ts'
import { useKieTask } from './use-kie-task.ts'

const endless: Scenario = { steps: [{ state: 'generating', afterMs: 0 }] }

beforeEach(() => {
  vi.useFakeTimers()
  return () => {
    vi.useRealTimers()
  }
})

function Status({ taskId }: { taskId: string }) {
  return <p>{useKieTask(taskId).status}</p>
}

function page(app: TestApp, queryClient: QueryClient, taskId: string, state?: unknown) {
  return (
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <KieProvider client={app.client} polling={fixedPolling(2000)}>
          <HydrationBoundary state={state as DehydratedState}>
            <Status taskId={taskId} />
          </HydrationBoundary>
        </KieProvider>
      </QueryClientProvider>
    </StrictMode>
  )
}

async function dehydrated(app: TestApp, taskId: string): Promise<unknown> {
  const queryClient = new QueryClient()
  const prefetched = queryClient.prefetchQuery(kieTaskOptions(app.client, taskId))
  await vi.advanceTimersByTimeAsync(100)
  await prefetched
  return JSON.parse(JSON.stringify(dehydrate(queryClient)))
}

describe('on a server', () => {
  it('renders without a request', async () => {
    const app = createTestApp()
    const html = renderToString(page(app, new QueryClient(), app.addTask('image')))
    expect(html).toBe('<p>loading</p>')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(app.looks()).toBe(0)
  })

  it.each([
    ['a finished task', 'success', 0],
    ['a running task', 'running', 1],
  ] as const)(
    'hands over %s that was prefetched, so that hydration makes no second request',
    async (_, status, later) => {
      const app = createTestApp()
      const taskId = app.addTask(status === 'success' ? 'image' : endless)
      if (status === 'success') app.fake.finish(taskId)
      const state = await dehydrated(app, taskId)
      expect(app.looks()).toBe(1)

      const container = document.createElement('div')
      container.innerHTML = renderToString(page(app, new QueryClient(), taskId, state))
      expect(container.innerHTML).toBe(`<p>${status}</p>`)
      const root = await act(async () => hydrateRoot(container, page(app, new QueryClient(), taskId, state)))
      await pass(1000)
      expect(container.innerHTML).toBe(`<p>${status}</p>`)
      expect(app.looks()).toBe(1)
      await pass(2000)
      expect(app.looks()).toBe(1 + later)
      act(() => root.unmount())
    },
  )
})

describe('kieTaskOptions', () => {
  it('loads a task once for a loader and the component after it', async () => {
    const app = createTestApp()
    const taskId = app.addTask('image')
    app.fake.finish(taskId)
    const loaded = app.queryClient.ensureQueryData(kieTaskOptions(app.client, taskId))
    await pass(100)
    expect(await loaded).toMatchObject({ taskId, state: 'success' })
    const { result } = renderHook(() => useKieTask(taskId), app)
    expect(result.current.status).toBe('success')
    await pass(60_000)
    expect(app.looks()).toBe(1)
  })

  it('follows a task in useQuery, with select', async () => {
    const app = createTestApp()
    const taskId = app.addTask('image')
    const options = { polling: fixedPolling(1000), select: (task: { state: string }) => task.state }
    const { result } = renderHook(() => useQuery(kieTaskOptions(app.client, taskId, options)), app)
    await pass(100)
    expect(result.current.data).toBe('waiting')
    await pass(10_000)
    expect(result.current.data).toBe('success')
    expect(app.looks()).toBe(7)
  })

  it('follows a task in useSuspenseQuery', async () => {
    const app = createTestApp()
    const taskId = app.addTask('image')
    function State() {
      const { data } = useSuspenseQuery(kieTaskOptions(app.client, taskId, { polling: fixedPolling(1000) }))
      return <p>{data.state}</p>
    }
    render(
      <Suspense fallback={<p>suspended</p>}>
        <State />
      </Suspense>,
      { wrapper: app.wrapper },
    )
    expect(screen.getByText('suspended')).toBeInTheDocument()
    await pass(100)
    expect(screen.getByText('waiting')).toBeInTheDocument()
    await pass(10_000)
    expect(screen.getByText('success')).toBeInTheDocument()
  })
})

describe('a persisted cache', () => {
  function restored(app: TestApp, state: unknown) {
    const queryClient = new QueryClient()
    const ui = (isRestoring: boolean) => (
      <QueryClientProvider client={queryClient}>
        <IsRestoringProvider value={isRestoring}>
          <KieProvider client={app.client} polling={fixedPolling(1000)}>
            <Status taskId={taskIdOf(state)} />
          </KieProvider>
        </IsRestoringProvider>
      </QueryClientProvider>
    )
    const { rerender } = render(ui(true))
    return {
      restore: () => {
        hydrate(queryClient, state as DehydratedState)
        rerender(ui(false))
      },
    }
  }
  const taskIdOf = (state: unknown) => (state as { queries: { queryKey: string[] }[] }).queries[0]?.queryKey[4] ?? ''

  it('is awaited, and makes the request for a finished task unnecessary', async () => {
    const app = createTestApp()
    const taskId = app.addTask('image')
    app.fake.finish(taskId)
    const state = await dehydrated(app, taskId)
    const { restore } = restored(app, state)
    await pass(5000)
    expect(screen.getByText('loading')).toBeInTheDocument()
    restore()
    await pass(5000)
    expect(screen.getByText('success')).toBeInTheDocument()
    expect(app.looks()).toBe(1)
  })

  it.each(['running', 'timed-out'] as const)('gives a %s task one look, days later', async (before) => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    if (before === 'timed-out') await pass(1_000_000)
    const state = await dehydrated(app, taskId)
    vi.setSystemTime(Date.now() + 3 * 86_400_000)
    const { restore } = restored(app, state)
    restore()
    await pass(600_000)
    expect(screen.getByText('timed-out')).toBeInTheDocument()
    expect(app.looks()).toBe(2)
  })

  it('comes back unchanged', async () => {
    const app = createTestApp()
    const taskId = app.addTask('images')
    app.fake.finish(taskId)
    const state = await dehydrated(app, taskId)
    const queryClient = new QueryClient()
    hydrate(queryClient, state as DehydratedState)
    const answer = app.client.getTask(taskId)
    await pass(10)
    expect(queryClient.getQueryData(kieKeys.task(taskId))).toStrictEqual(await answer)
  })
})
