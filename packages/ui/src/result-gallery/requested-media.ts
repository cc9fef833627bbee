import type { JsonValue, TaskRequest } from '@kiekit/core'
import { safeUrl } from './safe-url.ts'

/**
 * The shape names of models that know no numbers, as `square_hd` and `portrait_4_3`, which is taller than wide. Without
 * numbers they are Sora 2's, whose films have no other shapes than 16:9 and 9:16 (Kie's pages of `sora-2-*`).
 */
const named = /^(square|portrait|landscape)(?:_hd|_(\d{1,2})_(\d{1,2}))?$/

/** The inputs that carry a shape, in the order of trust: a ratio is meant as one, a resolution may be only a quality. */
const shapeInputs = ['aspect_ratio', 'aspectRatio', 'ratio', 'image_size', 'imageSize', 'size', 'resolution']
const imageInputs = [
  'image_url',
  'image_urls',
  'imageUrl',
  'imageUrls',
  'image_input',
  'input_image',
  'input_urls',
  'inputImage',
  'image',
  'images',
  'filesUrl',
]
/** ElevenLabs' and Gemini's voices are given `text`, `dialogue` or `dialogue_turns` (Kie's pages of these models). */
const promptInputs = ['prompt', 'text', 'dialogue', 'dialogue_turns']
const countInputs = ['num_images', 'numImages', 'n', 'max_images', 'nVariants', 'num_outputs', 'batch_size']

/** Shapes beyond these would leave nothing to see; no model makes them. */
const narrowest = 1 / 5
const widest = 5
/** Nobody waits for more at once, and a wrong number must not fill the page. */
const mostSkeletons = 100

function ratioOf(width: number, height: number): number | null {
  const ratio = width / height
  return ratio >= narrowest && ratio <= widest ? ratio : null
}

function positive(value: JsonValue | undefined): number {
  const number = typeof value === 'string' ? Number(value) : value
  return typeof number === 'number' && number > 0 && number < Infinity ? number : Number.NaN
}

/** Width by height of one value: `'16:9'`, `'1024x1536'`, `'portrait_16_9'`, `1.5` or `{ width, height }`; `null` for `'auto'`. */
export function parseRatio(value: JsonValue | undefined): number | null {
  if (typeof value === 'number') return ratioOf(value, 1)
  if (typeof value === 'string') {
    const pair = /^\s*([\d.]+)\s*[:/x×*]\s*([\d.]+)\s*$/i.exec(value)
    if (pair) return ratioOf(Number(pair[1]), Number(pair[2]))
    const [, shape, one = '16', other = '9'] = named.exec(value.trim().toLowerCase()) ?? []
    if (shape === undefined) return null
    const long = Math.max(Number(one) / Number(other), Number(other) / Number(one))
    return ratioOf(shape === 'landscape' ? long : 1, shape === 'portrait' ? long : 1)
  }
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    return ratioOf(positive(value['width']), positive(value['height']))
  }
  return null
}

/** The ratio, width by height, that the request asked for; 1 where it asked for none. */
export function requestedRatio(request: TaskRequest | null | undefined): number {
  const input = request?.input ?? {}
  for (const name of shapeInputs) {
    const ratio = parseRatio(input[name])
    if (ratio !== null) return ratio
  }
  return ratioOf(positive(input['width']), positive(input['height'])) ?? 1
}

/** How many results the request asked for, 1 to 100; 1 where it did not say. */
export function requestedCount(request: TaskRequest | null | undefined): number {
  const input = request?.input ?? {}
  for (const name of countInputs) {
    const count = Math.floor(positive(input[name]))
    if (count >= 1) return Math.min(count, mostSkeletons)
  }
  return 1
}

/** The words of a text, or the first ones of a dialogue: its turns are objects. */
function wordsOf(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return wordsOf(value[0])
  return value && typeof value === 'object' ? wordsOf(value['text']) : ''
}

/**
 * The beginning of the prompt, or of the words that a model is to speak, for a description of the result; `null` where
 * there are none.
 */
export function requestedPrompt(request: TaskRequest | null | undefined): string | null {
  const prompt = promptInputs.map((name) => wordsOf(request?.input[name]).trim()).find(Boolean)
  if (prompt === undefined) return null
  // A prompt may have 10,000 characters: no more of it is read than the description can show. An emoji is not cut in two.
  const characters = [...prompt.slice(0, 400).replaceAll(/\s+/g, ' ')]
  return characters.length > 120 ? `${characters.slice(0, 119).join('').trimEnd()}…` : characters.join('')
}

/** The first picture that the request was given, for models that change one; `null` where there is none. */
export function requestedImage(request: TaskRequest | null | undefined): string | null {
  const input = request?.input ?? {}
  for (const name of imageInputs) {
    const value = input[name]
    const first = Array.isArray(value) ? value[0] : value
    const url = typeof first === 'string' ? safeUrl(first) : null
    if (url !== null) return url
  }
  return null
}
