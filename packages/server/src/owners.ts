import * as z from 'zod/mini'
import { createRecent } from './recent.ts'
import type { Store } from './store.ts'

/** Whose a task is, and since when the gateway has known it. */
export interface Owner {
  userId: string
  /** Epoch milliseconds. */
  since: number
}

export interface Owners {
  ownerOf(taskId: string): Promise<Owner | null>
  /** Makes the task this user's; who claims last has it. */
  give(taskId: string, userId: string): Promise<void>
}

// Kie forgets its own records after two months.
const KEPT_MS = 90 * 86_400_000
// Another process may give a task to somebody else; this is how long the former owner can still see it here.
const REMEMBERED_MS = 30_000

const ownerSchema = z.object({ userId: z.string(), since: z.number() })

/** @param mostRemembered Owners that are kept in memory. */
export function createOwners(store: Store, mostRemembered: number): Owners {
  const remembered = createRecent<{ owner: Owner; until: number }>(mostRemembered)

  const remember = (taskId: string, owner: Owner) =>
    remembered.set(taskId, { owner, until: Date.now() + REMEMBERED_MS })

  return {
    async ownerOf(taskId) {
      const known = remembered.get(taskId)
      if (known && known.until > Date.now()) return known.owner
      const stored = await store.get(keyOf(taskId))
      const meanwhile = remembered.get(taskId)
      // It was given to somebody while the store was being read.
      if (meanwhile && meanwhile !== known) return meanwhile.owner
      if (stored === null) return null
      const owner = ownerSchema.parse(JSON.parse(stored))
      remember(taskId, owner)
      return owner
    },
    async give(taskId, userId) {
      const owner = { userId, since: Date.now() }
      remember(taskId, owner)
      await store.set(keyOf(taskId), JSON.stringify(owner), { ttlMs: KEPT_MS })
    },
  }
}

function keyOf(taskId: string) {
  return `owner:${taskId}`
}
