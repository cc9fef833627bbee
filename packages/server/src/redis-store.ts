import * as z from 'zod/mini'
import { createChannels } from './channels.ts'
import { createRedisRates } from './redis-rates.ts'
import type { Store, StoreSetOptions } from './store.ts'

/** What the store needs of a Redis client; one of ioredis fits as it is. */
export interface RedisClient {
  call(command: string, ...args: string[]): Promise<unknown>
  /** A second connection: Redis allows nothing else on one that subscribes. */
  duplicate(): RedisSubscriber
}

export interface RedisSubscriber {
  subscribe(channel: string): Promise<unknown>
  unsubscribe(channel: string): Promise<unknown>
  on(event: 'message', listener: (channel: string, message: string) => void): unknown
  /** Each time that it is connected. */
  on(event: 'ready', listener: () => void): unknown
  disconnect(): void
}

export interface RedisStoreOptions {
  /** Put before all keys and channels. Default `kiekit:`. */
  prefix?: string | undefined
}

const keysReply = z.array(z.string())
// Who writes and who lists may have clocks that differ by so much.
const CLOCKS_DIFFER_MS = 3_600_000

/**
 * A store in Redis, for several processes behind one load balancer. The client stays yours to close.
 *
 * @example
 * import { Redis } from 'ioredis'
 * const gateway = createKieGateway({ apiKey, authorize, store: redisStore(new Redis(process.env.REDIS_URL)) })
 */
export function redisStore(client: RedisClient, { prefix = 'kiekit:' }: RedisStoreOptions = {}): Store {
  const channels = createChannels()
  const gaps = createChannels()
  /** The listed keys by their expiry, because Redis itself could only look through all keys that there are. */
  const index = `${prefix}listed`
  const listening = new Map<string, number>()
  let subscriber: RedisSubscriber | null = null

  function connect(): RedisSubscriber {
    const connection = client.duplicate()
    connection.on('message', (channel, message) => channels.publish(channel.slice(prefix.length), message))
    let isBack = false
    connection.on('ready', () => {
      // A connection that is lost again meanwhile will be back again.
      if (isBack) listenAgain(connection).catch(() => undefined)
      isBack = true
    })
    return connection
  }

  async function listenAgain(connection: RedisSubscriber) {
    const missed = [...listening.keys()]
    await Promise.all(missed.map((channel) => connection.subscribe(prefix + channel)))
    for (const channel of missed) gaps.publish(channel, '')
  }

  const write = (key: string, value: string, ttlMs: number | undefined, ...condition: string[]) =>
    client.call(
      'SET',
      prefix + key,
      value,
      ...condition,
      ...(ttlMs === undefined ? [] : ['PX', String(Math.ceil(ttlMs))]),
    )

  return {
    async get(key) {
      const value = await client.call('GET', prefix + key)
      return typeof value === 'string' ? value : null
    },
    async set(key, value, options) {
      // First: what is in the index and nowhere else is no key, but what is not in it is never found.
      if (options?.listed) await client.call('ZADD', index, expiryOf(options), key)
      await write(key, value, options?.ttlMs)
    },
    setIfAbsent: async (key, value, options) => (await write(key, value, options?.ttlMs, 'NX')) === 'OK',
    async delete(key) {
      await Promise.all([client.call('DEL', prefix + key), client.call('ZREM', index, key)])
    },
    async list(wanted) {
      await client.call('ZREMRANGEBYSCORE', index, '-inf', String(Date.now() - CLOCKS_DIFFER_MS))
      const listed = keysReply.parse(await client.call('ZRANGE', index, '0', '-1'))
      const keys = listed.filter((key) => key.startsWith(wanted))
      const found = await Promise.all(keys.map((key) => client.call('EXISTS', prefix + key)))
      return keys.filter((_, place) => found[place] === 1)
    },
    async publish(channel, message) {
      await client.call('PUBLISH', prefix + channel, message)
    },
    async subscribe(channel, listener, onGap = () => {}) {
      subscriber ??= connect()
      const connection = subscriber
      const stopHearing = [channels.subscribe(channel, listener), gaps.subscribe(channel, onGap)]
      listening.set(channel, (listening.get(channel) ?? 0) + 1)
      async function leave() {
        for (const stop of stopHearing) stop()
        const others = (listening.get(channel) ?? 1) - 1
        listening.set(channel, others)
        if (others > 0) return
        listening.delete(channel)
        await connection.unsubscribe(prefix + channel)
      }
      try {
        await connection.subscribe(prefix + channel)
      } catch (error) {
        // Not waited for: it may take until the connection is back.
        leave().catch(() => undefined)
        throw error
      }
      return leave
    },
    rates: createRedisRates(client, prefix),
    async close() {
      subscriber?.disconnect()
      subscriber = null
    },
  }
}

function expiryOf({ ttlMs }: StoreSetOptions): string {
  return ttlMs === undefined ? '+inf' : String(Date.now() + Math.ceil(ttlMs))
}
