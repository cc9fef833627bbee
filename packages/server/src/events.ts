import { isTerminal, type TaskState } from '@kiekit/core'
import * as z from 'zod/mini'
import { type EventStream, openEventStream, writeEvent } from './event-stream.ts'
import { parseJson } from './json.ts'
import type { GatewayLogger } from './logger.ts'
import { Refusal } from './refusal.ts'
import { retryAfterHeader } from './retry-after.ts'
import type { Store } from './store.ts'
import { every, later } from './timer.ts'

/** A task of the user's of which there is news. */
export interface TaskChange {
  taskId: string
  state: TaskState
  /** Whether nothing is missing from it: now and then Kie says "success" before the files are there. */
  isWhole: boolean
  /** Kie's envelope, where it is short enough to go along. */
  record?: unknown
}

export interface Events {
  /** Tells all browsers of the user, in all processes that share the store. */
  publish: (userId: string, change: TaskChange) => Promise<void>
  /** A browser's stream, from where it left off. @throws {Refusal} 429 when the user has too many open. */
  open: (userId: string, lastEventId: string | null) => Promise<ReadableStream<Uint8Array<ArrayBuffer>>>
  /** Ends all streams. Browsers come back at once, and are told whether there still are any. */
  endStreams: () => void
  close: () => void
}

const HEARTBEAT_MS = 15_000
// A stream does not outlive the session that opened it by more than this: the browser comes back and is asked again. Up to
// a fifth less, so that not all who came after a restart come back together.
const MAX_AGE_MS = 30 * 60_000
const AGE_JITTER = 0.2
// How long, and how much, a browser that lost its stream can catch up.
const LINGER_MS = 2 * 60_000
const REMEMBERED = 500

const changeSchema = z.object({
  taskId: z.string(),
  state: z.enum(['waiting', 'queuing', 'generating', 'success', 'fail']),
  isWhole: z._default(z.boolean(), true),
  record: z.optional(z.unknown()),
  /** The process that says so. */
  from: z.optional(z.string()),
})

interface Feed {
  streams: Set<EventStream>
  /** The latest changes, with their numbers and without their records. */
  past: { number: number; change: Omit<TaskChange, 'record'> }[]
  /** Nothing before this number was heard. */
  first: number
  ready: Promise<() => Promise<void>>
  stopLingering: () => void
}

/** @param maxStreams that one user may hold open in this process. */
export function createEvents(
  store: Pick<Store, 'publish' | 'subscribe'>,
  maxStreams: number,
  logger: GatewayLogger,
): Events {
  // Numbers mean nothing to another process, or after a restart; the name says whose they are. Not before there is a
  // request: Workers have no randomness until then.
  let named = ''
  const origin = () => (named ||= crypto.randomUUID().slice(0, 8))
  const feeds = new Map<string, Feed>()
  let last = 0
  let stopHeartbeat: (() => void) | null = null

  const idOf = (number: number) => `${origin()}-${number}`
  const write = (name: string, number: number, data: unknown) => writeEvent({ id: idOf(number), name, data })

  function hear(feed: Feed, message: string) {
    const change = changeSchema.safeParse(parseJson(message)).data
    if (change && change.from !== named) receive(feed, change)
  }

  function receive(feed: Feed, { taskId, state, isWhole, record }: TaskChange) {
    // Two processes may have seen the same change, and one of them may be late.
    const before = feed.past.findLast(({ change }) => change.taskId === taskId)?.change
    if (before?.state === state && before.isWhole === isWhole) return
    if (before && isTerminal(before.state) && (before.isWhole || !isTerminal(state))) return
    last += 1
    feed.past = [...feed.past.slice(1 - REMEMBERED), { number: last, change: { taskId, state, isWhole } }]
    const short = write('task', last, { taskId, state })
    const whole = record === undefined ? short : write('task', last, { taskId, state, record })
    for (const stream of feed.streams) stream.send(whole, short)
  }

  function resync(feed: Feed) {
    last += 1
    feed.first = last
    feed.past = []
    for (const stream of feed.streams) stream.send(write('resync', last, {}))
  }

  function feedOf(userId: string): Feed {
    const existing = feeds.get(userId)
    if (existing) return existing
    last += 1
    const feed: Feed = {
      streams: new Set(),
      past: [],
      first: last,
      ready: store.subscribe(
        channelOf(userId),
        (message) => hear(feed, message),
        () => resync(feed),
      ),
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
    try {
      const leave = await feed.ready
      await leave()
    } catch (error) {
      logger.warn({ err: error, user: userId }, 'A channel of the store could not be left.')
    }
  }

  function beat() {
    for (const stream of allStreams()) {
      if (stream.endsAt <= Date.now()) stream.close()
      else stream.send(': still here\n\n')
    }
  }

  const allStreams = () => [...feeds.values()].flatMap(({ streams }) => [...streams])

  function endStreams() {
    for (const stream of allStreams()) stream.close()
  }

  /** What was missed since `lastEventId`; `null` when that cannot be told any more. */
  function missedSince(feed: Feed, lastEventId: string): Feed['past'] | null {
    const [name, number] = lastEventId.split('-')
    const seen = Number(number)
    const oldest = feed.past.length < REMEMBERED ? feed.first : (feed.past[0]?.number ?? feed.first)
    if (name !== origin() || !Number.isSafeInteger(seen) || seen > last || seen < oldest) return null
    return feed.past.filter((past) => past.number > seen)
  }

  return {
    async publish(userId, change) {
      // Those here do not wait for the store to come back.
      const feed = feeds.get(userId)
      if (feed) receive(feed, change)
      await store.publish(channelOf(userId), JSON.stringify({ ...change, from: origin() }))
    },
    async open(userId, lastEventId) {
      const feed = feedOf(userId)
      if (feed.streams.size >= maxStreams) {
        throw new Refusal(429, 'Too many open event streams. Close some tabs.', { headers: retryAfterHeader(30_000) })
      }
      feed.stopLingering()
      const endsAt = Date.now() + MAX_AGE_MS * (1 - AGE_JITTER * Math.random())
      const stream = openEventStream(endsAt, () => {
        feed.streams.delete(stream)
        left(userId, feed)
      })
      // Counted at once, so that a burst of requests cannot pass the limit; heard only from below on.
      const missed = lastEventId === null ? [] : missedSince(feed, lastEventId)
      feed.streams.add(stream)
      for (const { number, change } of missed ?? []) {
        stream.send(write('task', number, { taskId: change.taskId, state: change.state }))
      }
      await feed.ready
      stream.send(write(missed === null ? 'resync' : 'ready', last, {}))
      stopHeartbeat ??= every(HEARTBEAT_MS, beat)
      return stream.body
    },
    endStreams,
    close() {
      stopHeartbeat?.()
      endStreams()
      for (const [userId, feed] of feeds) {
        feed.stopLingering()
        void forget(userId, feed)
      }
    },
  }
}

function channelOf(userId: string): string {
  return `events:${userId}`
}
