import { Refusal } from './refusal.ts'
import { retryAfterHeader } from './retry-after.ts'

/** Begins one more for the user; returns how to end it. @throws {Refusal} 429 when the user has too many under way. */
export type Begin = (userId: string) => () => void

const COME_AGAIN_MS = 5_000

/**
 * Counts what each user has under way in this process.
 *
 * @param most that one user may have at a time.
 * @param what they are, for people: "uploads".
 */
export function limitUnderWay(most: number, what: string): Begin {
  const counts = new Map<string, number>()

  return (userId) => {
    const count = counts.get(userId) ?? 0
    if (count >= most) {
      throw new Refusal(429, `Too many ${what} at the same time: ${most} are allowed. Wait for one to end.`, {
        headers: retryAfterHeader(COME_AGAIN_MS),
      })
    }
    counts.set(userId, count + 1)
    let isUnderWay = true
    return () => {
      if (!isUnderWay) return
      isUnderWay = false
      const left = (counts.get(userId) ?? 1) - 1
      if (left > 0) counts.set(userId, left)
      else counts.delete(userId)
    }
  }
}
