import { createKieClient } from '@kiekit/core'
import { afterEach, expect, test, vi } from 'vitest'
import { createFakeKie } from './fake-kie.ts'
import type { FakeKieServer } from './listen.ts'
import type { FakeKieOptions } from './options.ts'

const open: FakeKieServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

async function serve(options: FakeKieOptions = {}) {
  const fake = createFakeKie(options)
  const server = await fake.listen(0)
  open.push(server)
  return { fake, server, client: createKieClient({ baseUrl: server.url, apiKey: 'a-key' }) }
}
const lake = { model: 'veo3_fast', input: { prompt: 'A lake' } }

test("a task is created, followed and its video loaded over HTTP, from the server's own address", async () => {
  const { fake, server, client } = await serve()
  const { taskId } = await client.createTask(lake)
  fake.finish(taskId)
  const task = await client.getTask(taskId)
  const result = task.state === 'success' ? task.results[0] : undefined
  const url = result && 'url' in result ? result.url : ''
  expect(url.startsWith(`http://127.0.0.1:${server.port}/media/`)).toBe(true)
  const response = await fetch(url, { headers: { range: 'bytes=4-7' } })
  expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
    206,
    'video/mp4',
    'ftyp',
  ])
  expect(fake.requests.map(({ path }) => path.split('/').at(-1))).toEqual([
    'createTask',
    'recordInfo',
    'aurora-16x9.mp4',
  ])
})

test('a taken port is told in a sentence that helps', async () => {
  const { server } = await serve()
  const second = createFakeKie().listen(server.port)
  await expect(second).rejects.toThrow(/is taken.*Choose another/)
  await expect(second).rejects.toHaveProperty('code', 'EADDRINUSE')
})

test('offline breaks the connection, and the next request is answered', async () => {
  const { fake, client } = await serve()
  fake.inject('offline', { times: 1 })
  await expect(client.getCredits()).rejects.toMatchObject({ kind: 'network' })
  expect(await client.getCredits()).toBe(10_000)
})

test('a timeout holds the connection until the caller hangs up', async () => {
  const { fake, server } = await serve()
  fake.inject('timeout', { times: 1 })
  const caller = new AbortController()
  const asked = fetch(`${server.url}/api/v1/chat/credit`, { signal: caller.signal })
  await vi.waitUntil(() => fake.requests.length === 1)
  caller.abort(new Error('enough'))
  await expect(asked).rejects.toThrow('enough')
})

test('closing frees the port, also with a caller still waiting', async () => {
  const { fake, server } = await serve()
  fake.inject('timeout')
  const asked = fetch(`${server.url}/api/v1/chat/credit`)
  const broken = expect(asked).rejects.toThrow('fetch failed')
  await vi.waitUntil(() => fake.requests.length === 1)
  await server.close()
  await broken
  open.push(await createFakeKie().listen(server.port))
})

test('an unknown path is a real 404, and a file that is asked for by an invalid name too', async () => {
  const { server } = await serve()
  expect((await fetch(`${server.url}/`)).status).toBe(404)
  expect((await fetch(`${server.url}/media/%E0%A4%A`)).status).toBe(404)
})
