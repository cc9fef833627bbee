import { envelopeText } from '../envelope.ts'
import type { GatewayParts, Route } from '../parts.ts'
import { passingOn, trouble, type UpstreamAnswer } from '../upstream.ts'

const FRESH_MS = 5_000

/** What is left on the account, asked for once however many browsers show it. */
export function credits({ authorize, upstream }: GatewayParts): Route {
  let last: { at: number; answer: Extract<UpstreamAnswer, { kind: 'answered' }> } | null = null
  return async (context) => {
    const user = await authorize({ request: context.req.raw, action: 'credits', taskId: null })
    if (last === null || Date.now() - last.at > FRESH_MS) {
      const answer = await upstream.query(user.id, { method: 'GET', path: '/api/v1/chat/credit' })
      if (answer.kind === 'silent') throw trouble(answer)
      last = { at: Date.now(), answer }
    }
    return envelopeText(last.answer.text, passingOn(last.answer))
  }
}
