import type { KieTask } from '@kiekit/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { callBack, silent, taking } from '../../test/call-back.ts'
import { RECORD, startGateway } from '../../test/start-gateway.ts'
import { memoryStore } from '../memory-store.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.useRealTimers()
})

const MINUTE = 60_000

describe('a callback', () => {
  it('that meets a Kie that is down is answered well, and the task looked at until it can be read', async () => {
    const { gateway, create, fake, asked } = startGateway(taking, silent)
    const taskId = await create()
    fake.finish(taskId)
    fake.inject('offline', { times: 3 })
    expect((await callBack(gateway, taskId)).status).toBe(200)
    await vi.advanceTimersByTimeAsync(MINUTE)
    expect(asked(RECORD)).toBe(4)
  })

  it('that meets a pause of Kie’s is answered at once, and the task looked at when it is over', async () => {
    const finished: KieTask[] = []
    const { gateway, create, read, fake, asked } = startGateway(
      { ...taking, onTaskFinished: (task) => void finished.push(task) },
      silent,
    )
    const [taskId, other] = [await create(), await create()]
    fake.finish(taskId)
    fake.inject('rate-limit', { times: 1, retryAfterSeconds: 120 })
    expect((await read(other)).status).toBe(429)
    expect((await callBack(gateway, taskId)).status).toBe(200)
    expect(asked(RECORD)).toBe(1)
    await vi.advanceTimersByTimeAsync(5 * MINUTE)
    expect(finished.map((task) => task.taskId)).toContain(taskId)
  })

  it('is answered within Kie’s patience, however slow Kie itself is', async () => {
    const { gateway, create, fake, asked } = startGateway(taking, silent)
    const taskId = await create()
    fake.inject('timeout', { path: RECORD })
    const answer = callBack(gateway, taskId)
    await vi.waitFor(() => expect(asked(RECORD)).toBe(1))
    await vi.advanceTimersByTimeAsync(12_000)
    expect((await answer).status).toBe(200)
  })

  it('makes the gateway wait for the files of a success', async () => {
    const { gateway, create, fake, asked } = startGateway(taking, silent)
    const taskId = await create()
    fake.finish(taskId)
    fake.inject('success-without-files', { taskId })
    await callBack(gateway, taskId)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(asked(RECORD)).toBe(2)
    fake.clear()
    await vi.advanceTimersByTimeAsync(10 * MINUTE)
    expect(asked(RECORD)).toBe(3)
  })

  it('leaves nothing to do when the gateway has closed', async () => {
    const { gateway, fake } = startGateway(taking, silent)
    const taskId = fake.addTask({ model: 'z-image', input: { prompt: 'x' } })
    await gateway.claim(taskId, 'ann')
    await callBack(gateway, taskId)
    await vi.advanceTimersByTimeAsync(0)
    expect(vi.getTimerCount()).toBe(1)
    await gateway.close()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('may come again where nothing is done between requests', async () => {
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'gateway')
    const { gateway, create, fake, asked } = startGateway({ ...taking, store: memoryStore() }, silent)
    const taskId = await create()
    fake.finish(taskId)
    fake.inject('offline', { times: 1 })
    expect((await callBack(gateway, taskId)).status).toBe(502)
    expect((await callBack(gateway, taskId)).status).toBe(200)
    expect(asked(RECORD)).toBe(2)
  })
})
