import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseObservations, stringifyObservations, withObservation } from './durations-storage.ts'

const filled = (models: number, samples: number) =>
  Array.from({ length: models * samples }, (_, index) => index).reduce(
    (known, index) => withObservation(known, `model-${Math.floor(index / samples)}`, 1000 + index),
    parseObservations(null),
  )

describe('what is kept of durations', () => {
  it('comes back as it was written', () => {
    const kept = filled(3, 5)
    expect(parseObservations(stringifyObservations(kept))).toEqual(kept)
  })

  it('is bounded: the models and durations learned last', () => {
    const kept = filled(80, 50)
    expect(kept.size).toBe(64)
    expect(kept.has('model-0')).toBe(false)
    expect(kept.get('model-79')).toHaveLength(40)
    expect(kept.get('model-79')?.at(-1)).toBe(1000 + 80 * 50 - 1)
    expect(stringifyObservations(kept).length).toBeLessThan(20_000)
  })

  it('leaves out durations that cannot be', () => {
    const none = parseObservations(null)
    for (const ms of [Number.NaN, Infinity, -Infinity, -1, 0, 0.4, 86_400_001, '5000', null, undefined, {}]) {
      expect(withObservation(none, 'model', ms)).toBe(none)
    }
  })

  it('leaves out models without a name, and names too long to be one', () => {
    const none = parseObservations(null)
    for (const model of ['', 'x'.repeat(201), null, undefined, 5, {}]) {
      expect(withObservation(none, model, 5000)).toBe(none)
    }
  })

  it('treats a model called __proto__ like any other', () => {
    const kept = withObservation(parseObservations(null), '__proto__', 5000)
    expect(parseObservations(stringifyObservations(kept)).get('__proto__')).toEqual([5000])
    expect(Object.prototype).not.toHaveProperty('0')
  })

  it('keeps the readable part of a store that is damaged', () => {
    expect(parseObservations('[["good",[1000,"x",null,-5,2000]],["bad"],7,null,["worse",{}]]')).toEqual(
      new Map([['good', [1000, 2000]]]),
    )
  })

  it('reads any text at all without an error, and keeps only what makes sense', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.constant('['.repeat(10_000))), (stored) => {
        for (const [model, samples] of parseObservations(stored)) {
          expect(model).not.toBe('')
          for (const ms of samples) expect(Number.isInteger(ms) && ms > 0 && ms <= 86_400_000).toBe(true)
        }
      }),
    )
  })
})
