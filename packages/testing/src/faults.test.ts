import { createKieClient, isKieError } from '@kiekit/core'
import { beforeEach, expect, test, vi } from 'vitest'
import { createFakeKie } from './fake-kie.ts'
import type { FaultName } from './faults.ts'

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-11-23T12:00:00Z') }))

const lake = { model: 'z-image', input: { prompt: 'A lake' } }
function setUp() {
  const fake = createFakeKie()
  const client = createKieClient({
    baseUrl: 'https://api.kie.ai',
    apiKey: 'a-key',
    fetch: fake.fetch,
    requestTimeoutMs: 1000,
  })
  const kindOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'fine',
      (error: unknown) => (isKieError(error) ? error.kind : error),
    )
  return { fake, client, kindOf }
}

test.each([
  ['rate-limit', 'rate-limit'],
  ['server-error', 'server'],
  ['html-error', 'server'],
  ['offline', 'network'],
] as const)('%s is seen as %s, as often as asked, then it is over', async (fault, kind) => {
  const { fake, client, kindOf } = setUp()
  const taskId = fake.addTask(lake)
  fake.inject(fault, { times: 2 })
  expect([await kindOf(client.getTask(taskId)), await kindOf(client.getCredits())]).toEqual([kind, kind])
  expect(await kindOf(client.getTask(taskId))).toBe('fine')
})

test('without a number a fault lasts until it is cleared', async () => {
  const { fake, client, kindOf } = setUp()
  fake.inject('offline')
  fake.inject('rate-limit')
  for (let i = 0; i < 5; i++) expect(await kindOf(client.getCredits())).toBe('network')
  fake.clear('offline')
  expect(await kindOf(client.getCredits())).toBe('rate-limit')
  fake.clear()
  expect(await kindOf(client.getCredits())).toBe('fine')
})

test('a rate limit may say when to come back', async () => {
  const { fake, client } = setUp()
  fake.inject('rate-limit', { times: 1, retryAfterSeconds: 7 })
  await expect(client.getCredits()).rejects.toMatchObject({ kind: 'rate-limit', retryAfterMs: 7000 })
})

test('a timeout is no answer at all', async () => {
  const { fake, client, kindOf } = setUp()
  fake.inject('timeout', { times: 1 })
  const asked = kindOf(client.getCredits())
  await vi.advanceTimersByTimeAsync(1000)
  expect(await asked).toBe('timeout')
  expect(await kindOf(client.getCredits())).toBe('fine')
})

test('a fault can be meant for one task or one path', async () => {
  const { fake, client, kindOf } = setUp()
  const [first, second] = [fake.addTask(lake), fake.addTask(lake)]
  fake.inject('server-error', { taskId: first })
  expect([await kindOf(client.getTask(first)), await kindOf(client.getTask(second))]).toEqual(['server', 'fine'])
  fake.clear()
  fake.inject('server-error', { path: '/api/v1/jobs/createTask' })
  expect([await kindOf(client.createTask(lake)), await kindOf(client.getTask(second))]).toEqual(['server', 'fine'])
})

test('a fresh task that Kie does not know yet', async () => {
  const { fake } = setUp()
  fake.play('next', 'fresh-null')
  const taskId = fake.addTask(lake)
  const codes: number[] = []
  for (let i = 0; i < 3; i++) {
    const response = await fake.fetch(`https://api.kie.ai/api/v1/jobs/recordInfo?taskId=${taskId}`)
    codes.push(((await response.json()) as { code: number }).code)
  }
  expect(codes).toEqual([422, 422, 200])
})

test('a stuck task never ends until it is let go', async () => {
  const { fake, client } = setUp()
  const taskId = fake.addTask(lake, { ageMs: 86_400_000 })
  fake.inject('stuck', { taskId })
  expect((await client.getTask(taskId)).state).toBe('generating')
  fake.clear('stuck')
  expect((await client.getTask(taskId)).state).toBe('success')
})

test('an unknown state is sent while the task runs, and not at its end', async () => {
  const { fake, client } = setUp()
  const taskId = fake.addTask(lake, { scenario: 'unknown-state' })
  expect(await client.getTask(taskId)).toMatchObject({ rawState: 'thinking' })
  fake.finish(taskId)
  expect((await client.getTask(taskId)).state).toBe('success')
})

test('a prompt can ask for a fault and a scenario at once', async () => {
  const { client, kindOf } = setUp()
  const { taskId } = await client.createTask({ model: 'z-image', input: { prompt: '#rate-limit then a #video' } })
  const seen = [await kindOf(client.getTask(taskId)), await kindOf(client.getTask(taskId))]
  vi.advanceTimersByTime(16_000)
  expect(seen).toEqual(['rate-limit', 'rate-limit'])
  expect(await client.getTask(taskId)).toMatchObject({ results: [{ kind: 'video' }] })
})

test('a name that is no fault is refused with the names that there are', () => {
  const { fake } = setUp()
  expect(() => fake.inject('rate-limits' as FaultName)).toThrow(
    /no fault called "rate-limits".*rate-limit, server-error/,
  )
})
