import { describe, expect, it } from 'vitest'
import { fileNameOf, safeUrl } from './safe-url.ts'

describe('addresses of results', () => {
  it.each(['https://a.example/b.png', 'http://localhost:3000/x'])('keeps %s', (url) => {
    expect(safeUrl(url)).toBe(url)
  })

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    'blob:x',
    '/relative',
    'not an address',
    '',
  ])('refuses %j', (url) => {
    expect(safeUrl(url)).toBeNull()
  })

  it('names a file after the last part of its path', () => {
    expect(fileNameOf('https://a.example/r/my%20song.mid?sig=1')).toBe('my song.mid')
    expect(fileNameOf('https://a.example/%E0%A4%A')).toBe('%E0%A4%A')
    expect(fileNameOf('https://a.example/')).toBe('')
  })
})
