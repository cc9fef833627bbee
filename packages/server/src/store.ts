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
  set(key: string, value: string, options?: StoreWriteOptions): Promise<void>
  /** Writes the value only if there is none, as one atomic step across all processes. Tells whether it wrote. */
  setIfAbsent(key: string, value: string, options?: StoreWriteOptions): Promise<boolean>
  delete(key: string): Promise<void>
  /** All keys that begin with `prefix`. */
  list(prefix: string): Promise<string[]>
  /** Sends a message to all subscribers of the channel, in every process that shares the store. */
  publish(channel: string, message: string): Promise<void>
  /** Listens to a channel until the returned function is called. */
  subscribe(channel: string, listener: (message: string) => void): Promise<() => Promise<void>>
  /** Lets go of connections and timers. */
  close?(): Promise<void>
}

export interface StoreWriteOptions {
  /** Milliseconds until the value is gone; without it the value stays. */
  ttlMs?: number | undefined
}
