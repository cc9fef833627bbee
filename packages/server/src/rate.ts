/** How many turns are given in any window. */
export interface RateLimit {
  limit: number
  windowMs: number
}

/** Turns within a rate, with pauses in which nobody gets one. */
export interface Rate extends RateLimit {
  /** Takes a turn. `0`: taken; else milliseconds until it is worth trying again. */
  take: () => number | Promise<number>
  /** How long nobody gets a turn, from now on; a longer pause stays. */
  pause: (ms: number) => void
  /** Milliseconds until the pause is over. */
  pausedMs: () => number
}

/** A rate that this process keeps for itself. */
export function createRate({ limit, windowMs }: RateLimit) {
  const given: number[] = []
  let pausedUntil = 0

  const pausedMs = () => Math.max(0, pausedUntil - Date.now())
  const waitMs = () => {
    const now = Date.now()
    while (given[0] !== undefined && given[0] <= now - windowMs) given.shift()
    const oldest = given.length < limit ? undefined : given[0]
    return Math.max(pausedMs(), oldest === undefined ? 0 : oldest + windowMs - now)
  }

  return {
    limit,
    windowMs,
    pausedMs,
    /** What `take` would say. */
    waitMs,
    take() {
      const ms = waitMs()
      if (ms <= 0) given.push(Date.now())
      return ms
    },
    pause(ms) {
      pausedUntil = Math.max(pausedUntil, Date.now() + ms)
    },
  } satisfies Rate & { waitMs: () => number }
}
