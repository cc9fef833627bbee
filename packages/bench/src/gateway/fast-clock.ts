// What waits for another process waits this long in earnest: the other is no faster than it is.
const SHORTEST_PATIENCE_MS = 3_000

/**
 * Lets a process's own clock and timers run faster, so that an hour passes in a minute: `Date.now`, `setTimeout`,
 * `setInterval` and `AbortSignal.timeout`. Processes with the same origin agree about the time.
 *
 * @param origin Epoch milliseconds from which on time runs faster.
 */
export function runFast(speed: number, origin: number): void {
  const { setTimeout, setInterval } = globalThis
  const now = Date.now
  Date.now = () => Math.round(origin + (now() - origin) * speed)
  globalThis.setTimeout = Object.assign(
    (run: () => void, ms = 0, ...rest: []) => setTimeout(run, ms / speed, ...rest),
    setTimeout,
  )
  globalThis.setInterval = Object.assign(
    (run: () => void, ms = 0, ...rest: []) => setInterval(run, ms / speed, ...rest),
    setInterval,
  )
  const timeout = AbortSignal.timeout.bind(AbortSignal)
  AbortSignal.timeout = (ms) => timeout(Math.max(SHORTEST_PATIENCE_MS, ms / speed))
}
