import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RECORD, startGateway } from '../test/start-gateway.ts'
import type { PacedUpstream } from './paced-upstream.ts'
import { createRecords } from './records.ts'

const BATCH = '/api/v1/jobs/recordInfos'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('many browsers with one question', () => {
  it('are answered by one request when they ask at the same time, or within a second', async () => {
    const { create, read, asked } = startGateway()
    const taskId = await create()
    const answers = await Promise.all(Array.from({ length: 10 }, () => read(taskId)))
    vi.advanceTimersByTime(900)
    answers.push(await read(taskId))
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1)
    expect(asked(RECORD)).toBe(1)
    vi.advanceTimersByTime(200)
    await read(taskId)
    expect(asked(RECORD)).toBe(2)
  })

  it('ask no more once a task has ended', async () => {
    const { create, read, asked, fake } = startGateway()
    const taskId = await create()
    fake.finish(taskId)
    for (let look = 0; look < 5; look += 1) {
      expect(await (await read(taskId)).json()).toMatchObject({ data: { state: 'success' } })
      vi.advanceTimersByTime(60_000)
    }
    expect(asked(RECORD)).toBe(1)
  })

  it('do ask again when a success has no files yet', async () => {
    const { create, read, asked, fake } = startGateway()
    const taskId = await create()
    fake.inject('success-without-files', { taskId, times: 1 })
    fake.finish(taskId)
    await read(taskId)
    vi.advanceTimersByTime(2_000)
    await read(taskId)
    expect(asked(RECORD)).toBe(2)
  })

  it('take it for the end when the files are not there after a minute', async () => {
    const { create, read, asked, fake } = startGateway()
    const taskId = await create()
    fake.inject('success-without-files', { taskId })
    fake.finish(taskId)
    await read(taskId)
    vi.advanceTimersByTime(61_000)
    await read(taskId)
    vi.advanceTimersByTime(61_000)
    await read(taskId)
    expect(asked(RECORD)).toBe(2)
  })

  it('see a task that is too fresh for Kie as Kie tells it, and no error', async () => {
    const { create, read, fake } = startGateway()
    const taskId = await create()
    fake.inject('fresh-null', { times: 1 })
    const answer = await read(taskId)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ data: null })
  })

  it.each([
    ['html-error', 502],
    ['offline', 502],
    ['server-error', 502],
  ] as const)('get an envelope for %s, and the task after it', async (fault, status) => {
    const { create, read, fake } = startGateway()
    const taskId = await create()
    fake.inject(fault, { times: 1 })
    const answer = await read(taskId)
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ code: 500, data: null })
    vi.advanceTimersByTime(1_100)
    expect((await read(taskId)).status).toBe(200)
  })
})

describe('a 429 of Kie’s', () => {
  it('is waited out where that is short', async () => {
    const { create, read, fake, asked } = startGateway()
    const taskId = await create()
    fake.inject('rate-limit', { times: 1 })
    const answer = read(taskId)
    await vi.advanceTimersByTimeAsync(1_100)
    expect((await answer).status).toBe(200)
    expect(asked(RECORD)).toBe(2)
  })

  it('makes everybody pause, and tells browsers until when', async () => {
    let isLimited = true
    let asked = 0
    const { gateway, read } = startGateway({
      fetch: async () => {
        asked += 1
        return isLimited
          ? Response.json({ code: 429, msg: 'Too many requests' }, { headers: { 'retry-after': '20' } })
          : Response.json({ code: 200, data: null })
      },
    })
    await gateway.claim('t1', 'ann')
    await gateway.claim('t2', 'bob')
    const first = await read('t1')
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '20'])
    vi.advanceTimersByTime(5_000)
    const second = await read('t2', 'bob')
    expect([second.status, second.headers.get('retry-after')]).toEqual([429, '15'])
    expect(asked).toBe(1)
    isLimited = false
    vi.advanceTimersByTime(15_000)
    expect((await read('t2', 'bob')).status).toBe(200)
  })
})

describe('429s of Kie’s', () => {
  it('to questions that were under way together count as one: the pause stays short', async () => {
    let isLimited = true
    const times: number[] = []
    const { gateway, read } = startGateway({
      fetch: async () => {
        times.push(Date.now())
        await new Promise((resolve) => setTimeout(resolve, 100))
        return Response.json(isLimited ? { code: 429, msg: 'Too many requests' } : { code: 200, data: null })
      },
    })
    const ids = Array.from({ length: 8 }, (_, index) => `t${index}`)
    for (const taskId of ids) await gateway.claim(taskId, 'ann')
    const begun = Date.now()
    const answers = Promise.all(ids.map((taskId) => read(taskId)))
    await vi.advanceTimersByTimeAsync(500)
    expect(times).toHaveLength(8)
    isLimited = false
    await vi.advanceTimersByTimeAsync(2_000)
    for (const answer of await answers) expect(answer.status).toBe(200)
    expect(times.slice(8).map((at) => at - begun >= 1_000 && at - begun < 2_500)).toEqual(ids.map(() => true))
  })

  it('hold nobody up for longer than five minutes, whatever they say', async () => {
    const { gateway, read } = startGateway({
      fetch: async () => Response.json({ code: 429 }, { headers: { 'retry-after': '999999999' } }),
    })
    await gateway.claim('t1', 'ann')
    const answer = await read('t1')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '300'])
  })
})

describe('more tasks than Kie takes questions', () => {
  it('wait their turn, and a known task is shown as it last was meanwhile', async () => {
    const { gateway, fake, read, asked } = startGateway({}, { enforceLimits: true })
    const ids = Array.from({ length: 40 }, () => fake.addTask({ model: 'z-image', input: { prompt: 'x' } }))
    for (const taskId of ids) await gateway.claim(taskId, 'ann')
    await read(ids[0] ?? '')
    vi.advanceTimersByTime(1_500)
    const all = Promise.all(ids.toReversed().map((taskId) => read(taskId)))
    await vi.advanceTimersByTimeAsync(2_100)
    const sofar = asked(RECORD)
    expect(sofar).toBeLessThan(41)
    await vi.advanceTimersByTimeAsync(3_000)
    for (const answer of await all) expect(answer.status).toBe(200)
    expect(asked(RECORD)).toBe(41)
  })
})

describe('an answer that was overtaken', () => {
  /** Records over an upstream whose answers come in the order in which they are let go. */
  function slowRecords() {
    const letGo: ((state: string) => Promise<void>)[] = []
    const told: [string, boolean][] = []
    const upstream: PacedUpstream = {
      create: () => Promise.reject(new Error('nothing is created here')),
      query: () =>
        new Promise((resolve) => {
          letGo.push(async (state) => {
            const data = { taskId: 't1', state, resultJson: '{"resultUrls":["https://cdn.kie.ai/a.png"]}' }
            const text = JSON.stringify({ code: 200, data })
            resolve({ kind: 'answered', code: 200, msg: '', data, text, httpStatus: 200, retryAfterMs: null })
            await vi.advanceTimersByTimeAsync(0)
          })
        }),
      close() {},
    }
    const records = createRecords(upstream, (task, { isEnd }) => told.push([task.state, isEnd]), 100)
    return { records, letGo, told }
  }

  it('does not undo the end', async () => {
    const { records, letGo, told } = slowRecords()
    const before = records.read('t1', 'ann')
    const after = records.readAnew('t1', 'ann')
    await letGo[1]?.('success')
    await letGo[0]?.('generating')
    expect((await after).task?.state).toBe('success')
    expect((await before).task?.state).toBe('success')
    expect((await records.read('t1', 'ann')).task?.state).toBe('success')
    expect(told).toEqual([['success', true]])
  })

  it('does not take the task back to an earlier state', async () => {
    const { records, letGo, told } = slowRecords()
    void records.read('t1', 'ann')
    void records.readAnew('t1', 'ann')
    await letGo[1]?.('generating')
    await letGo[0]?.('queuing')
    expect(told).toEqual([['generating', false]])
  })
})

describe('asking for many tasks at once', () => {
  it('answers each in its place, as if asked alone', async () => {
    const { create, post, read } = startGateway()
    const mine = await create()
    const others = await create({ user: 'bob' })
    const answer = await post(BATCH, { taskIds: [mine, others, 'no-such-task', mine] })
    expect(answer.status).toBe(200)
    const body: unknown = await answer.json()
    const alone: unknown = await (await read(mine)).json()
    const notFound = { code: 404, msg: 'Task not found', data: null }
    expect(body).toEqual({
      code: 200,
      msg: 'success',
      data: {
        items: [
          { taskId: mine, body: alone },
          { taskId: others, body: notFound },
          { taskId: 'no-such-task', body: notFound },
        ],
      },
    })
  })

  it('takes a hundred', async () => {
    const { gateway, fake, post, asked } = startGateway()
    const taskIds = Array.from({ length: 100 }, () => fake.addTask({ model: 'z-image', input: { prompt: 'x' } }))
    for (const taskId of taskIds) await gateway.claim(taskId, 'ann')
    const answer = post(BATCH, { taskIds })
    await vi.advanceTimersByTimeAsync(11_000)
    const body: unknown = await (await answer).json()
    expect(body).toEqual({
      code: 200,
      msg: 'success',
      data: {
        items: taskIds.map((taskId) => ({
          taskId,
          body: expect.objectContaining({ code: 200, data: expect.objectContaining({ taskId }) as unknown }) as unknown,
        })),
      },
    })
    expect(asked(RECORD)).toBe(100)
  })

  it('says what is wrong with anything else than one to a hundred ids', async () => {
    const { post } = startGateway()
    const ids = Array.from({ length: 101 }, (_, index) => `t${index}`)
    for (const body of [{ taskIds: ids }, { taskIds: [] }, { taskIds: 't1' }, { taskIds: [1] }, {}, [], null]) {
      const refused = await post(BATCH, body)
      expect([refused.status, await refused.json()]).toMatchObject([422, { code: 422, data: null }])
    }
  })

  it('does not wait for one about which Kie keeps silent', async () => {
    const { create, post, fake } = startGateway()
    const [silent, other] = [await create(), await create()]
    fake.inject('timeout', { taskId: silent })
    const answer = post(BATCH, { taskIds: [silent, other] })
    await vi.advanceTimersByTimeAsync(13_000)
    expect(await (await answer).json()).toMatchObject({
      code: 200,
      data: {
        items: [
          { taskId: silent, body: { code: 500 } },
          { taskId: other, body: { code: 200 } },
        ],
      },
    })
  })
})
