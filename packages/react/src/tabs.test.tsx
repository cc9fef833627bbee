import type { KieClient } from '@kiekit/core'
import type { Scenario } from '@kiekit/testing'
import { QueryClient } from '@tanstack/react-query'
import { renderHook } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createTestApp, pass, type TestApp } from '../test/test-app.tsx'
import { createLockManager } from '../test/web-locks.ts'
import { useKieTask } from './use-kie-task.ts'

const endless: Scenario = { steps: [{ state: 'generating', afterMs: 0 }] }

/** Real message ports deliver outside of fake timers. */
const delivered = () => new Promise<void>((resolve) => setImmediate(resolve))

async function passInSteps(ms: number, stepMs = 100) {
  for (let passed = 0; passed < ms; passed += stepMs) {
    await pass(stepMs)
    await delivered()
    await pass(0)
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'] })
  return () => {
    vi.unstubAllGlobals()
    vi.useRealTimers()
  }
})

function openTab(app: TestApp, taskId: string, client: KieClient = app.client) {
  const { wrapper } = createTestApp({ provider: { client }, queryClient: new QueryClient() })
  return renderHook(() => useKieTask(taskId), { wrapper })
}

function withLocks() {
  const locks = createLockManager()
  vi.stubGlobal('navigator', Object.create(navigator, { locks: { value: locks } }))
  return locks
}

describe('several tabs', () => {
  it('make one request per turn together', async () => {
    withLocks()
    const app = createTestApp()
    const taskId = app.addTask('image')
    const tabs = [openTab(app, taskId), openTab(app, taskId), openTab(app, taskId)]
    await passInSteps(9000)
    expect(tabs.map(({ result }) => result.current.status)).toEqual(['success', 'success', 'success'])
    expect(app.looks()).toBeLessThanOrEqual(8)
  })

  it('take over the answer that another one got, and begin their turn anew', async () => {
    withLocks()
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const one = openTab(app, taskId)
    await passInSteps(500)
    const two = openTab(app, taskId)
    await passInSteps(10_000)
    expect(two.result.current.status).toBe('running')
    expect(app.looks()).toBeLessThanOrEqual(12)
    one.unmount()
    const looks = app.looks()
    await passInSteps(3000)
    expect(app.looks()).toBeGreaterThanOrEqual(looks + 2)
  })

  it('are not held up by one that is killed in the middle of a request', async () => {
    const locks = withLocks()
    const app = createTestApp()
    const taskId = app.addTask(endless)
    const dead: KieClient = {
      ...app.client,
      getTask: (_, o) =>
        new Promise((_resolve, reject) => {
          o?.signal?.addEventListener('abort', () => reject(o.signal?.reason as Error))
        }),
    }
    const killed = openTab(app, taskId, dead)
    await passInSteps(500)
    expect(locks.isHeld(`kiekit:1::${taskId}`)).toBe(true)
    const two = openTab(app, taskId)
    await passInSteps(500)
    expect(two.result.current.status).toBe('loading')
    killed.unmount()
    await passInSteps(500)
    expect(two.result.current.status).toBe('running')
  })

  it('do not wait for ever for one that is frozen with the lock in its hands', async () => {
    const locks = withLocks()
    const app = createTestApp()
    const taskId = app.addTask('image')
    void locks.request(`kiekit:1::${taskId}`, {}, () => new Promise(() => {}))
    const { result } = openTab(app, taskId)
    await passInSteps(45_000, 1000)
    expect(result.current.status).toBe('success')
  })

  it('ask each for itself where there are no locks, and still share their answers', async () => {
    const app = createTestApp()
    const taskId = app.addTask('image')
    const tabs = [openTab(app, taskId), openTab(app, taskId)]
    await passInSteps(9000)
    expect(tabs.map(({ result }) => result.current.status)).toEqual(['success', 'success'])
  })

  it('ask each for itself where locks are refused', async () => {
    const refused = { request: () => Promise.reject(new DOMException('denied', 'SecurityError')) }
    vi.stubGlobal('navigator', Object.create(navigator, { locks: { value: refused } }))
    const app = createTestApp()
    const taskId = app.addTask('image')
    const { result } = openTab(app, taskId)
    await passInSteps(9000)
    expect(result.current.status).toBe('success')
  })

  it('believe nothing on the channel that is no task, and no answer that was overtaken', async () => {
    const app = createTestApp()
    const taskId = app.addTask('image')
    const { result } = openTab(app, taskId)
    await passInSteps(9000)
    const done = result.current.task
    const channel = new BroadcastChannel('kiekit:1:')
    const late = { taskId, model: 'm', state: 'waiting' }
    for (const message of [
      null,
      'x',
      {},
      { kind: 'task' },
      { kind: 'task', task: { taskId } },
      { kind: 'task', task: late },
    ]) {
      channel.postMessage(message)
    }
    await passInSteps(500)
    channel.close()
    expect(result.current.task).toBe(done)
  })
})
