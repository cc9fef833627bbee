import { describe, expect, it } from 'vitest'
import { createKieGateway } from './gateway.ts'
import { memoryStore } from './memory-store.ts'
import type { GatewayOptions } from './options.ts'

const KEY = 'sk-secret-0123456789'
const silent = { debug() {}, info() {}, warn() {}, error() {} }

function start(options: Partial<GatewayOptions> = {}) {
  const asked: Request[] = []
  let made = 0
  const gateway = createKieGateway({
    apiKey: KEY,
    store: memoryStore(),
    logger: silent,
    authorize: ({ request }) => request.headers.get('x-user'),
    fetch: async (input, init) => {
      const request = new Request(input, init)
      asked.push(request)
      if (request.url.includes('createTask')) {
        made += 1
        return Response.json({ code: 200, msg: 'success', data: { taskId: `task-${made}` } })
      }
      const taskId = new URL(request.url).searchParams.get('taskId')
      return Response.json({ code: 200, msg: 'success', data: { taskId, state: 'waiting' } })
    },
    ...options,
  })
  const create = (user: string, headers: Record<string, string> = {}) =>
    gateway.fetch(
      new Request('http://app.test/api/kie/api/v1/jobs/createTask', {
        method: 'POST',
        headers: { 'x-user': user, 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ model: 'z-image', input: { prompt: 'a pear' } }),
      }),
    )
  const read = (user: string, taskId: string) =>
    gateway.fetch(
      new Request(`http://app.test/api/kie/api/v1/jobs/recordInfo?taskId=${taskId}`, { headers: { 'x-user': user } }),
    )
  return { gateway, asked, create, read }
}

describe('a gateway', () => {
  it('creates a task and shows it to its owner', async () => {
    const { create, read } = start()
    expect(await (await create('ann')).json()).toEqual({ code: 200, msg: 'success', data: { taskId: 'task-1' } })
    const answer = await read('ann', 'task-1')
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ code: 200, data: { taskId: 'task-1', state: 'waiting' } })
  })

  it('answers for somebody else’s task exactly as for one that does not exist', async () => {
    const { create, read, asked } = start()
    await create('ann')
    const others = await read('bob', 'task-1')
    const unknown = await read('bob', 'task-9')
    expect(others.status).toBe(404)
    expect(await others.text()).toBe('{"code":404,"msg":"Task not found","data":null}')
    expect(await unknown.text()).toBe('{"code":404,"msg":"Task not found","data":null}')
    expect([...others.headers]).toEqual([...unknown.headers])
    expect(asked).toHaveLength(1)
  })

  it('makes one task for one idempotency key, also when two requests race', async () => {
    const { create } = start()
    const answers = await Promise.all([
      create('ann', { 'idempotency-key': 'k1' }),
      create('ann', { 'idempotency-key': 'k1' }),
    ])
    answers.push(await create('ann', { 'idempotency-key': 'k1' }), await create('bob', { 'idempotency-key': 'k1' }))
    expect(await Promise.all(answers.map((answer) => answer.json()))).toMatchObject([
      { data: { taskId: 'task-1' } },
      { data: { taskId: 'task-1' } },
      { data: { taskId: 'task-1' } },
      { data: { taskId: 'task-2' } },
    ])
  })

  it('sends the key to Kie and nowhere else', async () => {
    const { create, asked } = start({
      fetch: async (input, init) => {
        asked.push(new Request(input, init))
        return Response.json({ code: 401, msg: `No such key: ${KEY}`, data: null })
      },
    })
    const answer = await create('ann', { cookie: 'session=1', authorization: 'Bearer theirs' })
    expect(asked[0]?.headers.get('authorization')).toBe(`Bearer ${KEY}`)
    expect(asked[0]?.headers.get('cookie')).toBeNull()
    expect(await answer.text()).toBe('{"code":401,"msg":"No such key: [redacted]","data":null}')
  })
})
