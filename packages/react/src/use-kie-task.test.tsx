import { fixedPolling } from '@kiekit/core'
import { act, renderHook } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createTestApp, pass } from '../test/test-app.tsx'
import { useKieTask } from './use-kie-task.ts'

beforeEach(() => {
  vi.useFakeTimers()
  return () => {
    vi.useRealTimers()
  }
})

describe('useKieTask', () => {
  it('follows a task to its end and stops asking', async () => {
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
    expect(app.looks()).toBe(0)
  })

  it('keeps the last good task while requests fail, and says that it reconnects', async () => {
    const app = createTestApp({ provider: { polling: fixedPolling(1000) } })
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
})
