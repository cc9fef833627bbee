import type { KieTask } from '@kiekit/core'
import { createKieClient, isKieError } from '@kiekit/core'
import fc from 'fast-check'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createFakeKie } from './fake-kie.ts'
import type { FakeKieOptions } from './options.ts'
import type { FakeTask } from './scenario.ts'

const api = 'https://api.kie.ai'

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-11-23T12:00:00Z') }))

function setUp(options: FakeKieOptions = {}) {
  const fake = createFakeKie(options)
  const client = createKieClient({ baseUrl: api, apiKey: 'a-key', fetch: fake.fetch })
  const ask = async (path: string, init?: RequestInit) => {
    const response = await fake.fetch(api + path, init)
    return { status: response.status, body: (await response.json()) as { code: number; msg: string; data: unknown } }
  }
  const post = (path: string, body: unknown) => ask(path, { method: 'POST', body: JSON.stringify(body) })
  return { fake, client, ask, post }
}
const lake = { model: 'z-image', input: { prompt: 'A lake' } }
const kindsOf = (task: KieTask) => (task.state === 'success' ? task.results.map(({ kind }) => kind) : task.state)
const errorOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => (isKieError(error) ? error.kind : error),
  )

describe('a task', () => {
  test('goes through its states as the clock goes on, without anything being awaited', async () => {
    const { client } = setUp()
    const { taskId } = await client.createTask(lake)
    const states: string[] = []
    for (const ms of [0, 1000, 2000, 3000]) {
      vi.advanceTimersByTime(ms)
      states.push((await client.getTask(taskId)).state)
    }
    expect(states).toEqual(['waiting', 'queuing', 'generating', 'success'])
  })

  test('runs faster by the speed', async () => {
    const { client } = setUp({ speed: 10 })
    const { taskId } = await client.createTask(lake)
    vi.advanceTimersByTime(599)
    expect((await client.getTask(taskId)).state).toBe('generating')
    vi.advanceTimersByTime(1)
    expect((await client.getTask(taskId)).state).toBe('success')
  })

  test('has the fields that the service sends while it waits', async () => {
    const { fake, ask } = setUp()
    const taskId = fake.addTask({ ...lake, callBackUrl: 'https://app.test/callback' })
    const { body } = await ask(`/api/v1/jobs/recordInfo?taskId=${taskId}`)
    expect(body).toEqual({
      code: 200,
      msg: 'success',
      data: {
        taskId,
        model: 'z-image',
        state: 'waiting',
        param: JSON.stringify({
          input: '{"prompt":"A lake"}',
          callBackUrl: 'https://app.test/callback',
          model: 'z-image',
        }),
        resultJson: '',
        failCode: null,
        failMsg: null,
        costTime: null,
        completeTime: null,
        createTime: Date.parse('2026-11-23T12:00:00Z'),
        creditsConsumed: null,
      },
    })
    expect(taskId).toMatch(/^[0-9a-f]{32}$/)
  })

  test('counts its cost in seconds, as the service does, and in milliseconds where it follows the documentation', async () => {
    for (const [dialect, costTime] of [
      ['live', 6],
      ['docs', 6000],
    ] as const) {
      const { fake, ask } = setUp({ dialect })
      const taskId = fake.addTask(lake, { ageMs: 60_000 })
      const { body } = await ask(`/api/v1/jobs/recordInfo?taskId=${taskId}`)
      expect(body.data).toMatchObject({ costTime, state: 'success' })
    }
  })

  test.each(['live', 'docs', 'newest'] as const)('is read alike in the dialect %s', async (dialect) => {
    const { fake, client } = setUp({ dialect })
    const running = fake.addTask(lake)
    const done = fake.addTask({ model: 'z-image', input: { prompt: 'A lake', n: 2 } }, { ageMs: 60_000 })
    const failed = fake.addTask(lake, { scenario: 'fail-content', ageMs: 60_000 })
    expect(await client.getTask(running)).toMatchObject({ state: 'waiting', request: { input: { prompt: 'A lake' } } })
    expect(kindsOf(await client.getTask(done))).toEqual(['image', 'image'])
    expect(await client.getTask(failed)).toMatchObject({ state: 'fail', failure: { reason: 'content-policy' } })
  })

  test('keeps its id and its times for the same seed', async () => {
    const ids = (seed: number) => {
      const { fake } = setUp({ seed })
      return [fake.addTask(lake), fake.addTask(lake)]
    }
    expect(ids(7)).toEqual(ids(7))
    expect(ids(7)).not.toEqual(ids(8))
  })

  test('can be given another scenario, sent to its end, and prepared for the next create', async () => {
    const { fake, client } = setUp()
    fake.play('next', 'fail-internal')
    const { taskId } = await client.createTask(lake)
    fake.finish(taskId)
    expect(await client.getTask(taskId)).toMatchObject({ state: 'fail', failure: { code: '500' } })
    fake.play(taskId, 'video')
    expect((await client.getTask(taskId)).state).toBe('waiting')
    vi.advanceTimersByTime(16_000)
    expect(kindsOf(await client.getTask(taskId))).toEqual(['video'])
    expect(() => fake.finish(fake.addTask(lake, { scenario: 'waiting' }))).toThrow(/without an end/)
    expect(() => fake.play('unknown', 'image')).toThrow(/has no task "unknown"/)
  })

  test('lives on in another fake that was given the tasks of the first', async () => {
    const first = setUp()
    const { taskId } = await first.client.createTask(lake)
    vi.advanceTimersByTime(3000)
    const second = setUp({ tasks: JSON.parse(JSON.stringify(first.fake.tasks)) as FakeTask[] })
    expect((await second.client.getTask(taskId)).state).toBe('generating')
    vi.advanceTimersByTime(3000)
    expect((await second.client.getTask(taskId)).state).toBe('success')
  })
})

describe('what the service refuses', () => {
  test('arrives with HTTP 200 and a code in the body', async () => {
    const { post, ask } = setUp({ apiKey: 'right' })
    const refused = await post('/api/v1/jobs/createTask', lake)
    expect(refused).toEqual({ status: 200, body: { code: 401, msg: 'You do not have access permissions', data: null } })
    const headers = { authorization: 'Bearer right' }
    expect((await ask('/api/v1/chat/credit', { headers })).body.code).toBe(200)
  })

  test.each([
    [{ model: '', input: { prompt: 'x' } }, 422, 'The model name you specified is not supported.'],
    [{ input: { prompt: 'x' } }, 422, 'The model name you specified is not supported.'],
    [{ model: 'no-such-model', input: { prompt: 'x' } }, 422, 'The model name you specified is not supported.'],
    [{ model: 'z-image', input: {} }, 422, 'prompt is required'],
    [{ model: 'z-image', input: { prompt: '  ' } }, 422, 'prompt is required'],
    [{ model: 'z-image' }, 422, 'input is required'],
    ['not json', 400, 'The request body is not a JSON object'],
  ])('%j', async (body, code, msg) => {
    const { post, fake } = setUp({ models: ['z-image'] })
    expect((await post('/api/v1/jobs/createTask', body)).body).toEqual({ code, msg, data: null })
    expect(fake.tasks).toEqual([])
  })

  test('a model without a prompt needs none', async () => {
    const { post } = setUp()
    const upscale = { model: 'topaz/image-upscale', input: { image_url: 'https://app.test/a.png' } }
    expect((await post('/api/v1/jobs/createTask', upscale)).body.code).toBe(200)
  })

  test('an unknown task, and a question without one', async () => {
    const { ask } = setUp()
    expect((await ask('/api/v1/jobs/recordInfo?taskId=nothing')).body).toMatchObject({
      code: 422,
      msg: 'recordInfo is null',
    })
    expect((await ask('/api/v1/jobs/recordInfo')).body.code).toBe(400)
  })

  test('paths that it does not know, with a real HTTP 404', async () => {
    const { ask, post } = setUp()
    expect((await ask('/api/v1/jobs/queryTask')).status).toBe(404)
    expect((await post('/api/v1/jobs/recordInfos', { taskIds: [] })).status).toBe(404)
    expect((await ask('/api/v1/jobs/createTask')).status).toBe(404)
  })

  test('more than ten questions a second, when the limits are enforced', async () => {
    const { client } = setUp({ enforceLimits: true })
    const answers = await Promise.all(Array.from({ length: 12 }, () => errorOf(client.getCredits())))
    expect(answers.filter((kind) => kind === 'rate-limit')).toHaveLength(2)
    vi.advanceTimersByTime(1000)
    expect(await errorOf(client.getCredits())).toBeNull()
  })
})

describe('credits', () => {
  test('go down with what was made, and creating stops when they are spent', async () => {
    const { client } = setUp({ credits: 6 })
    expect(await client.getCredits()).toBe(6)
    await client.createTask(lake)
    expect(await client.getCredits()).toBe(2)
    await client.createTask(lake)
    expect(await errorOf(client.createTask(lake))).toBe('credits')
    expect(await client.getCredits()).toBe(0)
  })

  test('are not taken for failed tasks', async () => {
    const { client } = setUp({ credits: 6, scenarios: { 'z-image': 'fail-content' } })
    await client.createTask(lake)
    expect(await client.getCredits()).toBe(6)
  })
})

describe('the log of requests', () => {
  test('tells method, path, query, body, headers and time, whatever stands before the path', async () => {
    const { fake } = setUp()
    const headers = { Authorization: 'Bearer a-key', 'content-type': 'application/json' }
    await fake.fetch('https://app.test/api/kie/api/v1/jobs/createTask', {
      method: 'POST',
      headers,
      body: JSON.stringify(lake),
    })
    await fake.fetch('https://app.test/api/kie/api/v1/jobs/recordInfo?taskId=a')
    expect(fake.requests).toMatchObject([
      {
        method: 'POST',
        path: '/api/v1/jobs/createTask',
        body: lake,
        at: Date.now(),
        headers: { authorization: 'Bearer a-key' },
      },
      { method: 'GET', path: '/api/v1/jobs/recordInfo', query: { taskId: 'a' }, body: null },
    ])
    fake.reset()
    expect([fake.requests, fake.tasks]).toEqual([[], []])
  })

  test('keeps the latest only where it is told to', async () => {
    const seen: string[] = []
    const { client, fake } = setUp({ keepRequests: 1, onRequest: ({ path }) => seen.push(path) })
    await client.getCredits()
    await client.createTask(lake)
    expect(fake.requests.map(({ path }) => path)).toEqual(['/api/v1/jobs/createTask'])
    expect(seen).toEqual(['/api/v1/chat/credit', '/api/v1/jobs/createTask'])
  })
})

test("whatever is sent, the answer is one of Kie's", async () => {
  const paths = fc.constantFrom(
    'v1/jobs/createTask',
    'v1/common/download-url',
    'file-stream-upload',
    'file-base64-upload',
    'file-url-upload',
  )
  const words = fc.constantFrom(
    '#constructor',
    '#__proto__',
    '#toString',
    '#slow',
    '#fresh-null',
    '%',
    'data:;base64,=',
  )
  const bodies = fc.oneof(
    fc.json(),
    fc.string(),
    fc
      .record({
        model: fc.oneof(words, fc.string()),
        input: fc.dictionary(fc.constantFrom('prompt', 'n', 'size'), fc.jsonValue()),
      })
      .map((body) => JSON.stringify(body)),
    fc.record({ model: fc.string(), input: fc.record({ prompt: words }) }).map((body) => JSON.stringify(body)),
    fc
      .record({ base64Data: fc.oneof(words, fc.string()), url: fc.string(), fileUrl: fc.string() })
      .map((body) => JSON.stringify(body)),
  )
  const { fake, ask } = setUp()
  await fc.assert(
    fc.asyncProperty(paths, bodies, async (path, body) => {
      const { body: answer } = await ask(`/api/${path}`, { method: 'POST', body })
      expect(answer.code).toBeTypeOf('number')
    }),
  )
  for (const { taskId } of fake.tasks) expect((await ask(`/api/v1/jobs/recordInfo?taskId=${taskId}`)).status).toBe(200)
})

test('an aborted request is not answered', async () => {
  const { fake } = setUp()
  const reason = new Error('left the page')
  await expect(fake.fetch(`${api}/api/v1/chat/credit`, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  expect(fake.requests).toEqual([])
})

test('pages of other origins may read answers only when asked for', async () => {
  const allowed = async (options: FakeKieOptions) =>
    (await createFakeKie(options).fetch(`${api}/api/v1/chat/credit`)).headers.get('access-control-allow-origin')
  expect(await allowed({})).toBeNull()
  expect(await allowed({ cors: true })).toBe('*')
})

test('a media address that clients would drop is refused', () => {
  expect(() => createFakeKie({ mediaBaseUrl: '/kie-media' })).toThrow(/Give a whole address/)
})

test('a speed that would never move a task is refused', () => {
  expect(() => createFakeKie({ speed: 0 })).toThrow(/Give a number above 0/)
})
