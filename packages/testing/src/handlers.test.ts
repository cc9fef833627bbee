import { createKieClient } from '@kiekit/core'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterEach, expect, test } from 'vitest'
import { createFakeKie } from './fake-kie.ts'

const fake = createFakeKie()
const server = setupServer(
  http.get('https://app.test/own', () => HttpResponse.text('my own')),
  ...fake.handlers,
  http.get('https://app.test/*', () => HttpResponse.text('the rest')),
)
server.listen({ onUnhandledFrame: 'error' })
afterEach(() => {
  server.resetHandlers()
  fake.reset()
})

const lake = { model: 'z-image', input: { prompt: 'A lake' } }

test('Kie is answered on its own host, files included', async () => {
  const client = createKieClient({ apiKey: 'a-key' })
  const { taskId } = await client.createTask(lake)
  fake.finish(taskId)
  const task = await client.getTask(taskId)
  const result = task.state === 'success' ? task.results[0] : undefined
  const file = await fetch(result && 'url' in result ? result.url : '')
  expect(file.headers.get('content-type')).toMatch(/^image\//)
})

test("a gateway on the page's own origin is answered, and the page's other requests are left alone", async () => {
  const client = createKieClient({ baseUrl: 'https://app.test/api/kie' })
  expect((await client.createTask(lake)).taskId).toMatch(/^[0-9a-f]{32}$/)
  expect(await (await fetch('https://app.test/own')).text()).toBe('my own')
  expect(await (await fetch('https://app.test/page')).text()).toBe('the rest')
})

test('a lost connection and a body for the log both work', async () => {
  const client = createKieClient({ apiKey: 'a-key' })
  fake.inject('offline', { times: 1 })
  await expect(client.getCredits()).rejects.toMatchObject({ kind: 'network' })
  await client.createTask(lake)
  expect(fake.requests.at(-1)?.body).toEqual(lake)
})

test('handlers of a test come before the fake, until they are reset', async () => {
  const client = createKieClient({ apiKey: 'a-key' })
  server.use(
    http.get('https://api.kie.ai/api/v1/chat/credit', () => HttpResponse.json({ code: 200, msg: 'success', data: 1 })),
  )
  expect(await client.getCredits()).toBe(1)
  server.resetHandlers()
  expect(await client.getCredits()).toBe(10_000)
})
