import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isKieTask } from './is-kie-task.ts'

describe('what another tab says', () => {
  it('is never taken for a task without being one', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (value) => {
        expect(isKieTask(value)).toBe(false)
      }),
    )
  })

  it('is a task with an id, a state and what the state brings', () => {
    const task = { taskId: 't', model: '' }
    expect(isKieTask({ ...task, state: 'waiting' })).toBe(true)
    expect(isKieTask({ ...task, state: 'success', results: [] })).toBe(true)
    expect(isKieTask({ ...task, state: 'fail', failure: {} })).toBe(true)
    expect(isKieTask({ ...task, state: 'success' })).toBe(false)
    expect(isKieTask({ ...task, state: 'fail', failure: null })).toBe(false)
    expect(isKieTask({ ...task, state: 'done' })).toBe(false)
    expect(isKieTask({ ...task, taskId: '', state: 'waiting' })).toBe(false)
  })
})
