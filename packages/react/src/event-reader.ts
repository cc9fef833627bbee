import type { KieClient } from '@kiekit/core'
import { asKieError } from './as-kie-error.ts'
import { delay } from './delay.ts'
import { readServerEvents } from './server-events.ts'
import { readTaskNews, type TaskNews } from './task-news.ts'

const eventsPath = '/api/v1/kiekit/events'
/** The server sends a sign of life every 15 s. After three missed ones the stream is taken for dead. */
export const silenceMs = 50_000
/** A stream that ends sooner is one that a server or a proxy does not let stand. */
const briefMs = 10_000
const firstBackoffMs = 1000
const longestBackoffMs = 60_000
const longestRetryAfterMs = 300_000
/** A gateway that had a stream may have one again, when Kie reaches it again. */
const withdrawnMs = 600_000

const clientsWithout = new WeakSet<KieClient>()

/** Whether there may be an event stream, as far as is known. */
export const mayHaveEvents = (client: KieClient) => client.open !== undefined && !clientsWithout.has(client)

export interface EventListener {
  /** The stream stands, as every sign of life says, or is lost. */
  onLife: (isOpen: boolean) => void
  onTask: (news: TaskNews) => void
  /** Changes from before this moment may not have been told. */
  onGap: () => void
}

/** Where a stream goes on that is opened anew. */
export interface StreamPosition {
  lastId: string | undefined
}

/** Reads the gateway's event stream, and opens it again, until the signal is aborted or there is none. */
export async function readEvents(
  client: KieClient,
  signal: AbortSignal,
  position: StreamPosition,
  listener: EventListener,
): Promise<void> {
  let failures = 0
  let hasStood = false
  while (!signal.aborted) {
    const { kind, stoodMs, retryAfterMs } = await readStream(client, signal, position, listener)
    if (signal.aborted) return
    hasStood ||= stoodMs > 0
    if (stoodMs >= briefMs) failures = 0
    // The server ends each stream now and then. The next one goes on where it ended, so that nothing is lost.
    if (kind === 'ended' && stoodMs >= briefMs) continue
    // Whatever ended it, the hooks ask by themselves until it is open again.
    listener.onLife(false)
    if (kind === 'none' && !hasStood) {
      clientsWithout.add(client)
      return
    }
    const backoffMs = Math.min(longestBackoffMs, firstBackoffMs * 2 ** failures++)
    const askedForMs = kind === 'none' ? withdrawnMs : Math.min(retryAfterMs, longestRetryAfterMs)
    // Never all browsers at once.
    await delay(Math.max(backoffMs, askedForMs) * (1 + Math.random() / 2), signal)
  }
}

interface Ending {
  /** `none`: the gateway pushes nothing. */
  kind: 'ended' | 'lost' | 'none'
  /** From the first event on; 0 without any. */
  stoodMs: number
  retryAfterMs: number
}

async function readStream(
  client: KieClient,
  signal: AbortSignal,
  position: StreamPosition,
  listener: EventListener,
): Promise<Ending> {
  const attempt = new AbortController()
  const stop = () => attempt.abort()
  signal.addEventListener('abort', stop)
  let silence = setTimeout(stop, silenceMs)
  let stoodSince: number | undefined
  const stoodMs = () => (stoodSince === undefined ? 0 : Math.max(1, performance.now() - stoodSince))
  try {
    const since = position.lastId
    const headers = { Accept: 'text/event-stream', ...(since !== undefined && { 'Last-Event-ID': since }) }
    const response = await client.open?.(eventsPath, { signal: attempt.signal, headers })
    if (!response?.body) return { kind: 'none', stoodMs: 0, retryAfterMs: 0 }
    for await (const { type, data, id } of readServerEvents(response.body)) {
      clearTimeout(silence)
      silence = setTimeout(stop, silenceMs)
      stoodSince ??= performance.now()
      position.lastId = id ?? position.lastId
      const news = type === 'task' ? readTaskNews(data) : undefined
      if (news) listener.onTask(news)
      // What changed before a first stream stood, and after a last one that the server knows no more.
      if (type === 'resync' || (type === 'ready' && since === undefined)) listener.onGap()
      listener.onLife(true)
    }
    return { kind: 'ended', stoodMs: stoodMs(), retryAfterMs: 0 }
  } catch (error) {
    const { kind, retryAfterMs } = asKieError(error)
    const isNone = kind === 'unsupported' || kind === 'not-found'
    return { kind: isNone ? 'none' : 'lost', stoodMs: stoodMs(), retryAfterMs: retryAfterMs ?? 0 }
  } finally {
    clearTimeout(silence)
    signal.removeEventListener('abort', stop)
  }
}
