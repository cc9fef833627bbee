import { isTerminal } from '@kiekit/core'
import type { GatewayLimits } from './options.ts'
import type { Records } from './records.ts'
import { Refusal } from './refusal.ts'
import { retryAfterHeader } from './retry-after.ts'
import type { Store } from './store.ts'
import { type Begin, limitUnderWay } from './under-way.ts'

/** A place among a user's running tasks. */
export interface RunningPlace {
  fill: (taskId: string) => Promise<void>
  leave: () => Promise<void>
}

export interface Limits {
  /** @throws {Refusal} when the model is none of those that may be used. */
  checkModel: (model: string) => void
  /** Counts one create. @throws {Refusal} 429 when there were too many in this minute. */
  countCreate: (userId: string) => Promise<void>
  /** @throws {Refusal} 429 when the user has too many tasks running. */
  takeRunningPlace: (userId: string) => Promise<RunningPlace>
  beginUpload: Begin
  beginDownload: Begin
}

const MINUTE_MS = 60_000
// A task that was never heard of again gives its place back after this.
const LONGEST_RUN_MS = 3_600_000
const EMPTY = ''
// A browser has six connections to a server by HTTP/1.1, a hundred by HTTP/2.
const UPLOADS = 10
const DOWNLOADS = 20

/** Counting is done in places that are taken in the store, one atomic step each, so that all processes count together. */
export function createLimits(limits: GatewayLimits, store: Store, records: Records): Limits {
  const unlimited: RunningPlace = { fill: async () => {}, leave: async () => {} }

  async function takePlace(count: number, keyOf: (place: number) => string, ttlMs: number): Promise<string | null> {
    for (let place = 0; place < count; place += 1) {
      if (await store.setIfAbsent(keyOf(place), EMPTY, { ttlMs })) return keyOf(place)
    }
    return null
  }

  /** Whoever finished since is only noticed when the place is wanted. */
  async function clearFinished(count: number, keyOf: (place: number) => string, userId: string) {
    for (let place = 0; place < count; place += 1) {
      const taskId = await store.get(keyOf(place))
      if (taskId === null || taskId === EMPTY) continue
      const record = await records.read(taskId, userId).catch(() => null)
      if (record?.task && isTerminal(record.task.state)) await clear(keyOf(place), taskId)
    }
  }

  // Once for each task, by whoever is first: a second would take the place from the task that has it by then.
  async function clear(key: string, taskId: string) {
    const isFirst = await store.setIfAbsent(`ran:${taskId}`, EMPTY, { ttlMs: LONGEST_RUN_MS })
    if (isFirst && (await store.get(key)) === taskId) await store.delete(key)
  }

  return {
    beginUpload: limitUnderWay(limits.uploads ?? UPLOADS, 'uploads'),
    beginDownload: limitUnderWay(limits.downloads ?? DOWNLOADS, 'downloads'),
    checkModel(model) {
      if (limits.models?.includes(model) === false)
        throw new Refusal(422, `The model ${JSON.stringify(model)} cannot be used here.`)
    },
    async countCreate(userId) {
      if (limits.createsPerMinute == null) return
      const now = Date.now()
      const minute = Math.floor(now / MINUTE_MS)
      const keyOf = (place: number) => `rate:${JSON.stringify([userId, minute, place])}`
      if ((await takePlace(limits.createsPerMinute, keyOf, 2 * MINUTE_MS)) !== null) return
      throw new Refusal(429, `Too many new tasks: ${limits.createsPerMinute} in a minute are allowed.`, {
        headers: retryAfterHeader((minute + 1) * MINUTE_MS - now),
      })
    },
    async takeRunningPlace(userId) {
      const count = limits.runningTasks
      if (count == null) return unlimited
      const keyOf = (place: number) => `running:${JSON.stringify([userId, place])}`
      let key = await takePlace(count, keyOf, LONGEST_RUN_MS)
      if (key === null) {
        await clearFinished(count, keyOf, userId)
        key = await takePlace(count, keyOf, LONGEST_RUN_MS)
      }
      if (key === null) {
        throw new Refusal(429, `Too many running tasks: ${count} at a time are allowed. Wait for one to finish.`, {
          headers: retryAfterHeader(10_000),
        })
      }
      const mine = key
      return {
        fill: (taskId) => store.set(mine, taskId, { ttlMs: LONGEST_RUN_MS }),
        leave: () => store.delete(mine),
      }
    },
  }
}
