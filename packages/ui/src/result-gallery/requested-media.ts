import type { JsonValue, TaskRequest } from '@kiekit/core'
import { safeUrl } from './safe-url.ts'

/** The shape names of models that know no numbers. */
const named: Record<string, number> = {
  square: 1,
  square_hd: 1,
  portrait: 3 / 4,
  portrait_4_3: 3 / 4,
  portrait_3_2: 2 / 3,
  portrait_16_9: 9 / 16,
  landscape: 4 / 3,
  landscape_4_3: 4 / 3,
  landscape_3_2: 3 / 2,
  landscape_16_9: 16 / 9,
  landscape_21_9: 21 / 9,
}

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
    const pair = /^\s*(\d{1,5}(?:\.\d{1,4})?)\s*[:/x×*]\s*(\d{1,5}(?:\.\d{1,4})?)\s*$/i.exec(value)
    if (pair) return ratioOf(Number(pair[1]), Number(pair[2]))
    const name = value.trim().toLowerCase()
    return Object.hasOwn(named, name) ? (named[name] ?? null) : null
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

/** The beginning of the prompt, for a description of the picture; `null` where there is none. */
export function requestedPrompt(request: TaskRequest | null | undefined): string | null {
  const prompt = request?.input['prompt']
  if (typeof prompt !== 'string') return null
  // A prompt may have 10,000 characters: no more of it is read than the description can show.
  const text = prompt.slice(0, 400).replaceAll(/\s+/g, ' ').trim()
  if (text === '') return null
  return text.length > 120 ? `${text.slice(0, 119).trimEnd()}…` : text
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
