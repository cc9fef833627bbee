import { type Browser, openBrowser } from './browser.ts'
import { type Child, startChild } from './child.ts'

const names = ['gateway', 'fal', 'hono'] as const

/** A server between browsers and a fake Kie of its own, each in a process of its own. */
export interface Contender {
  name: (typeof names)[number]
  server: Child
  kie: Child
  /** Makes a task at Kie that belongs to the user. `null` for one that never ends. */
  addTask: (taskId: string, userId: string, endsAfterMs: number | null) => Promise<void>
  open: (userId: string) => Browser
  /** The request for a task's state, as this contender wants it. */
  question: (taskId: string, userId: string) => { url: string; headers: Record<string, string> }
}

export function startContenders(): Promise<Contender[]> {
  return Promise.all(names.map(startContender))
}

async function startContender(name: Contender['name']): Promise<Contender> {
  const callbackKey = 'a-callback-key'
  const kie = startChild('kie.ts', [callbackKey])
  const kieUrl = `http://127.0.0.1:${await kie.tell({ do: 'listen' })}`
  const server = startChild('contender.ts', [name, kieUrl, callbackKey])
  const port = await server.tell({ do: 'listen' })
  const address = `http://127.0.0.1:${port}${name === 'fal' ? '/api/fal/proxy' : '/api/kie'}`
  // Only the gateway knows what to do with a callback.
  const callBackUrl = name === 'gateway' ? `${address}/api/v1/kiekit/callback` : ''
  return {
    name,
    server,
    kie,
    async addTask(taskId, userId, endsAfterMs) {
      await kie.tell({ do: 'add', taskId, callBackUrl, endsAfterMs })
      await server.tell({ do: 'claim', taskId, userId })
    },
    open: (userId) => openBrowser(userId, address, name === 'fal' ? kieUrl : null),
    question(taskId, userId) {
      const path = `/api/v1/jobs/recordInfo?taskId=${taskId}`
      return name === 'fal'
        ? { url: address, headers: { 'x-fal-target-url': `${kieUrl}${path}` } }
        : { url: `${address}${path}`, headers: { 'x-user': userId } }
    },
  }
}
