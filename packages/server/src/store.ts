/**
 * Where the gateway keeps what must outlive a request: owners, idempotency keys, tasks to be watched. Keys look like
 * `owner:6f1a…`: a name in small letters, a colon, and any text.
 *
 * Ready-made: `fileStore` (the default under Node), `memoryStore`, `redisStore`. Implement it over any database that can
 * insert a row only if there is none.
 */
export interface Store {
  /** The value, or `null` when there is none or it has expired. */
  get(key: string): Promise<string | null>
  /** Writes the value; it is on its way to survive a restart when the promise resolves. */
  set(key: string, value: string, options?: StoreSetOptions): Promise<void>
  /** Writes the value only if there is none, as one atomic step across all processes. Tells whether it wrote. */
  setIfAbsent(key: string, value: string, options?: StoreWriteOptions): Promise<boolean>
  delete(key: string): Promise<void>
  /** The keys that begin with `prefix` and were written with `listed`; others that begin so may be among them. */
  list(prefix: string): Promise<string[]>
  /** Sends a message to all subscribers of the channel, in every process that shares the store. */
  publish(channel: string, message: string): Promise<void>
  /**
   * Listens to a channel until the returned function is called. `onGap` is called when messages may have been missed, as
   * while a connection was lost, once the channel is listened to again.
   */
  subscribe(channel: string, listener: (message: string) => void, onGap?: () => void): Promise<() => Promise<void>>
  /** Optional: counts for all processes that share the store. Without it each process counts for itself. */
  rates?: StoreRates | undefined
  /** Lets go of connections and timers. */
  close?(): Promise<void>
}

/** Rates that all processes keep together, by the store's own clock. */
export interface StoreRates {
  /**
   * Takes a turn, unless `limit` of this name were taken within the last `windowMs`, or all pause. One atomic step: of many
   * who ask at the same time, no more than `limit` get one.
   */
  take(name: string, rate: { limit: number; windowMs: number }): Promise<StoreTurn>
  /** Nobody gets a turn, of whatever name, for this many milliseconds from now; a longer pause stays. */
  pause(ms: number): Promise<void>
}

/** `waitMs`: when it is worth asking again, in milliseconds from now. */
export type StoreTurn = { kind: 'taken' } | { kind: 'full' | 'paused'; waitMs: number }

export interface StoreWriteOptions {
  /** Milliseconds until the value is gone; without it the value stays. */
  ttlMs?: number | undefined
}

export interface StoreSetOptions extends StoreWriteOptions {
  /** Whether `list`, which is called every minute, has to find the key: a store may keep track of these alone. */
  listed?: boolean | undefined
}
