import { expect, it } from 'vitest'
import { readFailure } from './failure.ts'

it.each([
  // Texts and codes that were seen live.
  ['400', 'The current content could not be processed', 'content-policy', false],
  ['400', "Sorry, but the image we created may violate OpenAI's content policies", 'content-policy', false],
  ['422', 'CONTENT_POLICY_BLOCKED: The input or output was flagged as sensitive.', 'content-policy', false],
  ['501', 'PUBLIC_ERROR_PROMINENT_PEOPLE_FILTER_FAILED', 'content-policy', false],
  ['422', 'Invalid prompt: prompt contains prohibited content', 'content-policy', false],
  ['413', 'Song description contained artist name', 'content-policy', false],
  ['500', 'Lyrics contained copyrighted material', 'content-policy', false],
  ['422', 'Your media file is unavailable, please replace it.', 'input', false],
  ['422', 'prompt is required', 'input', false],
  ['500', 'Internal Error, Please try again later.', 'provider', true],
  ['500', 'Internal server error', 'provider', true],
  ['501', 'The Google model was unable to generate audio for this request', 'provider', true],
  ['501', 'Image generation task failed', 'provider', true],
  ['400', 'Generation failed, please try again or contact support', 'provider', true],
  ['4001', 'insufficient credits', 'credits', false],
  ['408', 'Upstream timed out', 'timeout', true],
  ['500', 'Internal server error: invalid response', 'provider', true],
  ['400', 'Model is at capacity', 'provider', true],
  ['422', 'White balance must be a number', 'input', false],
  ['433', 'Your quota is exceeded', 'credits', false],
  // Codes alone.
  ['400', undefined, 'content-policy', false],
  ['402', undefined, 'credits', false],
  ['408', undefined, 'timeout', true],
  ['422', undefined, 'input', false],
  ['501', undefined, 'provider', true],
  ['531', undefined, 'provider', true],
  ['777', 'Something odd', 'unknown', true],
  [undefined, undefined, 'unknown', true],
] as const)('reads %s %j as %s', (code, text, reason, worthRetrying) => {
  const failure = readFailure(code, text)
  expect(failure).toMatchObject({ code: code ?? '', reason, worthRetrying, providerMessage: text ?? null })
  expect(failure.message).toMatch(/^The|^There/)
})

it('counts the code 0 as no code', () => {
  expect(readFailure('0', undefined)).toMatchObject({ code: '', reason: 'unknown' })
})

it('hides keys in the provider’s text', () => {
  const failure = readFailure('500', 'generation failed for request with key 4f3c2b1a9d8e7f604f3c2b1a9d8e7f60')
  expect(failure.providerMessage).toBe('generation failed for request with key [redacted]')
})
