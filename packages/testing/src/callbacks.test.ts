import { createHmac } from 'node:crypto'
import { createKieClient, parseTask } from '@kiekit/core'
import { beforeEach, expect, test, vi } from 'vitest'
import { createFakeKie } from './fake-kie.ts'
import type { FaultName } from './faults.ts'
import type { FakeKieOptions } from './options.ts'

const start = new Date('2026-11-23T12:00:00Z')
beforeEach(() => void vi.useFakeTimers({ now: start }))

function setUp(options: FakeKieOptions = {}, status = () => 200) {
  // Signing takes the platform real time, so signed callbacks are waited for, and the others come with the fake timers.
  let announce = () => {}
  const arrival = new Promise<void>((resolve) => (announce = resolve))
  const received: {
    at: number
    url: string
    headers: Headers
    body: { code: number; data: Record<string, unknown> }
  }[] = []
  const fake = createFakeKie({
    fetch: async (url, init) => {
      const request = new Request(url, init)
      const body = (await request.json()) as (typeof received)[number]['body']
      received.push({ at: Date.now() - start.getTime(), url: request.url, headers: request.headers, body })
      announce()
      return new Response(null, { status: status() })
    },
    ...options,
  })
  const client = createKieClient({ baseUrl: 'https://api.kie.ai', apiKey: 'a-key', fetch: fake.fetch })
  const create = (prompt = 'A lake') =>
    client.createTask({ model: 'z-image', input: { prompt }, callBackUrl: 'https://app.test/callback' })
  return { fake, create, received, arrival }
}

test('the end of a task is told to its callback address, signed, in the shape of the record', async () => {
  const { create, received, arrival } = setUp({ webhookHmacKey: 'hook-key' })
  const { taskId } = await create()
  await vi.advanceTimersByTimeAsync(5999)
  expect(received).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  await arrival
  const [callback] = received
  const timestamp = String(start.getTime() / 1000 + 6)
  const signature = createHmac('sha256', 'hook-key').update(`${taskId}.${timestamp}`).digest('base64')
  expect(callback?.url).toBe('https://app.test/callback')
  expect(callback?.headers.get('x-webhook-timestamp')).toBe(timestamp)
  expect(callback?.headers.get('x-webhook-signature')).toBe(signature)
  expect(callback?.body).toMatchObject({ code: 200, data: { taskId, consumeCredits: 4, remainedCredits: 9996 } })
  expect(parseTask(callback?.body)).toMatchObject({ state: 'success', results: [{ kind: 'image' }] })
})

test('a failed task has code 501 in its callback', async () => {
  const { create, received } = setUp()
  await create('#fail')
  await vi.advanceTimersByTimeAsync(5000)
  expect(received[0]?.body).toMatchObject({ code: 501, data: { state: 'fail', failCode: '422', consumeCredits: 0 } })
  expect(parseTask(received[0]?.body).state).toBe('fail')
})

test('nothing is signed without a key, and nothing sent without an address', async () => {
  const { fake, create, received } = setUp()
  fake.addTask({ model: 'z-image', input: { prompt: 'x' } })
  await create()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(received).toHaveLength(1)
  expect(received[0]?.headers.has('x-webhook-signature')).toBe(false)
})

test('a receiver that fails is asked again three times, then left alone', async () => {
  const { create, received } = setUp({}, () => 500)
  await create()
  await vi.advanceTimersByTimeAsync(600_000)
  expect(received.map(({ at }) => at)).toEqual([6000, 11_000, 16_000, 21_000])
})

test('callbacks can be late, doubled and missing', async () => {
  const arrivals = async (fault: FaultName) => {
    vi.setSystemTime(start)
    const { fake, create, received } = setUp()
    fake.inject(fault)
    await create()
    await vi.advanceTimersByTimeAsync(600_000)
    return received
  }
  expect((await arrivals('callback-late')).map(({ at }) => at)).toEqual([36_000])
  expect((await arrivals('callback-doubled')).map(({ at }) => at)).toEqual([6000, 6000])
  expect(await arrivals('callback-missing')).toEqual([])
})

test('a forged callback claims a failure, with a signature of another key', async () => {
  const { fake, create, received, arrival } = setUp({ webhookHmacKey: 'hook-key' })
  fake.inject('callback-forged')
  const { taskId } = await create()
  await vi.advanceTimersByTimeAsync(6000)
  await arrival
  const { headers, body } = received[0] ?? {}
  const signature = createHmac('sha256', 'hook-key').update(`${taskId}.${headers?.get('x-webhook-timestamp')}`)
  expect(headers?.get('x-webhook-signature')).toMatch(/^[\w+/]{43}=$/)
  expect(headers?.get('x-webhook-signature')).not.toBe(signature.digest('base64'))
  expect(body).toMatchObject({ code: 501, data: { state: 'fail' } })
})

test('a task that is finished early, or forgotten, is called back early, or never', async () => {
  const { fake, create, received } = setUp()
  const { taskId } = await create()
  fake.finish(taskId)
  await vi.advanceTimersByTimeAsync(0)
  expect(received).toHaveLength(1)
  await create()
  fake.reset()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(received).toHaveLength(1)
})

test('tasks brought over a restart that had already ended are not called back again', async () => {
  const first = setUp()
  await first.create()
  await vi.advanceTimersByTimeAsync(6000)
  const second = setUp({ tasks: first.fake.tasks })
  await vi.advanceTimersByTimeAsync(60_000)
  expect([first.received.length, second.received.length]).toEqual([1, 0])
})

test('a task that is done at once calls back, even where the clock moves on meanwhile', async () => {
  let reads = 0
  const { create, received } = setUp({ now: () => start.getTime() + reads++ })
  await create('A lake #instant')
  await vi.advanceTimersByTimeAsync(100)
  expect(received).toHaveLength(1)
})

test('a task that is added old calls nobody', async () => {
  const { fake, received } = setUp()
  fake.addTask(
    { model: 'z-image', input: { prompt: 'A lake' }, callBackUrl: 'https://app.test/callback' },
    { ageMs: 60_000 },
  )
  await vi.advanceTimersByTimeAsync(60_000)
  expect(received).toEqual([])
})
