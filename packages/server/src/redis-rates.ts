import * as z from 'zod/mini'
import type { RedisClient } from './redis-store.ts'
import type { StoreRates } from './store.ts'

// The latest turns, newest first, of which as many are kept as may be taken: the last of them says whether there is one
// more. Redis runs a script in one go and by its own clock, so that nobody's clock has to be right. A clock that was put
// back would hold everybody up, hence the second half of the condition.
const TAKE = `
local paused = redis.call('PTTL', KEYS[2])
if paused > 0 then return {'paused', paused} end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local oldest = redis.call('LINDEX', KEYS[1], limit - 1)
local wait = oldest and oldest + window - now or 0
if wait > 0 and wait <= window then return {'full', wait} end
redis.call('LPUSH', KEYS[1], now)
redis.call('LTRIM', KEYS[1], 0, limit - 1)
redis.call('PEXPIRE', KEYS[1], window)
return {'taken', 0}`

const PAUSE = `
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], '', 'PX', ARGV[1]) end`

const takeReply = z.tuple([z.enum(['taken', 'full', 'paused']), z.number()])

/** Rates in Redis: one round trip for a turn. */
export function createRedisRates(client: RedisClient, prefix: string): StoreRates {
  // Keys of one script have to lie on one node of a cluster: the braces see to that.
  const keyOf = (name: string) => `${prefix}{turns}:${name}`
  const pauseKey = `${prefix}{turns}-pause`
  return {
    async take(name, { limit, windowMs }) {
      const reply = await client.call('EVAL', TAKE, '2', keyOf(name), pauseKey, String(limit), String(windowMs))
      const [kind, waitMs] = takeReply.parse(reply)
      return kind === 'taken' ? { kind } : { kind, waitMs }
    },
    async pause(ms) {
      await client.call('EVAL', PAUSE, '1', pauseKey, String(Math.ceil(ms)))
    },
  }
}
