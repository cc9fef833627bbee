import { createDurationStats, type KieTask, type PendingTask, type SucceededTask } from '@kiekit/core'
import type { Scenario } from '@kiekit/testing'
import { render, renderHook } from '@testing-library/react'
import { renderToString } from 'react-dom/server'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { resetBrowser, setVisible } from '../test/browser.ts'
import { createTestApp, pass } from '../test/test-app.tsx'
import type { UseKieTaskResult } from './kie-task-result.ts'
import { useKieTask } from './use-kie-task.ts'
import { useTaskProgress } from './use-task-progress.ts'

const endless: Scenario = { steps: [{ state: 'generating', afterMs: 0 }] }

beforeEach(() => {
  vi.useFakeTimers()
  return () => {
    vi.restoreAllMocks()
    resetBrowser()
    vi.useRealTimers()
  }
})

function pending(fields: Partial<PendingTask> = {}): PendingTask {
  return {
    taskId: 't',
    model: 'nano-banana-2',
    state: 'generating',
    progress: null,
    request: null,
    createTime: Date.now(),
    updateTime: null,
    completeTime: null,
    creditsConsumed: null,
    rawState: 'generating',
    extra: {},
    ...fields,
  }
}

/** An app in which so many tasks of the model have ended, after 40 s each. */
function appThatKnows(tasks: number) {
  const durations = createDurationStats()
  for (let count = 0; count < tasks; count++) durations.observe('nano-banana-2', 40_000)
  return { durations, ...createTestApp({ provider: { durations } }) }
}

describe('useTaskProgress', () => {
  it('makes nothing up for a model of which too few tasks were seen to end', async () => {
    const { durations, wrapper } = appThatKnows(2)
    const task = pending()
    for (const options of [undefined, { wrapper }]) {
      const { result, unmount } = renderHook(() => useTaskProgress(task), options)
      await pass(10_000)
      expect(result.current).toMatchObject({ remainingMs: null, fraction: null, isEstimate: false })
      unmount()
    }
    const { result } = renderHook(() => useTaskProgress(task), { wrapper })
    durations.observe('nano-banana-2', 40_000)
    await pass(500)
    expect(result.current).toMatchObject({ elapsedMs: 20_500, isEstimate: true })
    expect(result.current.fraction).toBeGreaterThan(0.3)
    expect(result.current.fraction).toBeLessThan(0.6)
    expect(result.current.remainingMs).toBeGreaterThan(10_000)
  })

  it('keeps what Kie told last when Kie falls silent', () => {
    const { result, rerender } = renderHook(({ task }) => useTaskProgress(task), {
      initialProps: { task: pending({ progress: 0.6 }) },
    })
    rerender({ task: pending({ progress: null }) })
    expect(result.current).toMatchObject({ fraction: 0.6, remainingMs: null, isEstimate: false })
  })

  it('marks an estimate as one until Kie’s own number has caught up with it', async () => {
    const { result, rerender } = renderHook(({ task }) => useTaskProgress(task), {
      initialProps: { task: pending() },
      ...appThatKnows(3),
    })
    await pass(30_000)
    const { fraction } = result.current
    expect(fraction).toBeGreaterThan(0.4)
    const createTime = Date.now() - 30_000
    rerender({ task: pending({ createTime, progress: 0.05 }) })
    expect(result.current).toMatchObject({ fraction, isEstimate: true })
    rerender({ task: pending({ createTime, progress: 0.95 }) })
    expect(result.current).toMatchObject({ fraction: 0.95, isEstimate: false })
    rerender({ task: pending({ createTime, progress: null }) })
    expect(result.current).toMatchObject({ fraction: 0.95, isEstimate: false })
  })

  it('keeps how far a task was when it failed, and whether that was an estimate', async () => {
    const { progress: _, ...fields } = pending()
    const failure = {
      code: '500',
      reason: 'provider',
      message: '',
      providerMessage: null,
      worthRetrying: true,
    } as const
    const { result, rerender } = renderHook(({ task }) => useTaskProgress(task), {
      initialProps: { task: pending() as KieTask },
      ...appThatKnows(3),
    })
    await pass(30_000)
    const { fraction } = result.current
    rerender({ task: { ...fields, state: 'fail', rawState: 'fail', failure } })
    expect(result.current).toMatchObject({ fraction, isEstimate: true, remainingMs: null })
  })

  it('estimates from how long the model takes, never backwards, never all of it', async () => {
    const task = pending()
    const seen: number[] = []
    const { result } = renderHook(() => {
      const progress = useTaskProgress(task)
      seen.push(progress.fraction ?? -1)
      return progress
    }, appThatKnows(3))
    await pass(10_000)
    expect(result.current).toMatchObject({ elapsedMs: 10_000, isEstimate: true })
    expect(result.current.remainingMs).toBeGreaterThan(0)
    await pass(3_600_000)
    expect(seen.length).toBeGreaterThan(1000)
    expect(seen.every((fraction, index) => fraction >= (seen[index - 1] ?? 0) && fraction < 1)).toBe(true)
  })

  it('shows what Kie tells, and no estimate beside it', async () => {
    const { result, rerender } = renderHook(({ task }) => useTaskProgress(task), {
      initialProps: { task: pending({ progress: 0.45 }) },
    })
    await pass(1000)
    expect(result.current).toMatchObject({ fraction: 0.45, isEstimate: false })
    rerender({ task: pending({ progress: 0.3 }) })
    expect(result.current.fraction).toBe(0.45)
    rerender({ task: pending({ progress: 1 }) })
    expect(result.current.fraction).toBeLessThan(1)
  })

  it('is complete at success, with the time that it took, and stops ticking', async () => {
    const began = Date.now()
    const { progress: _, ...fields } = pending()
    const done: SucceededTask = {
      ...fields,
      state: 'success',
      results: [],
      createTime: began,
      completeTime: began + 41_000,
    }
    let renders = 0
    const { result } = renderHook(() => (renders++, useTaskProgress(done)), { reactStrictMode: false })
    expect(result.current).toEqual({ elapsedMs: 41_000, remainingMs: null, fraction: 1, isEstimate: false })
    await pass(60_000)
    expect(renders).toBe(1)
  })

  it('begins anew for another task', async () => {
    const { result, rerender } = renderHook(({ task }) => useTaskProgress(task), {
      initialProps: { task: pending() },
      ...appThatKnows(3),
    })
    await pass(30_000)
    const before = result.current.fraction ?? 0
    expect(before).toBeGreaterThan(0.4)
    rerender({ task: pending({ taskId: 'other' }) })
    await pass(500)
    expect(result.current.fraction).toBeLessThan(before)
    expect(result.current.elapsedMs).toBeLessThan(1000)
  })

  it('ticks alone: what shows the task does not render with it', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    let [pages, bars] = [0, 0]
    function Bar({ task }: { task: UseKieTaskResult }) {
      bars++
      return <progress value={useTaskProgress(task).fraction ?? undefined} />
    }
    function Page() {
      pages++
      return <Bar task={useKieTask(taskId)} />
    }
    render(<Page />, { wrapper: app.wrapper, reactStrictMode: false })
    await pass(1000)
    ;[pages, bars] = [0, 0]
    await pass(10_000)
    expect(pages).toBe(0)
    expect(bars).toBe(20)
  })

  it('stands still while the page is hidden, and catches up when it is shown', async () => {
    const task = pending()
    let renders = 0
    const { result } = renderHook(() => (renders++, useTaskProgress(task)), { reactStrictMode: false })
    await pass(1000)
    setVisible(false)
    renders = 0
    await pass(60_000)
    expect(renders).toBe(0)
    setVisible(true)
    expect(result.current.elapsedMs).toBe(61_000)
  })

  it('knows nothing without a task', () => {
    for (const task of [null, undefined]) {
      const { result } = renderHook(() => useTaskProgress(task))
      expect(result.current).toEqual({ elapsedMs: 0, remainingMs: null, fraction: null, isEstimate: false })
    }
  })

  it('counts from zero where Kie’s clock is ahead', async () => {
    const task = pending({ createTime: Date.now() + 3_600_000 })
    const { result } = renderHook(() => useTaskProgress(task))
    await pass(5000)
    expect(result.current.elapsedMs).toBe(5000)
  })

  it('learns: a model that was quick is expected to be quick', async () => {
    const durations = createDurationStats()
    for (let count = 0; count < 20; count++) durations.observe('nano-banana-2', 4000)
    const app = createTestApp({ provider: { durations } })
    const task = pending()
    const known = renderHook(() => useTaskProgress(task), app)
    const slow = renderHook(() => useTaskProgress(task), appThatKnows(20))
    await pass(1000)
    expect(known.result.current.remainingMs).toBeLessThan((slow.result.current.remainingMs ?? 0) / 5)
  })

  it('renders the same on a server and at first in a browser, whatever either has learned', async () => {
    const { wrapper: Known } = appThatKnows(3)
    const { wrapper: Unknown } = appThatKnows(0)
    const task = pending()
    function Bar() {
      const { elapsedMs, remainingMs, fraction } = useTaskProgress(task)
      return <p>{[elapsedMs, remainingMs ?? '?', fraction === null ? '?' : 'known'].join(' ')}</p>
    }
    const container = document.createElement('div')
    document.body.append(container)
    container.innerHTML = renderToString(
      <Unknown>
        <Bar />
      </Unknown>,
    )
    expect(container.textContent).toBe('0 ? ?')
    await pass(3000)
    // React reports what does not match as an error, which fails the test.
    render(
      <Known>
        <Bar />
      </Known>,
      { container, hydrate: true },
    )
    await pass(0)
    expect(container.textContent).toMatch(/^3000 \d.* known$/)
  })
})
