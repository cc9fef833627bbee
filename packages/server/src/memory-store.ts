import { createChannels } from './channels.ts'
import type { Store } from './store.ts'

const SWEEP_EVERY_WRITES = 1_000

/**
 * A store that forgets everything when the process ends: for tests and demos.
 *
 * @example
 * const gateway = createKieGateway({ apiKey, authorize, store: memoryStore() })
 */
export function memoryStore(): Store {
  const entries = new Map<string, { value: string; expiresAt: number }>()
  const channels = createChannels()
  let writes = 0

  const read = (key: string) => {
    const entry = entries.get(key)
    return entry && entry.expiresAt > Date.now() ? entry.value : null
  }
  const write = (key: string, value: string, ttlMs = Number.POSITIVE_INFINITY) => {
    writes += 1
    if (writes % SWEEP_EVERY_WRITES === 0) {
      for (const [old, entry] of entries) if (entry.expiresAt <= Date.now()) entries.delete(old)
    }
    entries.set(key, { value, expiresAt: Date.now() + ttlMs })
  }

  return {
    get: async (key) => read(key),
    set: async (key, value, options) => write(key, value, options?.ttlMs),
    async setIfAbsent(key, value, options) {
      if (read(key) !== null) return false
      write(key, value, options?.ttlMs)
      return true
    },
    delete: async (key) => void entries.delete(key),
    list: async (prefix) => [...entries.keys()].filter((key) => key.startsWith(prefix) && read(key) !== null),
    publish: async (channel, message) => channels.publish(channel, message),
    async subscribe(channel, listener) {
      const leave = channels.subscribe(channel, listener)
      return async () => leave()
    },
  }
}
