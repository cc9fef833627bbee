// What a consumer gets: the built package, by its name, under the Node.js that runs this file.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { test } from 'node:test'
import * as core from '@kiekit/core'

const names = [
  'adaptivePolling',
  'createDurationStats',
  'createKieClient',
  'createPageScheduler',
  'createTaskReplySchema',
  'defineModel',
  'envelopeSchema',
  'fixedPolling',
  'isKieError',
  'isTerminal',
  'KieError',
  'parseTask',
  'stagedPolling',
  'TaskFailedError',
  'taskRecordSchema',
  'TaskTimedOutError',
  'waitForTask',
]

test('every public name is there', () => {
  for (const name of names) assert.ok(name in core, name)
})

/** A server that answers like Kie: the task is done at the second look. */
async function serve(answer) {
  const requests = []
  const server = createServer((request, response) => {
    const pieces = []
    request.on('data', (piece) => pieces.push(piece))
    request.on('end', () => {
      const body = Buffer.concat(pieces).toString()
      requests.push({ method: request.method, url: request.url, headers: request.headers, body })
      answer(request, response, requests.length)
    })
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  }
  return { requests, close, baseUrl: `http://127.0.0.1:${server.address().port}` }
}

test('a task is created, followed over a real connection, and done', async () => {
  const kie = await serve((request, response, count) => {
    const data = request.url.includes('createTask')
      ? { taskId: 'a' }
      : {
          taskId: 'a',
          model: 'z-image',
          state: count < 3 ? 'waiting' : 'success',
          resultJson: '{"resultUrls":["https://a.test/1.png"]}',
        }
    response.end(JSON.stringify({ code: 200, msg: 'success', data }))
  })
  const client = core.createKieClient({ baseUrl: kie.baseUrl, apiKey: 'not-a-real-key' })
  const { taskId } = await client.createTask({ model: 'z-image', input: { prompt: 'A lake' } })
  const task = await core.waitForTask(client, taskId, { polling: core.fixedPolling(10) })
  assert.deepEqual(task.results, [{ kind: 'image', url: 'https://a.test/1.png' }])
  assert.equal(kie.requests[0].headers.authorization, 'Bearer not-a-real-key')
  assert.equal(kie.requests[1].url, '/api/v1/jobs/recordInfo?taskId=a')
  await kie.close()
})

test('a file is uploaded as a form', async () => {
  const kie = await serve((_, response) =>
    response.end(JSON.stringify({ code: 200, msg: 'ok', data: { downloadUrl: 'https://a.test/x.png' } })),
  )
  const client = core.createKieClient({ baseUrl: kie.baseUrl })
  const { url } = await client.uploadFile(new Blob(['png'], { type: 'image/png' }), { fileName: 'x.png' })
  assert.equal(url, 'https://a.test/x.png')
  assert.match(kie.requests[0].headers['content-type'], /^multipart\/form-data; boundary=/)
  assert.match(kie.requests[0].body, /filename="x\.png"/)
  await kie.close()
})

test('what goes wrong on the wire is a KieError', async () => {
  const kie = await serve((request, response) => {
    if (request.url.includes('credit')) response.writeHead(502).end('<html>')
    else request.socket.destroy()
  })
  const client = core.createKieClient({ baseUrl: kie.baseUrl })
  await assert.rejects(client.getCredits(), { kind: 'server', httpStatus: 502 })
  await assert.rejects(client.createTask({ model: 'm', input: {} }), { kind: 'network', outcome: 'unknown' })
  await kie.close()
  const gone = await serve(() => {})
  await gone.close()
  const nobody = core.createKieClient({ baseUrl: gone.baseUrl })
  // Deno does not say why it could not connect, so there the outcome stays unknown.
  const outcome = 'Deno' in globalThis ? 'unknown' : 'known'
  await assert.rejects(nobody.createTask({ model: 'm', input: {} }), { kind: 'network', outcome })
})

test('a server that is silent is left at once on an abort', async () => {
  const kie = await serve(() => {})
  const client = core.createKieClient({ baseUrl: kie.baseUrl })
  const controller = new AbortController()
  const waiting = core.waitForTask(client, 'a', { signal: controller.signal })
  setTimeout(() => controller.abort(), 50)
  await assert.rejects(waiting, (error) => core.isKieError(error) && error.kind === 'aborted')
  await kie.close()
})

test('a body is read without a network', () => {
  assert.equal(core.parseTask({ code: 501, msg: 'Generation failed', data: null }, { taskId: 'a' }).state, 'fail')
  assert.throws(() => core.parseTask({ code: 429, msg: 'slow' }), { kind: 'rate-limit', retryable: true })
})
