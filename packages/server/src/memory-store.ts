import { createChannels } from './channels.ts'
import { createRate } from './rate.ts'
import type { Store, StoreRates } from './store.ts'

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
    rates: createMemoryRates(),
  }
}

function createMemoryRates(): StoreRates {
  const rates = new Map<string, ReturnType<typeof createRate>>()
  let pausedUntil = 0
  return {
    async take(name, limits) {
      const pausedMs = pausedUntil - Date.now()
      if (pausedMs > 0) return { kind: 'paused', waitMs: pausedMs }
      const rate = rates.get(name) ?? createRate(limits)
      rates.set(name, rate)
      const waitMs = rate.take()
      return waitMs > 0 ? { kind: 'full', waitMs } : { kind: 'taken' }
    },
    async pause(ms) {
      pausedUntil = Math.max(pausedUntil, Date.now() + ms)
    },
  }
}
