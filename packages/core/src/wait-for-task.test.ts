import { createFakeKie } from '@kiekit/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createKieClient } from './client.ts'
import { createDurationStats } from './durations.ts'
import { fixedPolling } from './fixed-polling.ts'
import { KieError } from './kie-error.ts'
import type { PollContext } from './polling-policy.ts'
import type { KieTask, PendingTask } from './task.ts'
import { waitForTask } from './wait-for-task.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const create = { model: 'z-image', input: { prompt: 'A lake' } }

async function startTask() {
  const fake = createFakeKie({ seed: 1 })
  const client = createKieClient({ fetch: fake.fetch, requestTimeoutMs: 10_000 })
  const { taskId } = await client.createTask(create)
  const looks = () => fake.requests.filter(({ path }) => path.endsWith('/recordInfo')).length
  return { fake, client, taskId, looks }
}

/** Lets time pass until a promise settles, and gives how it did. */
async function settle<T>(promise: Promise<T>): Promise<PromiseSettledResult<T>> {
  let result: PromiseSettledResult<T> | undefined
  void Promise.allSettled([promise]).then(([settled]) => {
    result = settled
  })
  await vi.advanceTimersByTimeAsync(0)
  while (result === undefined) await vi.advanceTimersToNextTimerAsync()
  return result
}

const pending: PendingTask = {
  taskId: 'a',
  model: 'z-image',
  request: null,
  createTime: null,
  updateTime: null,
  completeTime: null,
  creditsConsumed: null,
  rawState: 'generating',
  extra: {},
  state: 'generating',
  progress: null,
}

describe('waitForTask', () => {
  it('asks until the task is done, and then no more', async () => {
    const { client, taskId, looks } = await startTask()
    const updates: KieTask[] = []
    const outcome = await settle(waitForTask(client, taskId, { onUpdate: (task) => updates.push(task) }))
    expect(outcome).toMatchObject({ value: { taskId, state: 'success', results: [{ kind: 'image' }] } })
    expect(updates.map(({ state }) => state)).toContain('waiting')
    expect(updates.at(-1)?.state).toBe('success')
    const before = looks()
    await vi.advanceTimersByTimeAsync(600_000)
    expect(looks()).toBe(before)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('throws what a failed task says', async () => {
    const { fake, client, taskId } = await startTask()
    fake.play(taskId, 'fail-content')
    const outcome = await settle(waitForTask(client, taskId))
    expect(outcome).toMatchObject({
      reason: { name: 'TaskFailedError', task: { taskId, failure: { reason: 'content-policy' } } },
    })
  })

  it.each(['offline', 'rate-limit', 'server-error', 'html-error', 'timeout'] as const)(
    'waits out %s',
    async (fault) => {
      const { fake, client, taskId } = await startTask()
      fake.inject(fault, { times: 4 })
      expect(await settle(waitForTask(client, taskId))).toMatchObject({ value: { state: 'success' } })
    },
  )

  it('gives up when its time is over, with what it knew, and can be taken up again', async () => {
    const { fake, client, taskId } = await startTask()
    fake.inject('stuck')
    const startedAt = Date.now()
    const outcome = await settle(waitForTask(client, taskId, { timeoutMs: 60_000 }))
    expect(Date.now() - startedAt).toBe(60_000)
    expect(outcome).toMatchObject({
      reason: { name: 'TaskTimedOutError', taskId, task: { taskId, state: expect.any(String) as string } },
    })
    fake.clear()
    const again = createKieClient({ fetch: fake.fetch })
    expect(await settle(waitForTask(again, taskId))).toMatchObject({ value: { state: 'success' } })
  })

  it('gives up in time also where no answer ever came', async () => {
    const { fake, client, taskId } = await startTask()
    fake.inject('timeout')
    const startedAt = Date.now()
    const outcome = await settle(waitForTask(client, taskId, { timeoutMs: 5000 }))
    expect(outcome).toMatchObject({ reason: { name: 'TaskTimedOutError', task: null } })
    expect(Date.now() - startedAt).toBe(5000)
  })

  it.each([
    ['a wrong key', new KieError('x', { kind: 'auth' })],
    ['an error that is none of ours', new RangeError('x')],
  ])('gives up at once on %s', async (_, error) => {
    const getTask = vi.fn().mockRejectedValue(error)
    expect(await settle(waitForTask({ getTask }, 'a'))).toMatchObject({ reason: error })
    expect(getTask).toHaveBeenCalledOnce()
  })

  it('ends at once on an abort between two looks', async () => {
    const { client, taskId } = await startTask()
    const controller = new AbortController()
    const waiting = Promise.allSettled([waitForTask(client, taskId, { signal: controller.signal })])
    await vi.advanceTimersByTimeAsync(1000)
    controller.abort()
    expect(await waiting).toMatchObject([{ reason: { kind: 'aborted' } }])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('ends at once on an abort during a look, also where the client does not listen', async () => {
    const controller = new AbortController()
    const client = { getTask: () => new Promise<KieTask>(() => undefined) }
    const waiting = Promise.allSettled([waitForTask(client, 'a', { signal: controller.signal })])
    await vi.advanceTimersByTimeAsync(0)
    controller.abort()
    expect(await waiting).toMatchObject([{ reason: { kind: 'aborted' } }])
    expect(await settle(waitForTask(client, 'a', { signal: controller.signal }))).toMatchObject({
      reason: { kind: 'aborted' },
    })
  })

  it('tells its policy what it knows', async () => {
    const startedAt = Date.now()
    const limited = new KieError('x', { kind: 'rate-limit', retryAfterMs: 3000 })
    const getTask = vi
      .fn<() => Promise<KieTask>>()
      .mockRejectedValueOnce(limited)
      .mockRejectedValueOnce(limited)
      .mockResolvedValueOnce({ ...pending, createTime: startedAt - 60_000 })
    const contexts: PollContext[] = []
    const polling = (context: PollContext) => {
      contexts.push(context)
      return contexts.length < 3 ? 1000 : false
    }
    const outcome = await settle(waitForTask({ getTask }, 'a', { polling }))
    expect(outcome).toMatchObject({ reason: { name: 'TaskTimedOutError', task: { taskId: 'a' } } })
    const shared = { taskId: 'a', push: false, durations: null }
    const failed = { ...shared, model: '', state: 'waiting', lastError: limited, retryAfterMs: 3000 }
    expect(contexts).toEqual([
      { ...failed, elapsedMs: 0, attempt: 1, failures: 1 },
      { ...failed, elapsedMs: 1000, attempt: 2, failures: 2 },
      {
        ...shared,
        model: 'z-image',
        state: 'generating',
        elapsedMs: 62_000,
        attempt: 3,
        failures: 0,
        lastError: null,
        retryAfterMs: null,
      },
    ])
  })

  it('learns how long the model took', async () => {
    const { client, taskId } = await startTask()
    const durations = createDurationStats()
    const before = durations.distribution('z-image').quantile(0.5)
    await settle(waitForTask(client, taskId, { durations }))
    expect(durations.distribution('z-image').quantile(0.5)).not.toBe(before)
    const untimed = vi.fn<() => Promise<KieTask>>().mockResolvedValue({ ...pending, state: 'success', results: [] })
    const observe = vi.spyOn(durations, 'observe')
    await settle(waitForTask({ getTask: untimed }, 'a', { durations }))
    expect(observe).not.toHaveBeenCalled()
  })

  it('ends at once when it is aborted by the one who hears of an update', async () => {
    const controller = new AbortController()
    const getTask = vi.fn<() => Promise<KieTask>>().mockResolvedValue(pending)
    const options = { signal: controller.signal, onUpdate: () => controller.abort() }
    expect(await settle(waitForTask({ getTask }, 'a', options))).toMatchObject({ reason: { kind: 'aborted' } })
    expect(getTask).toHaveBeenCalledOnce()
  })

  it('is not misled by a clock of the server that runs ahead', async () => {
    const getTask = vi
      .fn<() => Promise<KieTask>>()
      .mockResolvedValue({ ...pending, createTime: Date.now() + 3_600_000 })
    const polling = vi.fn<(context: PollContext) => false>(() => false)
    await settle(waitForTask({ getTask }, 'a', { polling }))
    expect(polling.mock.calls[0]?.[0].elapsedMs).toBe(0)
  })

  it('survives delays that no timer can hold', async () => {
    const getTask = vi.fn<() => Promise<KieTask>>().mockResolvedValue(pending)
    const options = { polling: fixedPolling(Infinity), timeoutMs: Infinity }
    void waitForTask({ getTask }, 'a', options)
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(getTask).toHaveBeenCalledOnce()
    vi.clearAllTimers()
  })
})
