import * as z from 'zod/mini'
import type { GatewayLogger } from './logger.ts'
import { Refusal } from './refusal.ts'
import { hasNode } from './runtime.ts'
import type { Store } from './store.ts'

const outcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('made'), taskId: z.string() }),
  z.object({ kind: z.literal('unknown') }),
])

/** How a create ended: with a task, or sent and never heard of again. An attempt that surely made nothing throws. */
export type CreateOutcome = z.infer<typeof outcomeSchema>

const markerSchema = z.discriminatedUnion('kind', [
  ...outcomeSchema.def.options,
  z.object({ kind: z.literal('pending'), since: z.number() }),
])
type Marker = z.infer<typeof markerSchema>

// A marker outlives the longest attempt; one that is older belonged to a process that died in the middle.
const ATTEMPT_MS = 150_000
const KEPT_MS = 7 * 86_400_000
const LOOK_EVERY_MS = 250
const WAIT_MS = 60_000

export interface Once {
  /** Runs `attempt` once for a user and key, however many requests ask, in however many processes. */
  run: (userId: string, key: string, attempt: () => Promise<CreateOutcome>) => Promise<CreateOutcome>
  /** What was unknown is known after all: from now on this key gives this task. */
  settle: (userId: string, key: string, taskId: string) => Promise<void>
}

export function createOnce(store: Store, logger: GatewayLogger): Once {
  const running = new Map<string, Promise<CreateOutcome>>()

  async function read(storeKey: string): Promise<Marker | null> {
    const stored = await store.get(storeKey)
    return stored === null ? null : markerSchema.parse(JSON.parse(stored))
  }

  async function run(storeKey: string, attempt: () => Promise<CreateOutcome>): Promise<CreateOutcome> {
    const deadline = Date.now() + WAIT_MS
    while (!(await store.setIfAbsent(storeKey, write({ kind: 'pending', since: Date.now() }), { ttlMs: KEPT_MS }))) {
      const marker = await read(storeKey)
      if (marker === null) continue
      if (marker.kind !== 'pending') return marker
      // Never tried again by itself: the process that died may have paid for a task.
      if (Date.now() - marker.since > ATTEMPT_MS) return { kind: 'unknown' }
      if (Date.now() > deadline) {
        throw new Refusal(455, 'This task is still being made. Ask again with the same key.', {
          status: 503,
          headers: { 'retry-after': '2' },
        })
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    }
    try {
      const outcome = await attempt()
      const settled = outcome.kind === 'unknown' ? await read(storeKey) : null
      // The answer was lost, but the callback has brought the task in the meantime.
      if (settled?.kind === 'made') return settled
      await store.set(storeKey, write(outcome), { ttlMs: KEPT_MS })
      return outcome
    } catch (error) {
      await store.delete(storeKey).catch((problem: unknown) => {
        logger.warn(
          { err: problem },
          'The mark of a refused create could not be removed; its key cannot be used again.',
        )
      })
      throw error
    }
  }

  return {
    run(userId, key, attempt) {
      const storeKey = keyOf(userId, key)
      if (!hasNode()) return run(storeKey, attempt)
      const mine = running.get(storeKey) ?? run(storeKey, attempt).finally(() => running.delete(storeKey))
      running.set(storeKey, mine)
      return mine
    },
    settle: (userId, key, taskId) => store.set(keyOf(userId, key), write({ kind: 'made', taskId }), { ttlMs: KEPT_MS }),
  }
}

function keyOf(userId: string, key: string): string {
  return `create:${JSON.stringify([userId, key])}`
}

function write(marker: Marker): string {
  return JSON.stringify(marker)
}
