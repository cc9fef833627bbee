import { createFairQueue } from './fair-queue.ts'
import type { GatewayLogger } from './logger.ts'
import { createRate, type RateLimit } from './rate.ts'
import { Refusal } from './refusal.ts'
import { retryAfterHeader } from './retry-after.ts'
import { createSharedRate } from './shared-rate.ts'
import type { StoreRates } from './store.ts'
import type { Upstream, UpstreamAnswer, UpstreamQuestion } from './upstream.ts'

/** Asks Kie when it is the user's turn. @throws {Refusal} 429 when there are more questions than Kie takes. */
export interface PacedUpstream {
  query: (userId: string, question: UpstreamQuestion) => Promise<UpstreamAnswer>
  create: (userId: string, question: UpstreamQuestion) => Promise<UpstreamAnswer>
  close: () => void
}

// Kie's documented limits per account: 10 queries in a second, 20 creates in 10 seconds. The windows are a little longer,
// because requests bunch up on their way.
const QUERIES = { limit: 10, windowMs: 1_050 }
const CREATES = { limit: 20, windowMs: 10_500 }
const QUERY_WAIT_MS = 10_000
const CREATE_WAIT_MS = 20_000

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000
// Longer than this Kie is not taken at its word, but asked again.
const LONGEST_TOLD_MS = 5 * 60_000
// A pause that is over within this is waited out here; of a longer one the browser is told.
const ABSORBED_MS = 3_000
const rateLimited = new Set([429, 430])

/**
 * Keeps to Kie's limits for all users together, and when Kie still says 429, lets everybody pause; in all processes, where
 * their store keeps rates.
 */
export function createPacedUpstream(
  upstream: Upstream,
  rates: StoreRates | undefined,
  logger: GatewayLogger,
): PacedUpstream {
  const rateOf = (name: string, rate: RateLimit) =>
    rates ? createSharedRate(name, rate, rates, logger) : createRate(rate)
  const queries = createFairQueue(rateOf('queries', QUERIES), QUERY_WAIT_MS)
  const creates = createFairQueue(rateOf('creates', CREATES), CREATE_WAIT_MS)
  let refusedInARow = 0
  let pausedAt = 0

  function pauseAll(askedAt: number, retryAfterMs: number | null): number {
    // What was under way together is refused together: one refusal.
    if (askedAt > pausedAt) refusedInARow += 1
    pausedAt = Date.now()
    const usual = Math.min(FIRST_PAUSE_MS * 2 ** Math.max(0, refusedInARow - 1), LONGEST_PAUSE_MS)
    const ms = Math.min(retryAfterMs ?? usual, LONGEST_TOLD_MS)
    queries.pause(ms)
    creates.pause(ms)
    rates
      ?.pause(ms)
      .catch((error: unknown) => logger.warn({ err: error }, 'Other processes could not be told to pause.'))
    return ms
  }

  // A 429 is the one answer after which a create may be sent again: Kie has neither queued nor charged it.
  async function ask(
    queue: typeof queries,
    userId: string,
    question: UpstreamQuestion,
    mayWait = true,
  ): Promise<UpstreamAnswer> {
    await queue.turn(userId)
    const askedAt = Date.now()
    const answer = await upstream(question)
    if (answer.kind !== 'answered' || !rateLimited.has(answer.code)) {
      refusedInARow = 0
      return answer
    }
    const pauseMs = pauseAll(askedAt, answer.retryAfterMs)
    if (mayWait && pauseMs <= ABSORBED_MS) return ask(queue, userId, question, false)
    throw new Refusal(429, 'Kie.ai takes no more requests at the moment. Try again shortly.', {
      headers: retryAfterHeader(pauseMs),
    })
  }

  return {
    query: (userId, question) => ask(queries, userId, question),
    create: (userId, question) => ask(creates, userId, question),
    close() {
      queries.close()
      creates.close()
    },
  }
}
