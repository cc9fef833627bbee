import { envelopeText } from '../envelope.ts'
import type { GatewayParts, Route } from '../parts.ts'
import { hasNode } from '../runtime.ts'
import { passingOn, trouble, type UpstreamAnswer } from '../upstream.ts'

type Answer = Extract<UpstreamAnswer, { kind: 'answered' }>

const FRESH_MS = 5_000

/** What is left on the account, asked for once however many browsers show it. */
export function credits({ authorize, upstream }: GatewayParts): Route {
  let last: { at: number; answer: Answer } | null = null
  let asking: Promise<Answer> | null = null

  async function ask(userId: string): Promise<Answer> {
    const answer = await upstream.query(userId, { method: 'GET', path: '/api/v1/chat/credit' })
    if (answer.kind === 'silent') throw trouble(answer)
    last = { at: Date.now(), answer }
    return answer
  }

  function askOnce(userId: string): Promise<Answer> {
    if (!hasNode()) return ask(userId)
    return (asking ??= ask(userId).finally(() => (asking = null)))
  }

  return async (context) => {
    const user = await authorize({ request: context.req.raw, action: 'credits', taskId: null })
    const answer = last && Date.now() - last.at <= FRESH_MS ? last.answer : await askOnce(user.id)
    return envelopeText(answer.text, passingOn(answer))
  }
}
