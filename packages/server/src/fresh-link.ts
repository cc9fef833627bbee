import type { PacedUpstream } from './paced-upstream.ts'
import { Refusal } from './refusal.ts'
import { hasNode } from './runtime.ts'
import { passingOn, trouble } from './upstream.ts'

/**
 * A fresh link for a file whose link has died; equal questions under way are asked once.
 *
 * @throws {Refusal} when Kie gives none.
 */
export type FreshLink = (url: string, userId: string) => Promise<string>

export function createFreshLink(upstream: PacedUpstream): FreshLink {
  const asking = new Map<string, Promise<string>>()

  async function ask(url: string, userId: string): Promise<string> {
    const answer = await upstream.query(userId, {
      method: 'POST',
      path: '/api/v1/common/download-url',
      body: JSON.stringify({ url }),
      contentType: 'application/json',
    })
    if (answer.kind === 'silent') throw trouble(answer)
    if (answer.code !== 200) throw new Refusal(answer.code, answer.msg, passingOn(answer))
    if (typeof answer.data !== 'string' || !/^https?:\/\//i.test(answer.data)) {
      throw new Refusal(500, 'Kie.ai gave no usable link. Try again later.', { status: 502 })
    }
    return answer.data
  }

  return (url, userId) => {
    if (!hasNode()) return ask(url, userId)
    const mine = asking.get(url) ?? ask(url, userId).finally(() => asking.delete(url))
    asking.set(url, mine)
    return mine
  }
}
