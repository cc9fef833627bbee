import type { JsonValue } from '@kiekit/core'
import type { FaultName } from './faults.ts'
import { isFaultName } from './faults.ts'
import type { MediaFile } from './media.ts'
import { clipOf, nearestShape, picturesOf } from './media.ts'
import { scenarioNameOfModel } from './model-scenarios.ts'
import type { FakeTaskRequest, Scenario, ScenarioResult, ScenarioStep } from './scenario.ts'

type ScenarioMaker = (request: FakeTaskRequest) => Scenario

/** Credits as published for common models of each kind. */
const price = { image: 4, video: 14.4, audio: 12, text: 0.8 }

/** Waiting, queuing and generating in the proportions of a short task. */
function pending(endMs: number): ScenarioStep[] {
  return [
    { state: 'waiting', afterMs: 0 },
    { state: 'queuing', afterMs: endMs * 0.15 },
    { state: 'generating', afterMs: endMs * 0.35 },
  ]
}

function succeeds(endMs: number, result: ScenarioResult, creditsConsumed: number): Scenario {
  return { steps: pending(endMs), outcome: { state: 'success', afterMs: endMs, result, creditsConsumed } }
}

function fails(code: string | null, message: string | null): () => Scenario {
  return () => ({ steps: pending(5000), outcome: { state: 'fail', afterMs: 5000, code, message, creditsConsumed: 0 } })
}

function staysAt(state: ScenarioStep['state']): () => Scenario {
  return () => ({ steps: [{ state, afterMs: 0 }] })
}

/** `count` pictures in the shape that the request asks for; another prompt begins with another picture. */
function pictures({ input }: FakeTaskRequest, count: number): MediaFile[] {
  const shape = nearestShape(input.aspect_ratio ?? input.image_size ?? input.ratio ?? input.size)
  const all = picturesOf(shape)
  const format = typeof input.output_format === 'string' ? input.output_format.replace('jpeg', 'jpg') : ''
  const asked = count === 1 ? all.filter((file) => file.endsWith(format)) : all
  const choice = asked.length > 0 ? asked : all
  const letters = typeof input.prompt === 'string' ? Array.from(input.prompt, (letter) => letter.charCodeAt(0)) : []
  const first = letters.reduce((sum, code) => (sum * 31 + code) % 9973, 0)
  return Array.from({ length: count }, (_, i) => choice[(first + i) % choice.length]).filter(
    (file) => file !== undefined,
  )
}

/** How many pictures the request asks for, in any of the spellings of Kie's models. */
function wantedPictures({ input }: FakeTaskRequest): number {
  const wish = Number(input.n ?? input.num_images ?? input.max_images ?? input.nVariants ?? 1)
  return Number.isInteger(wish) ? Math.min(1000, Math.max(1, wish)) : 1
}

const clip = ({ input }: FakeTaskRequest) => clipOf(input.aspect_ratio ?? input.ratio ?? input.size)
const json = (value: JsonValue): ScenarioResult => ({ resultJson: JSON.stringify(value) })
const lyrics =
  '[Verse]\nA light comes up behind the hill,\nthe lake lies open, wide and still.\n\n[Chorus]\nStay a little, stay until.'

const makers = {
  image: (request) => succeeds(6000, { files: pictures(request, 1) }, price.image),
  images: (request) => {
    const wanted = wantedPictures(request)
    const count = wanted > 1 ? wanted : 4
    return succeeds(8000, { files: pictures(request, count) }, price.image * count)
  },
  video: (request) => succeeds(16_000, { files: [clip(request)] }, price.video),
  webm: () => succeeds(16_000, { files: ['aurora-16x9.webm'] }, price.video),
  audio: () => succeeds(10_000, { tracks: 2 }, price.audio),
  speech: () => succeeds(6000, { files: ['morning.mp3'] }, price.audio),
  text: () =>
    succeeds(5000, json({ resultObject: { text: 'Hello from the recording.', language_code: 'eng' } }), price.text),
  lyrics: () =>
    succeeds(
      5000,
      json({ resultObject: { data: [{ text: lyrics, title: 'Open Water', status: 'complete' }] } }),
      price.text,
    ),
  data: () => succeeds(5000, json({ resultObject: { subject_status: 1 } }), price.text),
  masks: (request) => succeeds(5000, { files: pictures(request, 2), key: 'mask_urls' }, price.image),
  file: () => succeeds(6000, { files: ['notes.mid'] }, price.text),
  unplayable: () => succeeds(16_000, { files: ['unplayable-16x9.mp4'] }, price.video),
  mixed: (request) =>
    succeeds(12_000, { files: [...pictures(request, 1), clip(request), 'evening.mp3', 'notes.mid'] }, price.video),
  watermark: (request) => succeeds(16_000, { files: [clip(request)], watermarked: true }, price.video),
  frames: (request) => succeeds(16_000, { files: [clip(request)], frames: true }, price.video),
  progress: (request) => ({
    steps: [
      { state: 'waiting', afterMs: 0 },
      { state: 'queuing', afterMs: 1500 },
      { state: 'generating', afterMs: 3000, progress: [0, 99] },
    ],
    outcome: { state: 'success', afterMs: 16_000, result: { files: [clip(request)] }, creditsConsumed: price.video },
  }),
  'fail-content': fails('422', 'CONTENT_POLICY_BLOCKED: The input or output was flagged as sensitive.'),
  'fail-input': fails('422', 'Your media file is unavailable, please replace it.'),
  'fail-internal': fails('500', 'Internal Error, Please try again later.'),
  'fail-credits': fails('402', 'The current credits are insufficient. Please top up.'),
  'fail-timeout': fails('408', 'The upstream service gave no result in time.'),
  'fail-silent': fails(null, null),
  /** What the model would make, in three minutes. */
  slow: (request) => {
    const { outcome } = byModel(request)
    return { steps: pending(180_000), outcome: outcome && { ...outcome, afterMs: 180_000 } }
  },
  /** What the model would make, at once. */
  instant: (request) => {
    const { outcome } = byModel(request)
    return { steps: [], outcome: outcome && { ...outcome, afterMs: 0 } }
  },
  waiting: staysAt('waiting'),
  queuing: staysAt('queuing'),
  generating: staysAt('generating'),
} satisfies Record<string, ScenarioMaker>

/** A scenario by name: a way to end, a state to stay in, or what the model makes with a fault on the way. */
export type ScenarioName = keyof typeof makers | FaultName

/** Words for prompts that say it shorter. */
const aliases = new Map<string, ScenarioName>([
  ['fail', 'fail-content'],
  ['four', 'images'],
  ['music', 'audio'],
])

export const scenarioNames = Object.keys(makers) as readonly (keyof typeof makers)[]

/** The scenario of that name for a request, or `undefined` where there is none. */
export function namedScenario(name: string, request: FakeTaskRequest): Scenario | undefined {
  const known = aliases.get(name) ?? name
  if (isFaultName(known)) return { ...byModel(request), faults: [{ name: known }] }
  return Object.hasOwn(makers, known) ? makers[known as keyof typeof makers](request) : undefined
}

/** What a model of Kie's makes when all goes well. */
export function byModel(request: FakeTaskRequest): Scenario {
  return makers[scenarioOfModel(request)](request)
}

function scenarioOfModel(request: FakeTaskRequest): keyof typeof makers {
  const name = scenarioNameOfModel(request.model)
  return name === 'image' && wantedPictures(request) > 1 ? 'images' : name
}
