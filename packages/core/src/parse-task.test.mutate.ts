import fc from 'fast-check'

export const record = (more: object) => ({ code: 200, msg: 'success', data: { taskId: 'abc', model: 'veo3', ...more } })
const param = JSON.stringify({ model: 'veo3', callBackUrl: 'https://a.test', input: JSON.stringify({ prompt: 'p' }) })
const bodies: readonly unknown[] = [
  record({ state: 'waiting', resultJson: '', failCode: null, failMsg: null, param, createTime: 1776398832382 }),
  record({ state: 'generating', progress: 45, updateTime: '1776398832382', creditsConsumed: null }),
  record({
    state: 'success',
    param,
    resultJson: { resultUrls: ['https://a.test/1.mp4', 'https://a.test/2'] },
    costTime: 8,
  }),
  record({
    state: 'success',
    resultJson: {
      resultUrls: ['https://a.test/1.mp4'],
      resultWaterMarkUrls: ['https://a.test/1w.mp4'],
      firstFrameUrl: 'https://a.test/1.png',
      lastFrameUrl: ['https://a.test/2.png'],
    },
  }),
  record({
    state: 'success',
    model: 'ai-music-api/generate',
    resultJson: {
      code: 200,
      data: [
        {
          audio_url: 'https://a.test/1.mp3',
          stream_audio_url: 'https://a.test/s',
          image_url: 'https://a.test/1.png',
          title: 't',
          duration: 180.5,
        },
      ],
    },
  }),
  record({
    state: 'success',
    model: 'elevenlabs/speech-to-text',
    resultJson: { resultObject: { data: [{ text: 'la', title: 't' }] } },
  }),
  record({ state: 'success', resultJson: { resultObject: { subject_status: 1 } } }),
  record({
    status: 'completed',
    outputs: ['https://a.test/1.png'],
    response: { resultUrls: ['https://a.test/2.png'] },
  }),
  record({
    state: 'fail',
    failCode: '422',
    failMsg: 'flagged, with key abcdef0123456789abcdef0123456789',
    consumeCredits: 0,
  }),
  { code: 501, msg: 'Generation failed', data: { taskId: 'abc', state: 'fail', failCode: 500 } },
  { code: 422, msg: 'recordInfo is null', data: null },
  { code: 429, message: 'Too many requests' },
  { taskId: 'abc', successFlag: 1, info: { resultUrls: ['https://a.test/1.mp4'] } },
]

const hostileText = fc.oneof(
  fc.constantFrom(
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'java\nscript:alert(1)',
    'https:relative.test/a.png',
    'https://',
    'https://[bad/a.png',
    '\ud800',
    'https://a.test/\udfff.png',
    '{"resultUrls":',
    '__proto__',
    'constructor',
    '1e999',
    'NaN',
    '2023-99-99T99:99:99Z',
  ),
  fc.string({ unit: 'binary' }),
  fc.webUrl(),
)
const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom(null, undefined, true, 0, -0, -1, 1.5, Infinity, Number.NaN, 1e308, {}, [], 501, 200, '501'),
  fc.jsonValue(),
  fc.object({
    withDate: true,
    withMap: true,
    withBigInt: true,
    withNullPrototype: true,
    withSparseArray: true,
    maxDepth: 2,
  }),
)

/** Seldom used, because they are large: a text of a megabyte, a nesting of thousands, lists and keys by the thousand. */
export const monstrous: readonly (() => unknown)[] = [
  () => 'a'.repeat(1_000_000),
  () => `https://a.test/${'.a'.repeat(500_000)}`,
  () => 'key key_ '.repeat(120_000),
  () => `${'['.repeat(5000)}${']'.repeat(5000)}`,
  () => Array.from({ length: 3000 }).reduce<unknown>((inner) => ({ data: inner }), 'https://a.test/deep.png'),
  () => Array.from({ length: 5000 }, (_, index) => `https://a.test/${index}.png`),
  () => Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`${index}watermark`, ['https://a.test/w.png']])),
]

type Mutation = { at: number; seldom: number } & (
  | { how: 'replace' | 'append'; value: unknown }
  | { how: 'add'; key: string; value: unknown }
  | { how: 'drop' | 'encode' | 'double' | 'loop' | 'trap' }
)
const key = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'state',
    'code',
    'data',
    'resultUrls',
    'image_url',
    'text',
  ),
  fc.string(),
)
const base = { at: fc.nat(), seldom: fc.nat({ max: 2000 }) }
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ ...base, how: fc.constantFrom('replace' as const, 'append' as const), value: hostileValue }),
  fc.record({ ...base, how: fc.constant('add' as const), key, value: hostileValue }),
  fc.record({
    ...base,
    how: fc.constantFrom('drop' as const, 'encode' as const, 'double' as const, 'loop' as const, 'trap' as const),
  }),
)

interface Place {
  holder: object
  key: string
}

function placesOf(holder: object, found: Place[] = [], depth = 0): Place[] {
  for (const name of Object.keys(holder)) {
    found.push({ holder, key: name })
    const inner: unknown = Object.getOwnPropertyDescriptor(holder, name)?.value
    if (typeof inner === 'object' && inner !== null && depth < 6 && found.length < 500)
      placesOf(inner, found, depth + 1)
  }
  return found
}

function put(holder: object, name: string, value: unknown): void {
  // The one property that takes only what it likes.
  if (Array.isArray(holder) && name === 'length') return
  Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true })
}

/** As JSON, where JSON can carry it. */
export function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    return '{"code":200}'
  }
}

function mutate(root: { body: unknown }, mutation: Mutation): void {
  const places = placesOf(root)
  const place = places[mutation.at % places.length]
  if (!place) return
  const { holder } = place
  const value: unknown = Object.getOwnPropertyDescriptor(holder, place.key)?.value
  const monster = monstrous[mutation.seldom]
  switch (mutation.how) {
    case 'replace':
      return put(holder, place.key, monster ? monster() : mutation.value)
    case 'append':
      return put(
        holder,
        place.key,
        typeof value === 'string' ? `${value}${jsonOf(mutation.value)}` : [value, mutation.value],
      )
    case 'add':
      return put(
        typeof value === 'object' && value !== null ? value : holder,
        mutation.key,
        monster ? monster() : mutation.value,
      )
    case 'drop':
      return void Reflect.deleteProperty(holder, place.key)
    case 'double':
      return put(holder, place.key, [value, value])
    case 'loop':
      return put(holder, place.key, holder)
    case 'trap':
      return void Object.defineProperty(holder, place.key, {
        enumerable: true,
        configurable: true,
        get: () => {
          throw new Error('trap')
        },
      })
    case 'encode':
      return put(holder, place.key, jsonOf(value))
  }
}

/** A body of Kie's with one to six things wrong in it. */
export const mutatedBody = fc
  .tuple(fc.constantFrom(...bodies), fc.array(mutation, { minLength: 1, maxLength: 6 }))
  .map(([body, mutations]) => {
    const root = { body: structuredClone(body) }
    for (const each of mutations) mutate(root, each)
    return Object.getOwnPropertyDescriptor(root, 'body')?.value as unknown
  })
