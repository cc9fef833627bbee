import type { RequestHandler } from 'msw'
import { expectTypeOf, test } from 'vitest'
import type { FakeKieOptions, FakeTask, FaultName, Scenario } from './index.ts'
import { createFakeKie } from './index.ts'

test('a fake stands in for fetch, a server and MSW handlers', () => {
  const fake = createFakeKie({ speed: 2, seed: 1, now: () => 0 })
  expectTypeOf(fake.fetch).toEqualTypeOf<typeof fetch>()
  expectTypeOf(fake.handlers).toEqualTypeOf<RequestHandler[]>()
  expectTypeOf(fake.listen).returns.resolves.toHaveProperty('port').toEqualTypeOf<number>()
})

test('scenarios are chosen by name, written out, or made for the request', () => {
  expectTypeOf<'image'>().toExtend<NonNullable<FakeKieOptions['scenarios']>[string]>()
  expectTypeOf<Scenario>().toExtend<NonNullable<FakeKieOptions['scenarios']>[string]>()
  expectTypeOf<() => Scenario>().toExtend<NonNullable<FakeKieOptions['scenarios']>[string]>()
  const scenario: Scenario = {
    steps: [{ state: 'a state of tomorrow', afterMs: [0, 10] }],
    outcome: { state: 'success', afterMs: 5, result: { files: ['hills-1x1.png', 'https://files.test/a.png'] } },
  }
  // @ts-expect-error a failure has a code and a message, even if null
  const incomplete: Scenario = { steps: [], outcome: { state: 'fail', afterMs: 5 } }
  expectTypeOf([scenario, incomplete]).toEqualTypeOf<Scenario[]>()
})

test('faults are named', () => {
  expectTypeOf<'offline'>().toExtend<FaultName>()
  // @ts-expect-error no such fault
  createFakeKie().inject('off-line')
  expectTypeOf<FakeTask['scenario']>().toEqualTypeOf<Scenario>()
})
