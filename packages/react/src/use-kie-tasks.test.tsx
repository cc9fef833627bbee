import type { Scenario } from '@kiekit/testing'
import { render, renderHook } from '@testing-library/react'
import { memo } from 'react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createTestApp, pass } from '../test/test-app.tsx'
import type { UseKieTaskResult } from './kie-task-result.ts'
import { useKieTask } from './use-kie-task.ts'
import { useKieTasks } from './use-kie-tasks.ts'

const endless: Scenario = { steps: [{ state: 'generating', afterMs: 0 }] }

beforeEach(() => {
  vi.useFakeTimers()
  return () => {
    vi.useRealTimers()
  }
})

describe('useKieTasks', () => {
  it('follows all of them, in the order of the ids, and counts them', async () => {
    const app = createTestApp()
    const ids = [app.addTask('image'), app.addTask(endless), null, app.addTask('fail'), '']
    const { result } = renderHook(() => useKieTasks(ids), app)
    expect(result.current.totals).toMatchObject({ total: 5, loading: 3, idle: 2 })
    await pass(60_000)
    expect(result.current.tasks.map(({ status }) => status)).toEqual(['success', 'running', 'idle', 'fail', 'idle'])
    expect(result.current.totals).toEqual({
      total: 5,
      idle: 2,
      loading: 0,
      running: 1,
      success: 1,
      fail: 1,
      'timed-out': 0,
      error: 0,
    })
  })

  it('takes ids that are written in place, twice the same, and changing', async () => {
    const app = createTestApp()
    const [one, two] = [app.addTask(endless), app.addTask(endless)]
    const { result, rerender } = renderHook(({ ids }) => useKieTasks([...ids, ...ids]), {
      wrapper: app.wrapper,
      initialProps: { ids: [one] },
    })
    await pass(100)
    expect(result.current.tasks).toHaveLength(2)
    expect(result.current.tasks[0]).toBe(result.current.tasks[1])
    const before = result.current.tasks[0]
    rerender({ ids: [two, one] })
    expect(result.current.tasks.map(({ taskId }) => taskId)).toEqual([two, one, two, one])
    expect(result.current.tasks[1]).toBe(before)
    rerender({ ids: [two] })
    await pass(100)
    const looks = app.looks(one)
    await pass(10_000)
    expect(app.looks(one)).toBe(looks)
    expect(app.looks(two)).toBeGreaterThan(9)
    expect(result.current.tasks[0]).toMatchObject({ status: 'running', isPolling: true })
  })

  it('shares the requests of other hooks', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    renderHook(() => [useKieTasks([taskId]), useKieTask(taskId)], app)
    await pass(5500)
    expect(app.looks()).toBe(6)
  })

  it('re-renders of a thousand rows only those that changed, within the limit of ten requests a second', async () => {
    const app = createTestApp({ provider: { polling: () => 120_000 } })
    const ids = Array.from({ length: 1000 }, () => app.addTask(endless))
    const renders = new Map<string | null, number>()
    const Row = memo(({ task }: { task: UseKieTaskResult }) => {
      renders.set(task.taskId, (renders.get(task.taskId) ?? 0) + 1)
      return null
    })
    let listRenders = 0
    function List() {
      listRenders++
      return useKieTasks(ids, { timeoutMs: 3_600_000 }).tasks.map((task) => <Row key={task.taskId} task={task} />)
    }
    render(<List />, { wrapper: app.wrapper, reactStrictMode: false })
    await pass(20_500)
    expect(app.fake.requests.length).toBeLessThanOrEqual(211)
    const asked = [...renders.values()].filter((count) => count === 2).length
    expect(asked).toBeGreaterThanOrEqual(200)
    expect(asked).toBeLessThanOrEqual(210)
    expect([...renders.values()].filter((count) => count === 1)).toHaveLength(1000 - asked)
    expect(listRenders).toBeLessThanOrEqual(asked / 10 + 1)

    renders.clear()
    await pass(1000)
    expect(renders.size).toBe(10)
  }, 30_000)

  it('lets tasks that the user does not see wait for those that are seen', async () => {
    const app = createTestApp()
    const hidden = Array.from({ length: 100 }, () => app.addTask(endless))
    const seen = app.addTask(endless)
    const { result } = renderHook(
      () => ({ hidden: useKieTasks(hidden, { priority: 'hidden' }), task: useKieTask(seen) }),
      app,
    )
    await pass(2000)
    expect(result.current.task.status).toBe('running')
    expect(result.current.hidden.totals.running).toBeLessThan(30)
  })

  it('re-renders the one row whose task changed', async () => {
    const app = createTestApp()
    const ids = Array.from({ length: 20 }, () => app.addTask(endless))
    const renders: (string | null)[] = []
    const Row = memo(({ task }: { task: UseKieTaskResult }) => {
      renders.push(task.taskId)
      return null
    })
    function List() {
      return useKieTasks(ids).tasks.map((task) => <Row key={task.taskId} task={task} />)
    }
    render(<List />, { wrapper: app.wrapper, reactStrictMode: false })
    await pass(5000)
    renders.length = 0
    const finished = ids[7] ?? ''
    app.fake.play(finished, 'image')
    app.fake.finish(finished)
    await pass(10_000)
    expect(renders).toEqual([finished])
  })
})
