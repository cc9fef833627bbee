import type { KieErrorKind } from './kie-error.ts'

/** Kie's codes; HTTP statuses mean the same where no envelope came with them. */
const kinds: ReadonlyMap<number, KieErrorKind> = new Map([
  [401, 'auth'],
  [403, 'auth'],
  [402, 'credits'],
  [433, 'credits'],
  [404, 'not-found'],
  [405, 'rate-limit'],
  [429, 'rate-limit'],
  [430, 'rate-limit'],
  [408, 'timeout'],
  [451, 'input-file'],
  [455, 'busy'],
  [550, 'busy'],
  [505, 'unsupported'],
])

/** What a code of 400 and above says. */
export function kindOfCode(code: number, message: string | null): KieErrorKind {
  if (
    code === 422 &&
    message !== null &&
    /record ?info is null|task .*(?:not found|not exist)/i.test(message.slice(0, 500))
  )
    return 'not-found'
  return kinds.get(code) ?? (code >= 500 ? 'server' : 'validation')
}
