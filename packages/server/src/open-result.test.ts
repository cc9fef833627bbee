import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startGateway } from '../test/start-gateway.ts'
import type { OpenedResult, OpenResult } from './options.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const FILE = 'https://cdn.kie.ai/a.png'

type Answer = (request: Request) => Response | undefined

/** What opening a result of a task with this `resultJson` brings, with `answer` in the place of its hosts. */
async function open(
  result: unknown,
  answer: Answer = () => undefined,
  ...asked: Parameters<OpenResult> | []
): Promise<OpenedResult> {
  let opened: Promise<OpenedResult> | undefined
  const { gateway, read } = startGateway({
    onTaskFinished: (_task, _user, { openResult }) => {
      const [index = 0, options] = asked
      opened = openResult(index, options)
      opened.catch(() => undefined)
    },
    fetch: async (input, init) => {
      const request = new Request(input, init)
      const task = { taskId: 't1', model: 'z-image', state: 'success', resultJson: JSON.stringify(result) }
      return answer(request) ?? Response.json({ code: 200, data: task })
    },
  })
  await gateway.claim('t1', 'ann')
  await read('t1')
  await vi.advanceTimersByTimeAsync(0)
  if (!opened) throw new Error('onTaskFinished was not called')
  return opened
}

const textOf = ({ body }: OpenedResult) => new Response(body).text()

describe('a result that onTaskFinished opens', () => {
  it('is the file, fetched as a browser would, and named after the model and the task', async () => {
    const agents: (string | null)[] = []
    const result = await open({ resultUrls: [FILE] }, (request) => {
      if (request.url !== FILE) return undefined
      agents.push(request.headers.get('user-agent'))
      return new Response('pixels', { headers: { 'content-type': 'image/png' } })
    })
    expect(result).toMatchObject({ name: 'z-image-t1-1.png', type: 'image/png' })
    expect(await textOf(result)).toBe('pixels')
    expect(agents).toEqual([expect.stringMatching(/^Mozilla/)])
  })

  it('may be a text', async () => {
    const result = await open({ resultObject: { text: 'Roses are red' } })
    expect(result).toMatchObject({ name: 'z-image-t1-1.txt', type: 'text/plain; charset=utf-8' })
    expect(await textOf(result)).toBe('Roses are red')
  })

  it('has its link renewed when that has died', async () => {
    const result = await open({ resultUrls: [FILE] }, ({ url }) => {
      if (url === FILE) return new Response(null, { status: 403 })
      if (url === 'https://cdn.kie.ai/fresh.png') return new Response('pixels')
      if (url.endsWith('/download-url')) return Response.json({ code: 200, data: 'https://cdn.kie.ai/fresh.png' })
      return undefined
    })
    expect(await textOf(result)).toBe('pixels')
  })

  it('is never something that runs', async () => {
    const page = new Response('<script>', { headers: { 'content-type': 'text/html' } })
    const result = await open({ resultUrls: [FILE] }, ({ url }) => (url === FILE ? page : undefined))
    expect(result.type).toBe('application/octet-stream')
  })

  it.each([
    ['leads to another host', Response.redirect('http://169.254.169.254/')],
    ['is not there', new Response(null, { status: 500 })],
  ])('is refused when it %s', async (_, answer) => {
    await expect(open({ resultUrls: [FILE] }, ({ url }) => (url === FILE ? answer : undefined))).rejects.toThrow()
  })

  it('is refused when there is no such result', async () => {
    await expect(open({ resultUrls: [FILE] }, undefined, 1)).rejects.toThrow('no result with the index 1')
  })

  it('breaks off when it is larger than asked for', async () => {
    const answer: Answer = ({ url }) => (url === FILE ? new Response('x'.repeat(1_001)) : undefined)
    const result = await open({ resultUrls: [FILE] }, answer, 0, { maxBytes: 1_000 })
    await expect(textOf(result)).rejects.toThrow('larger than 1000 bytes')
  })
})
