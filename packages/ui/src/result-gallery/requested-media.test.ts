import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRatio, requestedCount, requestedPrompt, requestedRatio } from './requested-media.ts'

type Input = Parameters<typeof parseRatio>[0]
const request = (input: Record<string, Exclude<Input, undefined>>) => ({ model: 'm', input, callBackUrl: null })

describe('the shape that a request asks for', () => {
  it.each([
    ['16:9', 16 / 9],
    ['9:16', 9 / 16],
    ['1024x1536', 1024 / 1536],
    ['1024*768', 4 / 3],
    ['1024 × 1024', 1],
    ['21:9', 21 / 9],
    ['portrait_16_9', 9 / 16],
    ['square_hd', 1],
    ['landscape_4_3', 4 / 3],
    ['portrait_4_3', 3 / 4],
    ['portrait', 9 / 16],
    ['landscape', 16 / 9],
    ['square', 1],
    [1.5, 1.5],
  ])('reads %s', (value, ratio) => {
    expect(parseRatio(value)).toBeCloseTo(ratio)
  })

  it.each(['auto', '1K', '720p', '', '0:1', '1:0', '1:100', 'constructor', '16:9:4'])('leaves %j alone', (value) => {
    expect(parseRatio(value)).toBeNull()
  })

  it('reads sizes as objects and as width and height', () => {
    expect(requestedRatio(request({ image_size: { width: 800, height: '400' } }))).toBe(2)
    expect(requestedRatio(request({ width: 300, height: 400 }))).toBe(0.75)
  })

  it('trusts a ratio before a resolution, and passes over what says nothing', () => {
    expect(requestedRatio(request({ resolution: '1024x1024', aspect_ratio: '16:9' }))).toBeCloseTo(16 / 9)
    expect(requestedRatio(request({ aspect_ratio: 'auto', size: '1536x1024' }))).toBe(1.5)
  })

  it('is a square where nothing was asked for', () => {
    expect(requestedRatio(null)).toBe(1)
    expect(requestedRatio(request({ prompt: 'x' }))).toBe(1)
  })

  it('is always a shape that can be seen, whatever the input holds', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('aspect_ratio', 'size', 'width', 'height'), fc.jsonValue()),
        (input) => {
          const ratio = requestedRatio(request(input as Record<string, Exclude<Input, undefined>>))
          return ratio >= 0.2 && ratio <= 5
        },
      ),
    )
  })
})

describe('how many results a request asks for', () => {
  it.each([
    [{ num_images: 4 }, 4],
    [{ n: '2' }, 2],
    [{ max_images: 3 }, 3],
    [{}, 1],
    [{ n: 0 }, 1],
    [{ n: -3 }, 1],
    [{ n: 'many' }, 1],
    [{ n: 1e9 }, 100],
  ])('reads %j as %i', (input, count) => {
    expect(requestedCount(request(input as Record<string, number | string>))).toBe(count)
  })
})

describe('the prompt as a description', () => {
  it('is one line, and short', () => {
    expect(requestedPrompt(request({ prompt: ' a\n quiet\tharbour ' }))).toBe('a quiet harbour')
    expect(requestedPrompt(request({ prompt: 'word '.repeat(2000) }))?.length).toBeLessThanOrEqual(120)
  })

  it('is what a voice is to say', () => {
    expect(requestedPrompt(request({ text: 'Good evening.', voice: 'Rachel' }))).toBe('Good evening.')
    expect(requestedPrompt(request({ dialogue: [{ text: 'Hello?', voice: 'Liam' }, { text: 'Yes.' }] }))).toBe('Hello?')
    expect(requestedPrompt(request({ prompt: '', dialogue_turns: [{ speaker: 'A', text: 'Hi.' }] }))).toBe('Hi.')
  })

  it('has no half of a character at its end', () => {
    expect(requestedPrompt(request({ prompt: '🌊'.repeat(200) }))).toBe(`${'🌊'.repeat(119)}…`)
  })

  it('is absent where there is none', () => {
    expect(requestedPrompt(request({ prompt: '  ' }))).toBeNull()
    expect(requestedPrompt(request({ prompt: 7 }))).toBeNull()
    expect(requestedPrompt(null)).toBeNull()
  })
})
