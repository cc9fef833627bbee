import * as z from 'zod/mini'
import { createChannels } from './channels.ts'
import { createRedisRates } from './redis-rates.ts'
import type { Store } from './store.ts'

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
  disconnect(): void
}

export interface RedisStoreOptions {
  /** Put before all keys and channels. Default `kiekit:`. */
  prefix?: string | undefined
}

const scanReply = z.tuple([z.string(), z.array(z.string())])

/**
 * A store in Redis, for several processes behind one load balancer. The client stays yours to close.
 *
 * @example
 * import { Redis } from 'ioredis'
 * const gateway = createKieGateway({ apiKey, authorize, store: redisStore(new Redis(process.env.REDIS_URL)) })
 */
export function redisStore(client: RedisClient, { prefix = 'kiekit:' }: RedisStoreOptions = {}): Store {
  const channels = createChannels()
  const listening = new Map<string, number>()
  let subscriber: RedisSubscriber | null = null

  function connect(): RedisSubscriber {
    const connection = client.duplicate()
    connection.on('message', (channel, message) => channels.publish(channel.slice(prefix.length), message))
    return connection
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
      await write(key, value, options?.ttlMs)
    },
    setIfAbsent: async (key, value, options) => (await write(key, value, options?.ttlMs, 'NX')) === 'OK',
    async delete(key) {
      await client.call('DEL', prefix + key)
    },
    async list(wanted) {
      const keys: string[] = []
      const pattern = `${(prefix + wanted).replace(/[\\*?[\]^]/g, '\\$&')}*`
      let cursor = '0'
      do {
        const [next, found] = scanReply.parse(await client.call('SCAN', cursor, 'MATCH', pattern, 'COUNT', '500'))
        keys.push(...found.map((key) => key.slice(prefix.length)))
        cursor = next
      } while (cursor !== '0')
      // A scan may bring a key twice.
      return [...new Set(keys)]
    },
    async publish(channel, message) {
      await client.call('PUBLISH', prefix + channel, message)
    },
    async subscribe(channel, listener) {
      subscriber ??= connect()
      const connection = subscriber
      const leave = channels.subscribe(channel, listener)
      listening.set(channel, (listening.get(channel) ?? 0) + 1)
      await connection.subscribe(prefix + channel)
      return async () => {
        leave()
        const others = (listening.get(channel) ?? 1) - 1
        listening.set(channel, others)
        if (others > 0) return
        listening.delete(channel)
        await connection.unsubscribe(prefix + channel)
      }
    },
    rates: createRedisRates(client, prefix),
    async close() {
      subscriber?.disconnect()
      subscriber = null
    },
  }
}
