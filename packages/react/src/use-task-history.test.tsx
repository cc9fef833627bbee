import type { Scenario } from '@kiekit/testing'
import { QueryClient } from '@tanstack/react-query'
import { act, renderHook } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createTestApp, pass, type TestApp } from '../test/test-app.tsx'
import type { KeyValueStorage } from './key-value-storage.ts'
import { useCreateKieTask } from './use-create-kie-task.ts'
import { useTaskHistory } from './use-task-history.ts'

const endless: Scenario = { steps: [{ state: 'generating', afterMs: 0 }] }
const key = 'kiekit:1::history'

beforeEach(() => {
  vi.useFakeTimers()
  localStorage.clear()
  return () => {
    vi.useRealTimers()
  }
})

/** What another tab of the same browser sees: the same data behind another object. */
function otherTab(): KeyValueStorage {
  return {
    getItem: (name) => localStorage.getItem(name),
    setItem: (name, value) => localStorage.setItem(name, value),
    removeItem: (name) => localStorage.removeItem(name),
  }
}

function visit(app: TestApp, onFinished?: (taskId: string) => void, storage = otherTab()) {
  const { wrapper } = createTestApp({ provider: { client: app.client }, queryClient: new QueryClient() })
  return renderHook(
    () =>
      useTaskHistory({
        storage,
        ...(onFinished && { onFinished: (task) => onFinished(`${task.taskId} ${task.state}`) }),
      }),
    { wrapper },
  )
}

describe('useTaskHistory', () => {
  it('takes in what the page creates, newest first, without prompts', async () => {
    const app = createTestApp()
    const { result } = renderHook(() => ({ create: useCreateKieTask(), history: useTaskHistory() }), app)
    for (const model of ['one', 'two']) {
      await act(async () => {
        await result.current.create.mutateAsync({ model, input: { prompt: 'secret' } })
      })
    }
    expect(result.current.history.entries.map(({ model, state }) => [model, state])).toEqual([
      ['two', 'waiting'],
      ['one', 'waiting'],
    ])
    expect(localStorage.getItem(key)).not.toContain('secret')
  })

  it('survives a reload, and tells once of what finished while the page was closed', async () => {
    const app = createTestApp()
    const [quick, slow] = [app.addTask('image'), app.addTask(endless)]
    const first = visit(app)
    act(() => {
      first.result.current.add({ taskId: quick, model: 'm' })
      first.result.current.add({ taskId: slow })
    })
    await pass(1000)
    first.unmount()
    await pass(60_000)

    const told: string[] = []
    const second = visit(app, (task) => told.push(task))
    await pass(1000)
    expect(told).toEqual([`${quick} success`])
    expect(second.result.current.entries.map(({ state }) => state)).toEqual(['waiting', 'success'])
    second.unmount()
    visit(app, (task) => told.push(task))
    await pass(5000)
    expect(told).toHaveLength(1)
  })

  it('tells of the end of a running task in one tab only', async () => {
    const app = createTestApp()
    const taskId = app.addTask('fail')
    const told: string[] = []
    const one = visit(app, (task) => told.push(task))
    visit(app, (task) => told.push(task))
    act(() => one.result.current.add({ taskId }))
    act(() => void window.dispatchEvent(new StorageEvent('storage', { key })))
    await pass(60_000)
    expect(told).toEqual([`${taskId} fail`])
  })

  it('is shared by tabs as they write', () => {
    const app = createTestApp()
    const [one, two] = [visit(app), visit(app)]
    act(() => one.result.current.add({ taskId: 'a', model: 'm' }))
    act(() => void window.dispatchEvent(new StorageEvent('storage', { key })))
    expect(two.result.current.entries).toMatchObject([{ taskId: 'a' }])
    act(() => two.result.current.add({ taskId: 'b', model: 'm' }))
    act(() => one.result.current.add({ taskId: 'c', model: 'm' }))
    expect(one.result.current.entries.map(({ taskId }) => taskId)).toEqual(['c', 'b', 'a'])
  })

  it('keeps users apart', () => {
    const app = createTestApp()
    const ada = createTestApp({ provider: { client: app.client, scope: 'ada' } })
    const mine = renderHook(() => useTaskHistory(), app)
    act(() => mine.result.current.add({ taskId: 'a' }))
    expect(renderHook(() => useTaskHistory(), ada).result.current.entries).toEqual([])
  })

  it('forgets one or all', () => {
    const app = createTestApp()
    const { result } = visit(app)
    act(() => {
      for (const taskId of ['a', 'b', 'a']) result.current.add({ taskId })
    })
    expect(result.current.entries).toHaveLength(2)
    act(() => result.current.remove('a'))
    expect(result.current.entries.map(({ taskId }) => taskId)).toEqual(['b'])
    act(() => result.current.clear())
    expect(result.current.entries).toEqual([])
    expect(localStorage.getItem(key)).toBeNull()
  })

  it.each(['{"not":"a list"}', '[{"taskId":', 'null'])('sets a corrupted store aside: %s', async (stored) => {
    localStorage.setItem(key, stored)
    const app = createTestApp()
    const { result } = visit(app)
    expect(result.current.entries).toEqual([])
    act(() => result.current.add({ taskId: 'a' }))
    expect(result.current.entries).toHaveLength(1)
    expect(localStorage.getItem(`${key}:unreadable`)).toBe(stored)
  })

  it('keeps the good entries among bad ones', () => {
    const good = { taskId: 'a', model: 'm', createdAt: 1, state: 'success', finishedAt: 2 }
    localStorage.setItem(key, JSON.stringify([good, { ...good, taskId: 7 }, null, 'x', { ...good, state: 'odd' }]))
    expect(visit(createTestApp()).result.current.entries).toEqual([good])
  })

  it('remembers at least for this page where nothing can be stored', () => {
    const broken: KeyValueStorage = {
      getItem: () => {
        throw new DOMException('denied', 'SecurityError')
      },
      setItem: () => {
        throw new DOMException('denied', 'SecurityError')
      },
      removeItem: () => {
        throw new DOMException('denied', 'SecurityError')
      },
    }
    const { result } = visit(createTestApp(), undefined, broken)
    act(() => result.current.add({ taskId: 'a' }))
    act(() => result.current.add({ taskId: 'b' }))
    expect(result.current.entries).toHaveLength(2)
    act(() => result.current.clear())
    expect(result.current.entries).toEqual([])
  })

  it('marks what Kie does not know any more, and asks for it no longer', async () => {
    const app = createTestApp()
    app.fake.inject('fresh-null')
    const { result } = visit(app)
    act(() => result.current.add({ taskId: 'lost' }))
    await pass(200_000)
    expect(result.current.entries).toMatchObject([{ state: 'gone' }])
    const looks = app.looks()
    await pass(200_000)
    expect(app.looks()).toBe(looks)
  })
})
