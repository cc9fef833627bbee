import { describe, expect, it } from 'vitest'
import { openJson, parseJson, toJson } from './safe-json.ts'

describe('toJson', () => {
  it('copies plain JSON as it is', () => {
    const value = { text: 'a', number: 1.5, yes: true, none: null, list: [1, ['b']], inner: { deep: {} } }
    expect(toJson(value)).toEqual(value)
    expect(toJson(value)).not.toBe(value)
  })

  it('leaves out the keys that could reach a prototype', () => {
    const hostile: unknown = JSON.parse(
      '{"__proto__":{"bad":1},"constructor":{"prototype":{"bad":1}},"prototype":1,"ok":2}',
    )
    const copy = toJson(hostile)
    expect(Object.keys(copy as object)).toEqual(['ok'])
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype)
    expect(({} as Record<string, unknown>)['bad']).toBeUndefined()
  })

  it('reads what JSON.stringify would change as what it would become', () => {
    expect(toJson([Infinity, Number.NaN, -0, undefined, () => 1])).toEqual([null, null, 0, null, null])
    expect(toJson({ gone: undefined, fn: () => 1, big: 1n, sym: Symbol('s') })).toEqual({})
  })

  it('drops cycles and getters that throw', () => {
    const loop: Record<string, unknown> = { ok: 1 }
    loop['self'] = loop
    loop['list'] = [loop]
    Object.defineProperty(loop, 'trap', {
      enumerable: true,
      get: () => {
        throw new Error('trap')
      },
    })
    expect(toJson(loop)).toEqual({ ok: 1, list: [null] })
  })

  it('reads a proxy that refuses everything as null', () => {
    const refuse = () => {
      throw new Error('no')
    }
    expect(toJson(new Proxy({}, { ownKeys: refuse }))).toBeNull()
    expect(toJson({ inner: new Proxy({}, { ownKeys: refuse }), after: 1 })).toBeNull()
  })

  it('cuts off what is too deep', () => {
    let deep: unknown = 'bottom'
    for (let level = 0; level < 5000; level++) deep = { deep }
    const text = JSON.stringify(toJson(deep))
    expect(text).not.toContain('bottom')
    expect(text.length).toBeLessThan(1000)
  })

  it('stops at a number of values, also where shared branches would multiply without end', () => {
    let branch: unknown = ['leaf']
    for (let level = 0; level < 30; level++) branch = [branch, branch, branch, branch]
    expect(JSON.stringify(toJson(branch)).length).toBeLessThan(1_000_000)
    const wide = toJson(Array.from({ length: 100_500 }, () => 1))
    expect(Array.isArray(wide) && wide.length).toBe(100_000)
    const many = Object.fromEntries(Array.from({ length: 100_010 }, (_, index) => [`k${index}`, 1]))
    expect(Object.keys(toJson(many) as object)).toHaveLength(100_000)
  })
})

describe('parseJson', () => {
  it('says undefined of what is no JSON', () => {
    expect(parseJson('{not json')).toBeUndefined()
    expect(parseJson('')).toBeUndefined()
    expect(parseJson('null')).toBeNull()
  })

  it('survives a nesting of a hundred thousand', () => {
    const text = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    expect(() => parseJson(text)).not.toThrow()
  })
})

describe('openJson', () => {
  it('opens JSON inside JSON', () => {
    expect(openJson(JSON.stringify(JSON.stringify({ a: JSON.stringify([1]) })))).toEqual({ a: '[1]' })
  })

  it('leaves a text that is no JSON, and what is no text', () => {
    expect(openJson('hello')).toBe('hello')
    expect(openJson('{hello')).toBe('{hello')
    expect(openJson(undefined)).toBeNull()
    expect(openJson(5)).toBe(5)
  })
})
