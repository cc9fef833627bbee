import type { Scenario } from '@kiekit/testing'
import { renderHook } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { resetBrowser, setOnline, setVisible } from '../test/browser.ts'
import { createTestApp, pass } from '../test/test-app.tsx'
import { useKieTask } from './use-kie-task.ts'

const endless: Scenario = { steps: [{ state: 'generating', afterMs: 0 }] }
const hour = 3_600_000

beforeEach(() => {
  vi.useFakeTimers()
  return () => {
    vi.restoreAllMocks()
    resetBrowser()
    vi.useRealTimers()
  }
})

describe('a hidden tab', () => {
  it('asks nothing, and asks once at once when it is shown again', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const { result } = renderHook(() => useKieTask(taskId), app)
    await pass(1500)
    setVisible(false)
    await pass(300_000)
    expect(app.looks()).toBe(2)
    app.fake.play(taskId, 'image')
    app.fake.finish(taskId)
    setVisible(true)
    await pass(10)
    expect(app.looks()).toBe(3)
    expect(result.current.status).toBe('success')
  })

  it('asks once when it is shown again, however many components there are', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    renderHook(() => Array.from({ length: 20 }, () => useKieTask(taskId)), app)
    await pass(100)
    setVisible(false)
    await pass(60_000)
    setVisible(true)
    await pass(10)
    expect(app.looks()).toBe(2)
    await pass(1000)
    expect(app.looks()).toBe(3)
  })

  it('asks nothing even at first, when it was opened in the background', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    setVisible(false)
    const { result } = renderHook(() => useKieTask(taskId), app)
    await pass(60_000)
    expect(app.looks()).toBe(0)
    expect(result.current.status).toBe('loading')
    setVisible(true)
    await pass(10)
    expect(result.current.status).toBe('running')
    await pass(2000)
    expect(app.looks()).toBe(3)
  })

  it('goes on asking where that is wanted', async () => {
    const app = createTestApp()
    const taskId = app.addTask('image')
    const { result } = renderHook(() => useKieTask(taskId, { background: true }), app)
    setVisible(false)
    await pass(10_000)
    expect(result.current.status).toBe('success')
  })

  it('goes on after errors as soon as it is shown again', async () => {
    const app = createTestApp()
    const taskId = app.addTask('image')
    app.fake.inject('offline')
    const { result } = renderHook(() => useKieTask(taskId), app)
    await pass(100)
    setVisible(false)
    await pass(60_000)
    app.fake.clear()
    setVisible(true)
    await pass(10)
    expect(result.current.status).toBe('success')
  })

  it('asks nothing about a finished task when it is shown again', async () => {
    const app = createTestApp()
    const taskId = app.addTask('image')
    renderHook(() => useKieTask(taskId), app)
    await pass(10_000)
    const looks = app.looks()
    setVisible(false)
    setVisible(true)
    setOnline(false)
    setOnline(true)
    await pass(60_000)
    expect(app.looks()).toBe(looks)
  })

  it('makes no new time limit out of the time it was away', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const { result } = renderHook(() => useKieTask(taskId), app)
    await pass(100)
    setVisible(false)
    await pass(hour)
    expect(result.current.status).toBe('running')
    const looks = app.looks()
    setVisible(true)
    await pass(60_000)
    expect(result.current.status).toBe('timed-out')
    expect(app.looks()).toBe(looks + 1)
  })
})

describe('an offline tab', () => {
  it('asks nothing, says that it reconnects, and asks once at once when the network is back', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const { result } = renderHook(() => useKieTask(taskId), app)
    await pass(1500)
    setOnline(false)
    await pass(300_000)
    expect(app.looks()).toBe(2)
    expect(result.current).toMatchObject({ status: 'running', isReconnecting: true })
    setOnline(true)
    await pass(10)
    expect(app.looks()).toBe(3)
    expect(result.current).toMatchObject({ status: 'running', isReconnecting: false })
    await pass(1000)
    expect(app.looks()).toBe(4)
  })

  it('asks at once when the network was gone for less than a turn', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    renderHook(() => useKieTask(taskId), app)
    await pass(100)
    setOnline(false)
    await pass(200)
    setOnline(true)
    await pass(10)
    expect(app.looks()).toBe(2)
  })

  it('begins when the network comes', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const { result, rerender } = renderHook(({ id }) => useKieTask(id), {
      wrapper: app.wrapper,
      initialProps: { id: null as string | null },
    })
    setOnline(false)
    rerender({ id: taskId })
    await pass(60_000)
    expect(app.looks()).toBe(0)
    expect(result.current.status).toBe('loading')
    setOnline(true)
    await pass(10)
    expect(result.current.status).toBe('running')
  })
})

describe('sleep and clocks', () => {
  it('gets one look after an hour asleep, and is then out of time', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const { result } = renderHook(() => useKieTask(taskId), app)
    await pass(1500)
    // No timer runs while a laptop is asleep; the clock on the wall goes on.
    vi.setSystemTime(Date.now() + hour)
    await pass(1000)
    expect(app.looks()).toBe(3)
    expect(result.current.status).toBe('timed-out')
  })

  it('finds a task that finished while the laptop was asleep, though the network comes back late', async () => {
    const app = createTestApp()
    const taskId = app.addTask('image')
    const { result } = renderHook(() => useKieTask(taskId), app)
    await pass(1500)
    vi.setSystemTime(Date.now() + hour)
    app.fake.inject('offline', { times: 2 })
    await pass(10_000)
    expect(result.current.status).toBe('success')
  })

  it('goes on in its rhythm when the clock is set back', async () => {
    const began = Date.now() - performance.now()
    const app = createTestApp({ fake: { now: () => began + performance.now() } })
    const taskId = app.addTask(endless)
    const { result } = renderHook(() => useKieTask(taskId, { timeoutMs: 60_000 }), app)
    await pass(1500)
    vi.setSystemTime(Date.now() - hour)
    await pass(10_000)
    expect(app.looks()).toBe(12)
    expect(result.current.status).toBe('running')
  })

  it('keeps the time limit when the clock is set back', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const { result } = renderHook(() => useKieTask(taskId, { timeoutMs: 60_000 }), app)
    await pass(30_500)
    vi.setSystemTime(Date.now() - hour)
    await pass(32_000)
    expect(result.current.status).toBe('timed-out')
  })

  it('keeps the time limit where Kie’s clock is ahead', async () => {
    const app = createTestApp({ fake: { now: () => Date.now() + hour } })
    const taskId = app.addTask(endless)
    const { result } = renderHook(() => useKieTask(taskId, { timeoutMs: 60_000 }), app)
    await pass(59_000)
    expect(result.current.status).toBe('running')
    await pass(3000)
    expect(result.current.status).toBe('timed-out')
  })
})
