import type { GatewayLogger } from './logger.ts'
import type { Store, StoreSetOptions } from './store.ts'

const QUICK_RETRIES_MS = [50, 250]
const SLOW_RETRY_MS = 5_000

/** A store whose `set` never fails: what cannot be written yet is kept here, readable, and written when the store is back. */
export interface PatientStore extends Store {
  /** Tries once more to write what is left, then stops trying. */
  close(): Promise<void>
}

/**
 * For what must not be lost to a full disk or a Redis that restarts: by the time that a task's owner is written, the task
 * has been paid for.
 */
export function patientStore(store: Store, logger: GatewayLogger): PatientStore {
  const waiting = new Map<string, { value: string; options: StoreSetOptions }>()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function drain() {
    for (const [key, entry] of waiting) {
      await store.set(key, entry.value, entry.options)
      if (waiting.get(key) === entry) waiting.delete(key)
    }
  }

  function drainLater() {
    timer ??= setTimeout(() => {
      timer = undefined
      drain().catch(() => drainLater())
    }, SLOW_RETRY_MS)
  }

  return {
    get: async (key) => waiting.get(key)?.value ?? store.get(key),
    list: (prefix) => store.list(prefix),
    publish: (channel, message) => store.publish(channel, message),
    subscribe: (channel, listener, onGap) => store.subscribe(channel, listener, onGap),
    rates: store.rates,
    async set(key, value, options = {}) {
      const entry = { value, options }
      waiting.set(key, entry)
      for (const pauseMs of [0, ...QUICK_RETRIES_MS]) {
        if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs))
        // Meanwhile written anew, or deleted.
        if (waiting.get(key) !== entry) return
        try {
          await store.set(key, value, options)
          if (waiting.get(key) === entry) waiting.delete(key)
          return
        } catch (error) {
          logger.warn({ err: error, key }, 'The store did not take a write; trying again.')
        }
      }
      if (waiting.get(key) !== entry) return
      logger.error({ key, value }, 'The store takes no writes. The value is kept in memory until it does.')
      drainLater()
    },
    setIfAbsent: async (key, value, options) => !waiting.has(key) && store.setIfAbsent(key, value, options),
    async delete(key) {
      waiting.delete(key)
      await store.delete(key)
    },
    async close() {
      clearTimeout(timer)
      await drain().catch((error: unknown) => {
        logger.error({ err: error, lost: [...waiting] }, 'Closing with values that the store never took.')
      })
      await store.close?.()
    },
  }
}
