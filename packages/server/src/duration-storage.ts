import type { DurationStorage } from '@kiekit/core'
import type { Store } from './store.ts'

// The last part is the format's version.
const KEY = 'durations:learned:1'
// As many models and durations as are kept, with the longest names, and room to spare.
const MAX_CHARACTERS = 200_000

/** Keeps what is learned of durations in the store, for all processes and over restarts. */
export function durationStorage(store: Store): DurationStorage {
  return {
    async getItem() {
      const stored = await store.get(KEY)
      // Whatever else lies there is not worth the memory.
      return stored !== null && stored.length <= MAX_CHARACTERS ? stored : null
    },
    setItem: (_, value) => store.set(KEY, value),
  }
}
