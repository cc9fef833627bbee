import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readable } from './readable.ts'
import { redact } from './redact.ts'

describe('redact', () => {
  it.each([
    ['with key 4f3c2b1a9d8e7f60', '4f3c2b1a9d8e7f60'],
    ['Authorization: Bearer abc.def-123', 'abc.def-123'],
    ['authorization=abcdef', 'abcdef'],
    ['bearer   tok_12', 'tok_12'],
    ['{"api_key":"hunter2"}', 'hunter2'],
    ["'apiKey': 'hunter2'", 'hunter2'],
    ['api key = hunter2', 'hunter2'],
    ['x-api-key:hunter2', 'hunter2'],
    ['?token=hunter2&x=1', 'hunter2'],
    ['password: hunter2', 'hunter2'],
    ['sk-live_abcdef', 'sk-live_abcdef'],
    ['used kie-abcdefgh today', 'kie-abcdefgh'],
    ['fa1a3cb394470bea71a3ae2df82a1a5c', 'fa1a3cb394470bea71a3ae2df82a1a5c'],
    ['d9428888-122b-11e1-b85c-61cd3cbb3210', 'd9428888-122b-11e1-b85c-61cd3cbb3210'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0', 'eyJhbGciOiJIUzI1NiJ9'],
    ['AIzaSyD1abc_DEFghiJKLmnoPQRstuVWXyz', 'AIzaSyD1'],
  ])('hides the key in %j', (text, key) => {
    expect(redact(text)).not.toContain(key)
    expect(redact(text)).toContain('[redacted]')
  })

  it.each([
    'The current content could not be processed',
    'CONTENT_POLICY_BLOCKED: The input or output was flagged as sensitive.',
    'PUBLIC_ERROR_PROMINENT_PEOPLE_FILTER_FAILED',
    'The model gpt-image-2-text-to-image is not supported',
    'bytedance/seedance-2-image-to-video is busy',
    'the key word is missing',
    'prompt is required',
  ])('leaves %j as it is', (text) => {
    expect(redact(text)).toBe(text)
  })

  it('hides any key of 32 hex digits, whatever stands around it', () => {
    const key = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 })
    const letterAndDigit = key.filter((text) => /\d/.test(text) && /[a-f]/.test(text))
    fc.assert(
      fc.property(fc.string(), letterAndDigit, fc.string(), (before, secret, after) => {
        expect(redact(`${before}${secret}${after}`)).not.toContain(secret)
      }),
    )
  })
})

describe('readable', () => {
  it('shortens what nobody would read', () => {
    const text = readable(`start ${'word '.repeat(100_000)}`)
    expect(text).toMatch(/^start word .*…$/)
    expect(text.length).toBeLessThanOrEqual(1001)
  })

  it('does not cut a key in two, so that its first half would show', () => {
    const secret = 'a1'.repeat(50)
    const text = `${'!'.repeat(4900)} ${secret} end`
    expect(readable(text)).not.toContain('a1a1')
    const fine = `${'abcdefg '.repeat(124)}${secret}`
    expect(readable(fine)).not.toContain('a1a1')
  })

  it('cuts a text without blanks too', () => {
    expect(readable('!'.repeat(6000))).toBe(`${'!'.repeat(1000)}…`)
  })
})
