interface Waiting {
  start: () => void
}

/** A `navigator.locks` for tests, as far as the hooks use it: exclusive locks, given up by a signal while waiting. */
export function createLockManager() {
  const held = new Map<string, Waiting[]>()

  async function request<T>(name: string, { signal }: { signal?: AbortSignal }, run: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted()
    const queue = held.get(name)
    if (queue) {
      await new Promise<void>((resolve, reject) => {
        const waiting: Waiting = { start: resolve }
        queue.push(waiting)
        signal?.addEventListener('abort', () => {
          queue.splice(queue.indexOf(waiting), 1)
          reject(signal.reason as Error)
        })
      })
    } else {
      held.set(name, [])
    }
    try {
      return await run()
    } finally {
      const next = held.get(name)?.shift()
      if (next) next.start()
      else held.delete(name)
    }
  }

  return { request, isHeld: (name: string) => held.has(name) }
}
