import { describe, expect, it, vi } from 'vitest'
import { createKieClient } from './client.ts'

interface Server {
  /** Answers by path; what is missing is HTTP 404. */
  recordInfos?: ((taskIds: string[]) => Response | Promise<Response>) | undefined
}

const answer = (body: unknown, init?: ResponseInit) => new Response(JSON.stringify(body), init)
const bodyOf = (taskId: string) => ({ code: 200, msg: 'success', data: { taskId, state: 'waiting' } })
const itemsOf = (taskIds: string[]) =>
  answer({ code: 200, msg: 'success', data: { items: taskIds.map((taskId) => ({ taskId, body: bodyOf(taskId) })) } })

/** A gateway, what it was asked, and a client before it. */
function gatewayOf({ recordInfos }: Server, baseUrl = 'https://app.test/api/kie') {
  const asked: string[] = []
  const signals: (AbortSignal | null | undefined)[] = []
  const fetch = vi.fn<typeof globalThis.fetch>(async (input, init) => {
    const url = new URL(input as string)
    signals.push(init?.signal)
    if (url.pathname.endsWith('/recordInfos')) {
      const { taskIds } = JSON.parse(init?.body as string) as { taskIds: string[] }
      asked.push(`many ${taskIds.join()}`)
      return recordInfos ? recordInfos(taskIds) : new Response('<html>', { status: 404 })
    }
    const taskId = url.searchParams.get('taskId') ?? ''
    asked.push(`one ${taskId}`)
    return answer(bodyOf(taskId))
  })
  return { asked, signals, client: createKieClient({ baseUrl, fetch }) }
}

describe('questions of one turn', () => {
  it('go as one request, and each gets its own answer', async () => {
    const { asked, client } = gatewayOf({ recordInfos: itemsOf })
    const tasks = await Promise.all(['a', 'b', 'c'].map((id) => client.getTask(id)))
    expect(tasks.map(({ taskId }) => taskId)).toEqual(['a', 'b', 'c'])
    expect(asked).toEqual(['many a,b,c'])
  })

  it('go as a plain question where there is only one, or the same one several times', async () => {
    const { asked, client } = gatewayOf({ recordInfos: itemsOf })
    await client.getTask('a')
    const [first, second] = await Promise.all([client.getTask('b'), client.getTask('b')])
    expect(first).toEqual(second)
    expect(asked).toEqual(['one a', 'one b'])
  })

  it('go by the hundred', async () => {
    const { asked, client } = gatewayOf({ recordInfos: itemsOf })
    await Promise.all(Array.from({ length: 250 }, (_, index) => client.getTask(`t${index}`)))
    expect(asked.map((request) => request.split(',').length)).toEqual([100, 100, 50])
  })

  it('have errors of their own', async () => {
    const items = [
      { taskId: 'a', body: bodyOf('a') },
      { taskId: 'b', body: { code: 404, msg: 'Task not found', data: null } },
      { taskId: 'c' },
    ]
    const { client } = gatewayOf({ recordInfos: () => answer({ code: 200, data: { items: [...items, 'odd'] } }) })
    const [a, b, c] = await Promise.allSettled(['a', 'b', 'c'].map((id) => client.getTask(id)))
    expect(a).toMatchObject({ value: { taskId: 'a' } })
    expect(b).toMatchObject({ reason: { kind: 'not-found' } })
    expect(c).toMatchObject({ reason: { kind: 'invalid-response' } })
  })

  it('share the error of their request', async () => {
    const recordInfos = () => answer({ code: 429, msg: 'slow' }, { status: 429, headers: { 'retry-after': '2' } })
    const { client } = gatewayOf({ recordInfos })
    const settled = await Promise.allSettled(['a', 'b'].map((id) => client.getTask(id)))
    const limited = { reason: { kind: 'rate-limit', retryAfterMs: 2000 } }
    expect(settled).toMatchObject([limited, limited])
  })

  it('are asked one by one where an answer leaves them out', async () => {
    const { asked, client } = gatewayOf({ recordInfos: () => itemsOf(['a']) })
    await Promise.all([client.getTask('a'), client.getTask('b')])
    expect(asked).toEqual(['many a,b', 'one b'])
  })

  it.each([
    ['404', undefined],
    ['405', () => new Response('', { status: 405 })],
    ['an answer without items', () => answer(bodyOf('a'))],
    ['a page', () => new Response('<html>')],
  ])('go one by one, from then on, to a server that does not know the joined form: %s', async (_, recordInfos) => {
    const { asked, client } = gatewayOf({ recordInfos })
    await Promise.all([client.getTask('a'), client.getTask('b')])
    await Promise.all([client.getTask('c'), client.getTask('d')])
    expect(asked).toEqual(['many a,b', 'one a', 'one b', 'one c', 'one d'])
  })

  it('are never joined for Kie itself', async () => {
    const { asked, client } = gatewayOf({ recordInfos: itemsOf }, 'https://api.kie.ai')
    await Promise.all([client.getTask('a'), client.getTask('b')])
    expect(asked).toEqual(['one a', 'one b'])
  })
})

describe('leaving', () => {
  it('ends one’s own wait at once, and the request only when all have left', async () => {
    const { client, signals } = gatewayOf({ recordInfos: () => new Promise(() => undefined) })
    const leavers = ['a', 'b'].map((id) => {
      const controller = new AbortController()
      return { controller, asked: client.getTask(id, { signal: controller.signal }) }
    })
    const [first, second] = leavers
    await vi.waitFor(() => expect(signals).toHaveLength(1))
    first?.controller.abort()
    await expect(first?.asked).rejects.toMatchObject({ kind: 'aborted' })
    expect(signals[0]?.aborted).toBe(false)
    second?.controller.abort()
    await expect(second?.asked).rejects.toMatchObject({ kind: 'aborted' })
    expect(signals[0]?.aborted).toBe(true)
  })

  it('before the request goes spares it', async () => {
    const { asked, client } = gatewayOf({ recordInfos: itemsOf })
    const controller = new AbortController()
    const left = client.getTask('a', { signal: controller.signal })
    controller.abort()
    await expect(left).rejects.toMatchObject({ kind: 'aborted' })
    await expect(client.getTask('b', { signal: controller.signal })).rejects.toMatchObject({ kind: 'aborted' })
    expect(asked).toEqual([])
  })

  it('leaves the others their answer', async () => {
    const { client } = gatewayOf({ recordInfos: itemsOf })
    const controller = new AbortController()
    const [left, stayed] = [client.getTask('a', { signal: controller.signal }), client.getTask('b')]
    controller.abort()
    await expect(left).rejects.toMatchObject({ kind: 'aborted' })
    expect(await stayed).toMatchObject({ taskId: 'b' })
  })
})
