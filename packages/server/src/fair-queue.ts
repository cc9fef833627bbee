import type { Rate } from './rate.ts'
import { gatewayIsClosing, Refusal } from './refusal.ts'
import { retryAfterHeader } from './retry-after.ts'
import { hasNode } from './runtime.ts'

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
// More than there are turns for in the time that anybody waits: nobody else's place is taken by one who asks for thousands.
const MAX_WAITING_OF_ONE = 200
const LONGEST_RETRY_MS = 30_000

interface Waiting {
  go: () => void
  leave: (refusal: Refusal) => void
}

/** @param maxWaitMs Who would wait longer is sent away, with the time after which to come back. */
export function createFairQueue(rate: Rate, maxWaitMs: number): FairQueue {
  const waiting = new Map<string, Waiting[]>()
  let count = 0
  let isGiving = false
  let isClosed = false
  let timer: ReturnType<typeof setTimeout> | undefined

  /** With the time that those before would take, within reason: some of them will leave. */
  function busy(): Refusal {
    const queueMs = Math.min((count / rate.limit) * rate.windowMs, LONGEST_RETRY_MS)
    const headers = retryAfterHeader(Math.max(rate.pausedMs(), queueMs))
    return new Refusal(429, 'Too many requests at the moment. Try again shortly.', { headers })
  }

  async function giveTurns() {
    if (isGiving) return
    isGiving = true
    while (waiting.size > 0) {
      const turn = rate.take()
      const ms = typeof turn === 'number' ? turn : await turn
      if (ms <= 0) takeNext()?.go()
      else if (!isClosed) await new Promise<void>((resolve) => void (timer = setTimeout(resolve, ms)))
    }
    isGiving = false
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

  /** Where requests cannot wait for each other, each tries for itself, and there are no rounds. */
  async function turnAlone() {
    const deadline = Date.now() + maxWaitMs
    for (let ms = await rate.take(); ms > 0; ms = await rate.take()) {
      if (Date.now() + ms > deadline) throw busy()
      await new Promise((resolve) => setTimeout(resolve, ms))
    }
  }

  return {
    async turn(userId) {
      if (isClosed) throw gatewayIsClosing()
      const mine = waiting.get(userId)?.length ?? 0
      if (rate.pausedMs() > maxWaitMs || count >= MAX_WAITING || mine >= MAX_WAITING_OF_ONE) throw busy()
      if (!hasNode()) return turnAlone()
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
        void giveTurns()
      })
    },
    pause: rate.pause,
    close() {
      isClosed = true
      clearTimeout(timer)
      for (const request of [...waiting.values()].flat()) request.leave(gatewayIsClosing())
    },
  }
}
