import { expect, it } from 'vitest'
import { kieError } from './describe-error.ts'
import { isKieError, KieError, type KieErrorKind } from './kie-error.ts'
import { kindOfCode } from './kind-of-code.ts'

const kinds: Record<KieErrorKind, 'final' | 'retryable'> = {
  auth: 'final',
  credits: 'final',
  validation: 'final',
  'not-found': 'final',
  'rate-limit': 'retryable',
  busy: 'retryable',
  'input-file': 'final',
  unsupported: 'final',
  server: 'retryable',
  network: 'retryable',
  timeout: 'retryable',
  aborted: 'final',
  'invalid-response': 'final',
}

it.each(Object.entries(kinds))('an error of kind %s is %s and says what to do', (kind, verdict) => {
  const error = kieError({ kind: kind as KieErrorKind })
  expect(error.retryable).toBe(verdict === 'retryable')
  expect(error.message).toMatch(/^Kiekit: .+\. .+\. .+\.$/)
  expect(error).toMatchObject({ name: 'KieError', code: null, httpStatus: null, retryAfterMs: null, outcome: 'known' })
})

it.each([
  [400, 'validation'],
  [401, 'auth'],
  [402, 'credits'],
  [403, 'auth'],
  [404, 'not-found'],
  [405, 'rate-limit'],
  [408, 'timeout'],
  [409, 'validation'],
  [413, 'validation'],
  [422, 'validation'],
  [429, 'rate-limit'],
  [430, 'rate-limit'],
  [433, 'credits'],
  [451, 'input-file'],
  [455, 'busy'],
  [500, 'server'],
  [503, 'server'],
  [505, 'unsupported'],
  [524, 'server'],
  [550, 'busy'],
])('the code %i means %s', (code, kind) => {
  expect(kindOfCode(code, null)).toBe(kind)
})

it('tells an unknown task from other invalid requests by its text', () => {
  expect(kindOfCode(422, 'recordInfo is null')).toBe('not-found')
  expect(kindOfCode(422, 'The task does not exist')).toBe('not-found')
  expect(kindOfCode(422, 'The model name you specified is not supported.')).toBe('validation')
})

it('quotes the server, without what looks like a key', () => {
  const error = kieError({ kind: 'auth', code: 401, said: 'Bad key sk-abcdefgh1234' })
  expect(error.message).toContain('(code 401: Bad key [redacted])')
  expect(kieError({ kind: 'server', httpStatus: 502 }).message).toContain('(HTTP 502)')
})

it('is known by its brand, also when another copy of the package made it', () => {
  const foreign = { [Symbol.for('@kiekit/core/KieError')]: true, kind: 'network' }
  expect(isKieError(new KieError('x', { kind: 'network' }))).toBe(true)
  expect(isKieError(foreign)).toBe(true)
  expect(isKieError(new Error('x'))).toBe(false)
  expect(isKieError(null)).toBe(false)
  expect(isKieError('KieError')).toBe(false)
})

it('keeps its cause', () => {
  const cause = new TypeError('fetch failed')
  expect(new KieError('x', { kind: 'network', cause }).cause).toBe(cause)
  expect('cause' in new KieError('x', { kind: 'network' })).toBe(false)
})
