import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { callBack, silent, taking } from '../test/call-back.ts'
import { keepLines, RECORD, startGateway } from '../test/start-gateway.ts'
import { createCallbackHealth } from './callback-health.ts'
import { memoryStore } from './memory-store.ts'
import type { Store } from './store.ts'

const URL = 'https://app.test/api/kie/api/v1/kiekit/callback'
const MINUTE = 60_000

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

function watch(store: Store = memoryStore(), url: string | null = URL) {
  const { logger, lines } = keepLines()
  const health = createCallbackHealth(url, store, logger)
  const told: boolean[] = []
  health.subscribe((isArriving) => told.push(isArriving))
  let tasks = 0
  /** So many tasks have ended, as somebody who read their records found out. */
  async function end(count: number, { agoMs = 0, callBackUrl = `${URL}?create=x` as string | null } = {}) {
    await vi.advanceTimersByTimeAsync(1_000)
    for (let left = count; left > 0; left -= 1) {
      tasks += 1
      health.ended({
        ...{ taskId: `t${tasks}`, state: 'success', results: [], rawState: 'success', extra: {} },
        ...{ model: 'z-image', request: { model: 'z-image', input: {}, callBackUrl }, creditsConsumed: null },
        ...{ createTime: null, updateTime: null, completeTime: Date.now() - agoMs },
      })
    }
    await vi.advanceTimersByTimeAsync(2 * MINUTE)
  }
  return { health, lines, told, end }
}

describe('callbacks', () => {
  it('are taken to arrive where there are any', () => {
    expect(watch().health.isArriving()).toBe(true)
    expect(watch(memoryStore(), null).health.isArriving()).toBe(false)
  })

  it('do not arrive when three tasks in a row ended without one: the log says once what to check', async () => {
    const { health, lines, told, end } = watch()
    await end(2)
    expect(health.isArriving()).toBe(true)
    await end(3)
    expect(health.isArriving()).toBe(false)
    expect(told).toEqual([false])
    expect(lines).toEqual([expect.stringMatching(/callbackKey.*publicUrl/)])
  })

  it('arrive again when one comes', async () => {
    const { health, told, end } = watch()
    await end(3)
    await health.arrived('t9')
    expect(health.isArriving()).toBe(true)
    expect(told).toEqual([false, true])
    await end(2)
    expect(health.isArriving()).toBe(true)
  })

  it('may come to another process that shares the store', async () => {
    const store = memoryStore()
    const [here, there] = [watch(store), watch(store)]
    for (const taskId of ['t1', 't3', 't5', 't7']) await there.health.arrived(taskId)
    await here.end(8)
    expect(here.told).toEqual([])
  })

  it('are not missed of tasks that ended before, or were to be reported to nobody or elsewhere', async () => {
    const { health, end } = watch()
    await end(3, { agoMs: MINUTE })
    await vi.advanceTimersByTimeAsync(30 * MINUTE)
    await end(3, { agoMs: 20 * MINUTE })
    await end(3, { callBackUrl: null })
    await end(3, { callBackUrl: 'https://other.test/callback' })
    expect(health.isArriving()).toBe(true)
  })

  it('are not missed because the store is away', async () => {
    const { health, end } = watch({ ...memoryStore(), get: () => Promise.reject(new Error('away')) })
    await end(5)
    expect(health.isArriving()).toBe(true)
  })
})

describe('a gateway whose callbacks', () => {
  it('do not arrive says so, and no more so when one has come', async () => {
    const { gateway, create, read, fake, lines } = startGateway(taking, silent)
    const createEnded = async () => {
      const taskId = await create()
      fake.finish(taskId)
      return taskId
    }
    for (let task = 0; task < 3; task += 1) await read(await createEnded())
    await vi.advanceTimersByTimeAsync(2 * MINUTE)
    expect(lines.join()).toContain('No callbacks arrive')
    await callBack(gateway, await createEnded())
    expect(lines.join()).toContain('Callbacks arrive again')
  })

  it('do not arrive asks about tasks that nobody watches as often as without any', async () => {
    const { create, read, fake } = startGateway({ ...taking, onTaskFinished: () => {} }, silent)
    const questionsAboutNext = async () => {
      fake.play('next', 'stuck')
      const taskId = await create()
      await vi.advanceTimersByTimeAsync(25_000)
      return fake.requests.filter(({ path, query }) => path === RECORD && query['taskId'] === taskId).length
    }
    expect(await questionsAboutNext()).toBe(0)
    for (let task = 0; task < 3; task += 1) {
      const taskId = await create()
      fake.finish(taskId)
      await read(taskId)
    }
    await vi.advanceTimersByTimeAsync(2 * MINUTE)
    expect(await questionsAboutNext()).toBeGreaterThan(0)
  })
})
