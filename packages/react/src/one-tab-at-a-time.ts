/** How long the lock outlives the request: time for the broadcast answer to reach the tabs that wait for their turn. */
const settleMs = 50
/** A request is long over by then. A tab that still holds the lock is frozen, and nobody waits for it. */
const patienceMs = 35_000

/**
 * Runs `ask` while no other tab runs one of the same name, by a Web Lock held only for its duration: there is no leader
 * that could be hidden or dead, and the platform frees the lock of a tab that is killed. Where it has no locks, or
 * refuses them, each tab asks for itself.
 */
export function oneTabAtATime<T>(name: string, signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
  const locks = 'navigator' in globalThis ? (globalThis.navigator as Partial<Navigator>).locks : undefined
  if (!locks) return ask()
  return new Promise<T>((resolve, reject) => {
    const waiting = new AbortController()
    let hasAsked = false
    const giveUp = () => waiting.abort()
    const patience = setTimeout(giveUp, patienceMs)
    signal.addEventListener('abort', giveUp, { once: true })
    const stopWaiting = () => {
      clearTimeout(patience)
      signal.removeEventListener('abort', giveUp)
    }
    locks
      .request(name, { signal: waiting.signal }, async () => {
        stopWaiting()
        hasAsked = true
        await ask().then(resolve, reject)
        await new Promise((settled) => setTimeout(settled, settleMs))
      })
      .catch(() => {
        stopWaiting()
        // A lock that was stolen from us does not make the question unasked.
        if (hasAsked) return
        if (signal.aborted) reject(signal.reason as Error)
        else ask().then(resolve, reject)
      })
  })
}
