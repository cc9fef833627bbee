import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { peek } from './peek.ts'

describe('a look at the first bytes of a body', () => {
  it('gives them and leaves the body whole, however it is cut, and reads no piece too many', async () => {
    const cut = fc.array(fc.uint8Array({ minLength: 1, maxLength: 9 }), { maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(cut, fc.nat(60), async (pieces, count) => {
        const whole = pieces.flatMap((piece) => [...piece])
        let read = 0
        async function* source() {
          for (const piece of pieces) {
            read += piece.length
            yield Uint8Array.from(piece)
          }
        }
        const { head, body } = await peek(source(), count)
        expect([...head]).toEqual(whole.slice(0, count))
        expect(read).toBeLessThan(count + 9)
        const again: number[] = []
        for await (const piece of body) again.push(...piece)
        expect(again).toEqual(whole)
      }),
    )
  })

  it('lets the source go when the rest is not wanted', async () => {
    let released = false
    async function* source() {
      try {
        for (;;) yield Uint8Array.of(1, 2, 3)
      } finally {
        released = true
      }
    }
    const { body } = await peek(source(), 4)
    for await (const _ of body) break
    expect(released).toBe(true)
  })
})
