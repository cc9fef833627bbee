import { type ClientRequest, request } from 'node:http'
import {
  adaptivePolling,
  createKieClient,
  isKieError,
  isTerminal,
  type KieClient,
  type KieTask,
  type PollContext,
  parseTask,
} from '@kiekit/core'

/** One browser of one user: a client, and the gateway's event stream where it is opened. */
export interface Browser {
  userId: string
  /** Opens the stream, and comes back when the server has answered. */
  listen: () => Promise<void>
  /** Follows a task to its end as the kit's hooks do. */
  follow: (taskId: string) => Promise<void>
  close: () => void
}

const policy = adaptivePolling()

/** @param address Where the contender is mounted. @param passThrough Whose target address the requests name, as fal's proxy wants it. */
export function openBrowser(userId: string, address: string, passThrough: string | null): Browser {
  const client = clientFor(userId, address, passThrough)
  const changed = new Map<string, (news: KieTask | null) => void>()
  let stream: ClientRequest | null = null
  let unread = ''

  function onText(text: string) {
    const events = (unread + text).split('\n\n')
    unread = events.pop() ?? ''
    for (const event of events) {
      const { taskId, record } = dataOf(event)
      if (taskId !== undefined) changed.get(taskId)?.(record === undefined ? null : parseTask(record, { taskId }))
    }
  }

  return {
    userId,
    listen: () =>
      new Promise((resolve, reject) => {
        stream = request(
          `${address}/api/v1/kiekit/events`,
          { agent: false, headers: { 'x-user': userId } },
          (response) => {
            if (response.statusCode !== 200) reject(new Error(`The event stream answered ${response.statusCode}.`))
            response.setEncoding('utf8').on('data', onText)
            resolve()
          },
        )
        stream.once('error', reject)
        stream.end()
      }),
    async follow(taskId) {
      const begun = Date.now()
      const context = { taskId, model: 'z-image', state: 'waiting', push: stream !== null, durations: null } as const
      let last: Pick<PollContext, 'failures' | 'lastError' | 'retryAfterMs'> = quiet
      for (let attempt = 1; ; attempt += 1) {
        // From before the question on: what changes while it is answered is news.
        const change = new Promise<KieTask | null>((resolve) => void changed.set(taskId, resolve))
        try {
          const { state } = await client.getTask(taskId)
          if (isTerminal(state)) break
          last = quiet
        } catch (error) {
          if (!isKieError(error) || !error.retryable) throw error
          last = { failures: last.failures + 1, lastError: error, retryAfterMs: error.retryAfterMs }
        }
        const pause = policy({ ...context, ...last, attempt, elapsedMs: Date.now() - begun })
        if (pause === false) break
        let timer: ReturnType<typeof setTimeout> | undefined
        const nothing = new Promise<null>((resolve) => void (timer = setTimeout(() => resolve(null), pause)))
        const news = await Promise.race([change, nothing])
        clearTimeout(timer)
        // The event brings the record along: there is nothing left to ask.
        if (news && isTerminal(news.state)) break
      }
      changed.delete(taskId)
    },
    close: () =>
      void stream
        ?.removeAllListeners('error')
        .on('error', () => {})
        .destroy(),
  }
}

function dataOf(event: string): { taskId?: string; record?: unknown } {
  const [, data = '{}'] = /^data: (.*)$/m.exec(event) ?? []
  return JSON.parse(data) as { taskId?: string; record?: unknown }
}

const quiet = { failures: 0, lastError: null, retryAfterMs: null }

function clientFor(userId: string, address: string, passThrough: string | null): KieClient {
  if (passThrough === null) return createKieClient({ baseUrl: address, headers: { 'x-user': userId } })
  return createKieClient({
    baseUrl: passThrough,
    fetch: (target, init) => {
      const headers = new Headers(init?.headers)
      headers.set('x-fal-target-url', target instanceof Request ? target.url : String(target))
      return fetch(address, { ...init, headers })
    },
  })
}
