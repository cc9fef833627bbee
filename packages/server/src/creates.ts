import * as z from 'zod/mini'
import type { Once } from './idempotency.ts'
import { parseJson } from './json.ts'
import type { Owner, Owners } from './owners.ts'
import type { Store } from './store.ts'

/**
 * Creates that are under way, each with a secret name that is sent along in the callback's address: when the answer to a
 * create was lost, the callback still brings the paid task to whoever asked for it.
 */
export interface Creates {
  /** Notes who asks. Returns the name. */
  begin: (userId: string, idempotencyKey: string | null) => Promise<string>
  /** The answer came: nothing needs to be recovered. */
  end: (name: string) => Promise<void>
  /** The owner of a task that nobody has, made so by the name that its callback brings. */
  recover: (name: string | undefined, taskId: string) => Promise<Owner | null>
}

const KEPT_MS = 86_400_000
const noteSchema = z.object({ userId: z.string(), idempotencyKey: z.nullable(z.string()) })

export function createCreates(parts: {
  store: Store
  owners: Owners
  once: Once
  adopt: (taskId: string, userId: string) => Promise<void>
}): Creates {
  const { store, owners, once, adopt } = parts
  const keyOf = (name: string) => `creating:${name}`
  return {
    async begin(userId, idempotencyKey) {
      const name = crypto.randomUUID()
      await store.set(keyOf(name), JSON.stringify({ userId, idempotencyKey }), { ttlMs: KEPT_MS })
      return name
    },
    end: (name) => store.delete(keyOf(name)),
    async recover(name, taskId) {
      if (name === undefined || !/^[\da-f-]{36}$/.test(name)) return null
      const note = noteSchema.safeParse(parseJson((await store.get(keyOf(name))) ?? '')).data
      if (!note) return null
      await adopt(taskId, note.userId)
      if (note.idempotencyKey !== null) await once.settle(note.userId, note.idempotencyKey, taskId)
      await store.delete(keyOf(name))
      return owners.ownerOf(taskId)
    },
  }
}
