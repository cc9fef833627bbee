import type { TaskState } from '@kiekit/core'
import * as z from 'zod/mini'
import { type EventStream, openEventStream, writeEvent } from './event-stream.ts'
import { parseJson } from './json.ts'
import { Refusal } from './refusal.ts'
import { retryAfterHeader } from './retry-after.ts'
import type { Store } from './store.ts'
import { every, later } from './timer.ts'

/** A task of the user's that is in another state now. */
export interface TaskChange {
  taskId: string
  state: TaskState
}

export interface Events {
  /** Tells all browsers of the user, in all processes that share the store. */
  publish: (userId: string, change: TaskChange) => Promise<void>
  /** A browser's stream, from where it left off. @throws {Refusal} 429 when the user has too many open. */
  open: (userId: string, lastEventId: string | null) => Promise<ReadableStream<Uint8Array<ArrayBuffer>>>
  close: () => void
}

const HEARTBEAT_MS = 15_000
// A stream does not outlive the session that opened it by more than this: the browser comes back and is asked again.
const MAX_AGE_MS = 30 * 60_000
// How long, and how much, a browser that lost its stream can catch up.
const LINGER_MS = 2 * 60_000
const REMEMBERED = 500

const changeSchema = z.object({
  taskId: z.string(),
  state: z.enum(['waiting', 'queuing', 'generating', 'success', 'fail']),
})

interface Feed {
  streams: Set<EventStream>
  /** The latest changes, with their numbers. */
  past: { number: number; change: TaskChange }[]
  /** Nothing before this number was heard. */
  first: number
  ready: Promise<() => Promise<void>>
  stopLingering: () => void
}

/** @param maxStreams that one user may hold open in this process. */
export function createEvents(store: Store, maxStreams: number): Events {
  // Numbers mean nothing to another process, or after a restart; the name says whose they are.
  let origin = ''
  const feeds = new Map<string, Feed>()
  let last = 0
  let stopHeartbeat: (() => void) | null = null

  const idOf = (number: number) => `${origin}-${number}`

  function receive(feed: Feed, message: string) {
    const change = changeSchema.safeParse(parseJson(message)).data
    if (!change) return
    // Two processes may have seen the same change.
    const before = feed.past.findLast((past) => past.change.taskId === change.taskId)
    if (before?.change.state === change.state) return
    last += 1
    feed.past = [...feed.past.slice(1 - REMEMBERED), { number: last, change }]
    for (const stream of feed.streams) stream.send(writeEvent({ id: idOf(last), name: 'task', data: change }))
  }

  function feedOf(userId: string): Feed {
    const existing = feeds.get(userId)
    if (existing) return existing
    // Not before there is a request: Workers have no randomness until then.
    origin ||= crypto.randomUUID().slice(0, 8)
    last += 1
    const feed: Feed = {
      streams: new Set(),
      past: [],
      first: last,
      ready: store.subscribe(channelOf(userId), (message) => receive(feed, message)),
      stopLingering: () => {},
    }
    feed.ready.catch(() => feeds.delete(userId))
    feeds.set(userId, feed)
    return feed
  }

  function left(userId: string, feed: Feed) {
    if (feed.streams.size > 0) return
    feed.stopLingering = later(LINGER_MS, () => void forget(userId, feed))
  }

  async function forget(userId: string, feed: Feed) {
    feeds.delete(userId)
    const leave = await feed.ready
    await leave()
  }

  function beat() {
    const tooOld = Date.now() - MAX_AGE_MS
    for (const stream of [...feeds.values()].flatMap(({ streams }) => [...streams])) {
      if (stream.openedAt < tooOld) stream.close()
      else stream.send(': still here\n\n')
    }
  }

  /** What was missed since `lastEventId`; `null` when that cannot be told any more. */
  function missedSince(feed: Feed, lastEventId: string): Feed['past'] | null {
    const [name, number] = lastEventId.split('-')
    const seen = Number(number)
    const oldest = feed.past.length < REMEMBERED ? feed.first : (feed.past[0]?.number ?? feed.first)
    if (name !== origin || !Number.isSafeInteger(seen) || seen > last || seen < oldest) return null
    return feed.past.filter((past) => past.number > seen)
  }

  return {
    publish: (userId, change) => store.publish(channelOf(userId), JSON.stringify(change)),
    async open(userId, lastEventId) {
      const feed = feedOf(userId)
      if (feed.streams.size >= maxStreams) {
        throw new Refusal(429, 'Too many open event streams. Close some tabs.', { headers: retryAfterHeader(30_000) })
      }
      feed.stopLingering()
      const stream = openEventStream(() => {
        feed.streams.delete(stream)
        left(userId, feed)
      })
      // Counted at once, so that a burst of requests cannot pass the limit; heard only from below on.
      const missed = lastEventId === null ? [] : missedSince(feed, lastEventId)
      feed.streams.add(stream)
      for (const { number, change } of missed ?? [])
        stream.send(writeEvent({ id: idOf(number), name: 'task', data: change }))
      await feed.ready
      stream.send(writeEvent({ id: idOf(last), name: missed === null ? 'resync' : 'ready', data: {} }))
      stopHeartbeat ??= every(HEARTBEAT_MS, beat)
      return stream.body
    },
    close() {
      stopHeartbeat?.()
      for (const [userId, feed] of feeds) {
        for (const stream of [...feed.streams]) stream.close()
        feed.stopLingering()
        void forget(userId, feed).catch(() => undefined)
      }
    },
  }
}

function channelOf(userId: string): string {
  return `events:${userId}`
}
