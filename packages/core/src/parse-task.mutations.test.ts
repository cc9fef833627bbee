import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isKieError, type KieErrorKind } from './kie-error.ts'
import { flawOf } from './parse-task.test.flaw.ts'
import { jsonOf, monstrous, mutatedBody, record } from './parse-task.test.mutate.ts'
import { parseTask } from './parse-task.ts'

// More runs on demand: KIEKIT_MUTATIONS=100000 vitest run --project node packages/core/src/parse-task.mutations.test.ts
const { process } = globalThis as { process?: { env: Record<string, string | undefined> } }
const runs = Number(process?.env['KIEKIT_MUTATIONS'] ?? 5000)

const errorKinds: readonly KieErrorKind[] = [
  'auth',
  'credits',
  'validation',
  'not-found',
  'rate-limit',
  'busy',
  'input-file',
  'unsupported',
  'server',
  'timeout',
  'invalid-response',
]

/** A valid task that JSON brings back unchanged, or a KieError: nothing else may come of a body. */
function expectTaskOrError(body: unknown): void {
  let task: unknown
  try {
    task = parseTask(body)
  } catch (error) {
    if (!isKieError(error)) throw error
    expect(errorKinds).toContain(error.kind)
    expect(error.message).not.toContain('abcdef0123456789abcdef0123456789')
    return
  }
  expect(flawOf(task)).toBeUndefined()
  expect(JSON.parse(JSON.stringify(task))).toStrictEqual(task)
  expect(structuredClone(task)).toStrictEqual(task)
}

it(`reads ${runs} mutated bodies as valid tasks or throws KieErrors`, { timeout: 60_000 + runs * 20 }, () => {
  fc.assert(fc.property(mutatedBody, expectTaskOrError), { numRuns: runs })
  expect({}).toStrictEqual(Object.create(Object.prototype))
})

it('reads bodies that went through JSON, as they come over the network', { timeout: 60_000 }, () => {
  const text = mutatedBody.map(jsonOf)
  fc.assert(fc.property(text, expectTaskOrError), { numRuns: Math.ceil(runs / 5) })
})

it.each(monstrous.map((monster, index) => [index, monster] as const))(
  'gets through monstrous field %i',
  { timeout: 60_000 },
  (_, monster) => {
    for (const name of [
      'taskId',
      'model',
      'state',
      'param',
      'resultJson',
      'failCode',
      'failMsg',
      'createTime',
      'other',
    ]) {
      for (const state of ['success', 'fail'])
        expectTaskOrError(record({ state, resultJson: { resultUrls: ['https://a.test/1'] }, [name]: monster() }))
    }
    for (const name of ['resultUrls', 'resultWaterMarkUrls', 'data', 'resultObject', 'text', 'title']) {
      const resultJson = { resultUrls: ['https://a.test/1.mp4'], [name]: monster() }
      expectTaskOrError(record({ state: 'success', resultJson }))
      expectTaskOrError(record({ state: 'success', resultJson: jsonOf(resultJson) }))
    }
    expectTaskOrError({ code: 500, msg: monster(), data: monster() })
    expectTaskOrError(monster())
  },
)
