import { type ClientRequest, request } from 'node:http'
import { createKieClient, isKieError, type KieClient } from '@kiekit/core'

const TASKS = 5

/** One user who comes, makes five tasks, is told of their ends, looks at them, saves one, uploads a file, and goes. */
export async function visit(gateway: string, userId: string): Promise<number> {
  const client = createKieClient({ baseUrl: gateway, headers: { 'x-user': userId } })
  const stream = await openStream(gateway, userId)
  const keys = Array.from({ length: TASKS }, (_, index) => `${userId}-${index}`)
  const taskIds = await Promise.all(keys.map((key) => create(client, key)))
  await stream.until(taskIds)
  const tasks = await Promise.all(taskIds.map((taskId) => client.getTask(taskId)))
  if (tasks.some(({ state }) => state !== 'success')) throw new Error('A task that was told to have ended has not.')
  const file = `${gateway}/api/v1/kiekit/download?taskId=${taskIds[0]}`
  const saved = await fetch(file, { headers: { 'x-user': userId } })
  if (!saved.ok || (await saved.arrayBuffer()).byteLength === 0) throw new Error(`A download gave ${saved.status}.`)
  await client.uploadFile(new Blob(['pixels'], { type: 'image/png' }), { fileName: 'a.png' })
  stream.close()
  return TASKS
}

/** Comes again with the same key while there are too many. */
async function create(client: KieClient, idempotencyKey: string): Promise<string> {
  const request = { model: 'z-image', input: { prompt: `A lake. ${'x'.repeat(1_000)}` } }
  for (;;) {
    try {
      return (await client.createTask(request, { idempotencyKey })).taskId
    } catch (error) {
      if (!isKieError(error) || error.kind !== 'rate-limit') throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

function openStream(gateway: string, userId: string) {
  const ended = new Set<string>()
  let news = () => {}
  function onText(text: string) {
    for (const [, taskId = ''] of text.matchAll(/"taskId":"([^"]+)","state":"success"/g)) ended.add(taskId)
    news()
  }
  const hear = (outgoing: ClientRequest) => ({
    async until(taskIds: string[]) {
      while (taskIds.some((taskId) => !ended.has(taskId))) await new Promise<void>((resolve) => void (news = resolve))
    },
    close: () =>
      void outgoing
        .removeAllListeners('error')
        .on('error', () => {})
        .destroy(),
  })
  return new Promise<ReturnType<typeof hear>>((resolve, reject) => {
    const options = { agent: false, headers: { 'x-user': userId } }
    const outgoing = request(`${gateway}/api/v1/kiekit/events`, options, (response) => {
      if (response.statusCode !== 200) reject(new Error(`The event stream gave ${response.statusCode}.`))
      response.setEncoding('utf8').on('data', onText)
      response.on('error', () => {})
      resolve(hear(outgoing))
    })
    outgoing.once('error', reject)
    outgoing.end()
  })
}
