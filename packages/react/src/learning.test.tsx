import { createDurationStats, type DurationStats, fixedPolling, type KieClient, type KieTask } from '@kiekit/core'
import type { ScenarioChoice } from '@kiekit/testing'
import { QueryClient } from '@tanstack/react-query'
import { renderHook } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { resetBrowser, setVisible } from '../test/browser.ts'
import { createTestApp, pass } from '../test/test-app.tsx'
import { useKieGeneration } from './use-kie-generation.ts'
import { useKieTask } from './use-kie-task.ts'

beforeEach(() => {
  vi.useFakeTimers()
  return () => {
    resetBrowser()
    vi.useRealTimers()
  }
})

const model = 'nano-banana-2'

/** Durations that also tell what they were taught. */
function openDurations() {
  const learned: number[] = []
  const stats = createDurationStats()
  const durations: DurationStats = {
    distribution: (of) => stats.distribution(of),
    observe(of, ms) {
      expect(of).toBe(model)
      learned.push(ms)
      stats.observe(of, ms)
    },
  }
  return { durations, learned }
}

/** A Kie that leaves times out of its answers. */
function without(client: KieClient, ...times: ('createTime' | 'completeTime')[]): KieClient {
  const getTask: KieClient['getTask'] = async (taskId, options): Promise<KieTask> => {
    const task = await client.getTask(taskId, options)
    return { ...task, ...Object.fromEntries(times.map((time) => [time, null])) }
  }
  return { ...client, getTask }
}

function setUp(times: ('createTime' | 'completeTime')[] = [], everyMs = 1000) {
  const { durations, learned } = openDurations()
  const app = createTestApp()
  const provider = { client: without(app.client, ...times), durations, polling: fixedPolling(everyMs) }
  const { wrapper } = createTestApp({ provider, queryClient: app.queryClient })
  const follow = (scenario: ScenarioChoice) => {
    const taskId = app.addTask(scenario, model)
    return { taskId, ...renderHook(() => useKieTask(taskId), { wrapper }) }
  }
  return { app, provider, learned, follow }
}

const endsAfter = (afterMs: number, state: 'success' | 'fail'): ScenarioChoice => ({
  steps: [{ state: 'generating', afterMs: 0 }],
  outcome:
    state === 'fail'
      ? { state, afterMs, code: '422', message: 'refused' }
      : { state, afterMs, result: { files: ['https://files.test/a.png'] } },
})

describe('learning how long a model takes', () => {
  it.each(['success', 'fail'] as const)('takes it from Kie’s times when a task ends in %s', async (state) => {
    const { follow, learned } = setUp()
    const { result } = follow(endsAfter(5300, state))
    await pass(10_000)
    expect(result.current.status).toBe(state)
    expect(learned).toEqual([5300])
  })

  it('takes the time at which the end was seen where Kie gives none', async () => {
    const { follow, learned } = setUp(['completeTime'])
    follow(endsAfter(5300, 'fail'))
    await pass(10_000)
    expect(learned).toHaveLength(1)
    expect(learned[0]).toBeGreaterThanOrEqual(5300)
    expect(learned[0]).toBeLessThan(6400)
  })

  it('learns nothing from an end that nobody was there to see, unless Kie says when it was', async () => {
    for (const [times, expected] of [
      [['completeTime' as const], []],
      [[], [20_000]],
    ] as const) {
      const { follow, learned } = setUp([...times])
      const { result, unmount } = follow(endsAfter(20_000, 'fail'))
      await pass(5000)
      setVisible(false)
      await pass(3_600_000)
      setVisible(true)
      await pass(2000)
      expect(result.current.status).toBe('fail')
      expect(learned).toEqual(expected)
      unmount()
    }
  })

  it('learns from each task once, however many follow it and ask again', async () => {
    const { app, provider, follow, learned } = setUp()
    const { taskId, result } = follow(endsAfter(5000, 'fail'))
    const { wrapper } = createTestApp({ provider, queryClient: app.queryClient })
    renderHook(() => [useKieTask(taskId), useKieTask(taskId)], { wrapper })
    await pass(10_000)
    result.current.refetch()
    await pass(1000)
    expect(learned).toEqual([5000])
  })

  it('learns nothing from a task that had ended before it was first seen', async () => {
    const { app, provider, learned } = setUp()
    const taskId = app.addTask(endsAfter(5000, 'success'), model)
    await pass(60_000)
    const { wrapper } = createTestApp({ provider, queryClient: new QueryClient() })
    const { result } = renderHook(() => useKieTask(taskId), { wrapper })
    await pass(5000)
    expect(result.current.status).toBe('success')
    expect(learned).toEqual([])
  })

  it('knows by itself when a task began that this page created', async () => {
    const { app, provider, learned } = setUp(['createTime', 'completeTime'])
    app.fake.play('next', endsAfter(4500, 'fail'))
    const { wrapper } = createTestApp({ provider, queryClient: app.queryClient })
    const { result } = renderHook(() => useKieGeneration({ id: 'learning' }), { wrapper })
    void result.current.generate({ model, input: { prompt: 'A lake' } }).catch(() => {})
    await pass(10_000)
    expect(result.current.status).toBe('fail')
    expect(learned).toHaveLength(1)
    expect(learned[0]).toBeGreaterThanOrEqual(4500)
    expect(learned[0]).toBeLessThan(6000)
  })

  it('learns nothing where nobody knows when the task began', async () => {
    const { follow, learned } = setUp(['createTime'])
    const { result } = follow(endsAfter(5000, 'success'))
    await pass(10_000)
    expect(result.current.status).toBe('success')
    expect(learned).toEqual([])
  })
})
