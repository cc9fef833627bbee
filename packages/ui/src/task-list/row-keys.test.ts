import { describe, expect, it } from 'vitest'
import { rowKeysOf } from './row-keys.ts'

describe('the keys of rows', () => {
  it('are the ids, so that a row stays itself when others come before it', () => {
    expect(rowKeysOf(['a', 'b']).list).toEqual(['a', 'b'])
    expect(rowKeysOf(['new', 'a', 'b']).indexOf.get('b')).toBe(2)
  })

  it('differ even where ids are missing or there twice', () => {
    const { list } = rowKeysOf(['a', 'a', null, null, 'a', ''])
    expect(new Set(list).size).toBe(list.length)
  })
})
