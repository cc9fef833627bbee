import { inTime } from './in-time.ts'
import type { GatewayLogger } from './logger.ts'
import { createRate, type Rate, type RateLimit } from './rate.ts'
import type { StoreRates, StoreTurn } from './store.ts'

// A store that is slower than this holds up more than it helps; it is tried again after a while.
const PATIENCE_MS = 500
const TRY_AGAIN_MS = 5_000

/**
 * A rate that all processes keep together, in the store. While the store fails, this process counts for itself: a question
 * too many costs a 429 of Kie's, no question at all costs the users everything.
 */
export function createSharedRate(name: string, rate: RateLimit, rates: StoreRates, logger: GatewayLogger): Rate {
  const own = createRate(rate)
  let isFailing = false
  let trustedFrom = 0

  async function askStore(): Promise<StoreTurn> {
    try {
      const turn = await inTime(rates.take(name, rate), PATIENCE_MS, tooSlow)
      if (isFailing) logger.info({ rate: name }, 'The store counts the requests to Kie.ai again, for all processes.')
      isFailing = false
      return turn
    } catch (error) {
      if (!isFailing) {
        const message = 'The store does not count the requests to Kie.ai: this process counts its own for now.'
        logger.warn({ err: error, rate: name }, message)
      }
      isFailing = true
      trustedFrom = Date.now() + TRY_AGAIN_MS
      return { kind: 'taken' }
    }
  }

  return {
    ...own,
    async take() {
      // What this process alone has used up, the store need not be asked for.
      const ms = own.waitMs()
      if (ms > 0 || Date.now() < trustedFrom) return own.take()
      const turn = await askStore()
      if (turn.kind === 'taken') return own.take()
      if (turn.kind === 'paused') own.pause(turn.waitMs)
      return Math.max(1, turn.waitMs)
    },
  }
}

function tooSlow(): never {
  throw new Error(`no answer within ${PATIENCE_MS} ms`)
}
