import type { Scenario } from '@kiekit/testing'
import { act, renderHook } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createTestApp, pass } from '../test/test-app.tsx'
import { useCreateKieTask } from './use-create-kie-task.ts'
import { useKieTask } from './use-kie-task.ts'

const endless: Scenario = { steps: [{ state: 'generating', afterMs: 0 }] }

beforeEach(() => {
  vi.useFakeTimers()
  return () => {
    vi.useRealTimers()
  }
})

/** Callbacks that write down what they are told. */
function listener() {
  const told: string[] = []
  return {
    told,
    onStateChange: (task: { state: string }, previous: string) => void told.push(`${previous} → ${task.state}`),
    onSuccess: (task: { results: unknown[] }) => void told.push(`success with ${task.results.length}`),
    onFail: (task: { failure: { code: string } }) => void told.push(`fail ${task.failure.code}`),
    onTimeout: () => void told.push('timeout'),
  }
}

describe('callbacks', () => {
  it('run once per change, also in StrictMode', async () => {
    const app = createTestApp()
    const taskId = app.addTask('image')
    const { told, ...callbacks } = listener()
    renderHook(() => useKieTask(taskId, callbacks), app)
    await pass(60_000)
    expect(told).toEqual(['waiting → queuing', 'queuing → generating', 'generating → success', 'success with 1'])
  })

  it('run once per change for each of several hooks', async () => {
    const app = createTestApp()
    const taskId = app.addTask('fail')
    const [one, two] = [listener(), listener()]
    renderHook(() => [useKieTask(taskId, one), useKieTask(taskId, two)], app)
    await pass(60_000)
    expect(one.told.at(-1)).toMatch(/^fail /)
    expect(two.told).toEqual(one.told)
    expect(one.told.filter((told) => told.startsWith('fail'))).toHaveLength(1)
  })

  it('are silent about a task that had finished before', async () => {
    const app = createTestApp()
    const taskId = app.addTask('image')
    app.fake.finish(taskId)
    const { told, ...callbacks } = listener()
    const first = renderHook(() => useKieTask(taskId, callbacks), app)
    await pass(1000)
    expect(first.result.current.status).toBe('success')
    renderHook(() => useKieTask(taskId, callbacks), app)
    await pass(1000)
    expect(told).toEqual([])
  })

  it('are not repeated by a remount', async () => {
    const app = createTestApp()
    const taskId = app.addTask('image')
    const { told, ...callbacks } = listener()
    const first = renderHook(() => useKieTask(taskId, callbacks), app)
    await pass(4000)
    first.unmount()
    expect(told).toEqual(['waiting → queuing', 'queuing → generating'])
    renderHook(() => useKieTask(taskId, callbacks), app)
    await pass(10_000)
    expect(told.slice(2)).toEqual(['generating → success', 'success with 1'])
  })

  it('are the latest ones, without asking anew', async () => {
    const app = createTestApp()
    const taskId = app.addTask('image')
    const told: number[] = []
    const { rerender } = renderHook(({ version }) => useKieTask(taskId, { onSuccess: () => void told.push(version) }), {
      wrapper: app.wrapper,
      initialProps: { version: 1 },
    })
    await pass(2000)
    rerender({ version: 2 })
    await pass(10_000)
    expect(told).toEqual([2])
  })

  it('belong to one task: another id is no change', async () => {
    const app = createTestApp()
    const [one, two] = [app.addTask(endless), app.addTask('image')]
    app.fake.finish(two)
    const { told, ...callbacks } = listener()
    const { rerender } = renderHook(({ taskId }) => useKieTask(taskId, callbacks), {
      wrapper: app.wrapper,
      initialProps: { taskId: one },
    })
    await pass(2000)
    rerender({ taskId: two })
    await pass(2000)
    expect(told).toEqual([])
  })

  it('miss nothing of a task that the page has created, however fast it was', async () => {
    const app = createTestApp({ fake: { speed: 1e6 } })
    const { told, ...callbacks } = listener()
    const { result } = renderHook(() => {
      const create = useCreateKieTask()
      useKieTask(create.data?.taskId, callbacks)
      return create
    }, app)
    await act(async () => {
      await result.current.mutateAsync({ model: 'nano-banana-2', input: { prompt: 'A lake' } })
    })
    await pass(1000)
    expect(told).toEqual(['waiting → success', 'success with 1'])
  })

  it('tell of the time limit once each time', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const { told, ...callbacks } = listener()
    const { result } = renderHook(() => useKieTask(taskId, { ...callbacks, timeoutMs: 10_000 }), app)
    await pass(30_000)
    expect(told).toEqual(['timeout'])
    act(() => result.current.resume())
    await pass(30_000)
    expect(told).toEqual(['timeout', 'timeout'])
  })
})
