import { Refusal } from './refusal.ts'
import { retryAfterHeader } from './retry-after.ts'
import { hasNode } from './runtime.ts'

export interface FairQueueOptions {
  /** How many turns are given in any window. */
  limit: number
  windowMs: number
  /** Who would wait longer is sent away, with the time after which to come back. */
  maxWaitMs: number
}

/** Gives out turns within a rate, going round the users, so that one with a hundred tasks does not starve the others. */
export interface FairQueue {
  /** Resolves when it is this user's turn. @throws {Refusal} 429 when that would take too long. */
  turn: (userId: string) => Promise<void>
  /** Nobody's turn comes for this long. */
  pause: (ms: number) => void
  /** Sends all who wait away. */
  close: () => void
}

const MAX_WAITING = 10_000
const LONGEST_RETRY_MS = 30_000

interface Waiting {
  go: () => void
  leave: (refusal: Refusal) => void
}

export function createFairQueue({ limit, windowMs, maxWaitMs }: FairQueueOptions): FairQueue {
  const waiting = new Map<string, Waiting[]>()
  const given: number[] = []
  let pausedUntil = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let count = 0

  /** With the time that those before would take, within reason: some of them will leave. */
  function busy(): Refusal {
    const queueMs = Math.min((count / limit) * windowMs, LONGEST_RETRY_MS)
    const headers = retryAfterHeader(Math.max(pausedUntil - Date.now(), queueMs))
    return new Refusal(429, 'Too many requests at the moment. Try again shortly.', { headers })
  }

  function msUntilNextTurn(): number {
    const now = Date.now()
    while (given[0] !== undefined && given[0] <= now - windowMs) given.shift()
    const oldest = given.length < limit ? undefined : given[0]
    return Math.max(0, pausedUntil - now, oldest === undefined ? 0 : oldest + windowMs - now)
  }

  function giveTurns() {
    timer = undefined
    while (waiting.size > 0) {
      const ms = msUntilNextTurn()
      if (ms > 0) {
        timer = setTimeout(giveTurns, ms)
        return
      }
      given.push(Date.now())
      takeNext()?.go()
    }
  }

  // The first user's first request; the user then stands at the end of the round.
  function takeNext(): Waiting | undefined {
    for (const [userId, requests] of waiting) {
      const next = requests.shift()
      waiting.delete(userId)
      if (requests.length > 0) waiting.set(userId, requests)
      return next
    }
    return undefined
  }

  function removeFrom(userId: string, request: Waiting) {
    const left = waiting.get(userId)?.filter((other) => other !== request) ?? []
    if (left.length > 0) waiting.set(userId, left)
    else waiting.delete(userId)
  }

  return {
    async turn(userId) {
      const pauseMs = pausedUntil - Date.now()
      // Where requests cannot wait for each other, Kie's own 429 is the only limit.
      if (!hasNode() && pauseMs <= 0) return
      if (pauseMs > maxWaitMs || count >= MAX_WAITING) throw busy()
      await new Promise<void>((resolve, reject) => {
        const request: Waiting = {
          go: () => {
            clearTimeout(tooLong)
            count -= 1
            resolve()
          },
          leave: (refusal) => {
            clearTimeout(tooLong)
            count -= 1
            removeFrom(userId, request)
            reject(refusal)
          },
        }
        const tooLong = setTimeout(() => request.leave(busy()), maxWaitMs)
        count += 1
        const requests = waiting.get(userId)
        if (requests) requests.push(request)
        else waiting.set(userId, [request])
        if (timer === undefined) giveTurns()
      })
    },
    pause(ms) {
      pausedUntil = Math.max(pausedUntil, Date.now() + ms)
    },
    close() {
      clearTimeout(timer)
      for (const request of [...waiting.values()].flat()) {
        request.leave(new Refusal(455, 'The gateway is closing.', { status: 503 }))
      }
    },
  }
}
