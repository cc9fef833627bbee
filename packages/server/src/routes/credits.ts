import { envelopeText } from '../envelope.ts'
import type { GatewayParts, Route } from '../parts.ts'
import { passingOn, trouble } from '../upstream.ts'

const FRESH_MS = 5_000

/** What is left on the account, asked for once however many browsers show it. */
export function credits({ authorize, upstream }: GatewayParts): Route {
  let last: { at: number; answer: ReturnType<typeof upstream.query> } | null = null
  return async (context) => {
    const user = await authorize({ request: context.req.raw, action: 'credits', taskId: null })
    if (last === null || Date.now() - last.at > FRESH_MS) {
      const asked = { at: Date.now(), answer: upstream.query(user.id, { method: 'GET', path: '/api/v1/chat/credit' }) }
      last = asked
      asked.answer.catch(() => {
        if (last === asked) last = null
      })
    }
    const answer = await last.answer
    if (answer.kind === 'silent') throw trouble(answer)
    return envelopeText(answer.text, passingOn(answer))
  }
}
