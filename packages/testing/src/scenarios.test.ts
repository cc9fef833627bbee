import type { SucceededTask } from '@kiekit/core'
import { createKieClient } from '@kiekit/core'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createFakeKie } from './fake-kie.ts'
import { faultNames } from './faults.ts'
import type { FakeKieOptions, ScenarioChoice } from './options.ts'
import type { ScenarioName } from './scenarios.ts'
import { scenarioNames } from './scenarios.ts'

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-11-23T12:00:00Z') }))

const base = 'https://files.test/kie'
const hour = 3_600_000

function setUp(options: FakeKieOptions = {}) {
  const fake = createFakeKie({ mediaBaseUrl: base, ...options })
  return { fake, client: createKieClient({ baseUrl: 'https://api.kie.ai', apiKey: 'a-key', fetch: fake.fetch }) }
}

async function finished(scenario: ScenarioName | undefined, model = 'z-image', input = {}): Promise<SucceededTask> {
  const { fake, client } = setUp()
  const request = { model, input: { prompt: 'A lake', ...input } }
  const task = await client.getTask(fake.addTask(request, { scenario, ageMs: hour }))
  if (task.state !== 'success') throw new Error(`${scenario} is ${task.state}`)
  return task
}
const filesOf = ({ results }: SucceededTask) =>
  results.map((result) => ('url' in result ? result.url.slice(base.length + 1).replace(/\?.*/, '') : result.kind))

describe('each scenario is read as what it is', () => {
  const kinds: [ScenarioName, string[]][] = [
    ['image', ['image']],
    ['images', ['image', 'image', 'image', 'image']],
    ['video', ['video']],
    ['webm', ['video']],
    ['audio', ['audio', 'audio']],
    ['unplayable', ['video']],
    ['text', ['text']],
    ['lyrics', ['text']],
    ['data', ['data']],
    ['mixed', ['image', 'video', 'audio', 'file']],
    ['watermark', ['video']],
    ['frames', ['video']],
    ['progress', ['video']],
    ['success-without-files', []],
  ]
  test.each(kinds)('%s', async (scenario, expected) => {
    expect((await finished(scenario)).results.map(({ kind }) => kind)).toEqual(expected)
  })

  test('speech, a file and masks with the models that make them', async () => {
    const kindsOf = async (model: string) => (await finished(undefined, model)).results.map(({ kind }) => kind)
    expect(await kindsOf('elevenlabs/text-to-speech-turbo-2-5')).toEqual(['audio'])
    expect(await kindsOf('ai-music-api/generate-midi-from-audio')).toEqual(['file'])
    expect(await kindsOf('omnihuman-1-5/subject-detection')).toEqual(['image', 'image'])
  })

  test('tracks have title, cover, stream and length; the cover is no result', async () => {
    const [track] = (await finished('audio', 'ai-music-api/generate', { title: 'Lake' })).results
    expect(track).toMatchObject({ kind: 'audio', title: 'Lake', durationSeconds: 6 })
    expect(track).toHaveProperty('posterUrl')
    expect(track).toHaveProperty('streamUrl')
  })

  test('a watermarked copy and frames are extras of the one result', async () => {
    expect((await finished('watermark')).results[0]).toHaveProperty('watermarkedUrl')
    const [clip] = (await finished('frames')).results
    expect(clip).toHaveProperty('firstFrameUrl')
    expect(clip).toHaveProperty('lastFrameUrl')
  })

  test.each([
    ['fail-content', 'content-policy'],
    ['fail-input', 'input'],
    ['fail-credits', 'credits'],
    ['fail-timeout', 'timeout'],
    ['fail-internal', 'provider'],
    ['fail-silent', 'unknown'],
  ] as const)('%s fails for the reason %s', async (scenario, reason) => {
    const { fake, client } = setUp()
    const task = await client.getTask(
      fake.addTask({ model: 'z-image', input: { prompt: 'x' } }, { scenario, ageMs: hour }),
    )
    expect(task).toMatchObject({ state: 'fail', failure: { reason }, creditsConsumed: 0 })
  })

  test.each(['waiting', 'queuing', 'generating'] as const)('%s is so from the start and stays so', async (scenario) => {
    const { fake, client } = setUp()
    const taskId = fake.addTask({ model: 'z-image', input: { prompt: 'x' } }, { scenario })
    expect((await client.getTask(taskId)).state).toBe(scenario)
    vi.advanceTimersByTime(hour)
    expect((await client.getTask(taskId)).state).toBe(scenario)
  })

  test('progress rises with the clock and is told by Sora alone', async () => {
    const { fake, client } = setUp()
    const sora = fake.addTask({ model: 'sora-2-text-to-video', input: { prompt: 'x' } })
    const other = fake.addTask({ model: 'veo3_fast', input: { prompt: 'x' } })
    const progress: unknown[] = []
    for (const ms of [3000, 5000, 5000]) {
      vi.advanceTimersByTime(ms)
      const task = await client.getTask(sora)
      progress.push('progress' in task ? task.progress : null)
    }
    expect(progress).toEqual([0, 0.38, 0.76])
    expect(await client.getTask(other)).toMatchObject({ state: 'generating', progress: null })
  })

  test('slow takes three minutes for what the model makes', async () => {
    const { fake, client } = setUp()
    const taskId = fake.addTask({ model: 'veo3_fast', input: { prompt: 'x' } }, { scenario: 'slow', ageMs: 179_999 })
    expect((await client.getTask(taskId)).state).toBe('generating')
    vi.advanceTimersByTime(1)
    expect(filesOf((await client.getTask(taskId)) as SucceededTask)).toEqual(['aurora-16x9.mp4'])
  })

  test('instant is done at once', async () => {
    const { fake, client } = setUp()
    const taskId = fake.addTask({ model: 'z-image', input: { prompt: 'x' } }, { scenario: 'instant' })
    expect((await client.getTask(taskId)).state).toBe('success')
  })
})

describe('what is made fits the request', () => {
  test.each([
    ['z-image', 'image'],
    ['gpt-image-2-text-to-image', 'image'],
    ['bytedance/seedream-v4-text-to-image', 'image'],
    ['wan/2-7-image', 'image'],
    ['topaz/image-upscale', 'image'],
    ['grok-imagine/text-to-image', 'image'],
    ['veo3_fast', 'video'],
    ['wan/2-7-text-to-video', 'video'],
    ['kling/v2-1-pro', 'video'],
    ['grok-imagine/image-to-video', 'video'],
    ['bytedance/seedance-2', 'video'],
    ['kling/v1-tts', 'audio'],
    ['elevenlabs/sound-effect-v2', 'audio'],
    ['ai-music-api/generate', 'audio'],
    ['elevenlabs/speech-to-text', 'text'],
    ['ai-music-api/generate-lyrics', 'text'],
    ['omnihuman-1-5/human-identification', 'data'],
  ])('%s makes %s', async (model, kind) => {
    expect((await finished(undefined, model)).results[0]?.kind).toBe(kind)
  })

  test('as many pictures as were asked for, each with an address of its own', async () => {
    for (const input of [{ n: 3 }, { num_images: '3' }, { max_images: 3 }]) {
      const { results } = await finished(undefined, 'z-image', input)
      expect(new Set(results.map((result) => 'url' in result && result.url)).size).toBe(3)
    }
    expect((await finished(undefined, 'z-image', { n: 1000 })).results).toHaveLength(1000)
  })

  test.each([
    [{ aspect_ratio: '16:9' }, '-16x9.'],
    [{ aspect_ratio: '9:16' }, '-9x16.'],
    [{ aspect_ratio: '3:2' }, '-4x3.'],
    [{ image_size: 'portrait_4_3' }, '-4x3.'],
    [{ size: '768x1024' }, '-3x4.'],
    [{ aspect_ratio: 'landscape' }, '-16x9.'],
    [{ aspect_ratio: 'auto' }, '-1x1.'],
    [{}, '-1x1.'],
  ])('%j gives a picture of that shape', async (input, shape) => {
    expect(filesOf(await finished('image', 'z-image', input))[0]).toContain(shape)
  })

  test('the format that was asked for', async () => {
    for (const [output_format, ending] of [
      ['png', '.png'],
      ['jpeg', '.jpg'],
      ['webp', '.webp'],
    ]) {
      expect(filesOf(await finished('image', 'z-image', { output_format }))[0]).toContain(ending)
    }
  })
})

describe('who chooses the scenario', () => {
  const played = async (prompt: string, options: FakeKieOptions = {}) => {
    const { fake, client } = setUp(options)
    const { taskId } = await client.createTask({ model: 'z-image', input: { prompt } })
    fake.finish(taskId)
    return client.getTask(taskId)
  }

  test('a word in the prompt', async () => {
    expect(await played('A lake #fail')).toMatchObject({ state: 'fail', failure: { code: '422' } })
    expect(await played('#four lakes')).toMatchObject({ results: { length: 4 } })
    expect(await played('#video of a lake')).toMatchObject({ results: [{ kind: 'video' }] })
    expect(await played('the lake # no#fail #nonsense #1')).toMatchObject({ state: 'success' })
  })

  test('a scenario of your own, for a model or by its name', async () => {
    const scenarios: Record<string, ScenarioChoice> = {
      'z-image': 'lake',
      lake: {
        steps: [],
        outcome: { state: 'success', afterMs: 100, result: { files: ['https://files.test/lake.png'] } },
      },
    }
    expect(await played('x', { scenarios })).toMatchObject({ results: [{ url: 'https://files.test/lake.png' }] })
    expect(await played('x #video', { scenarios })).toMatchObject({ results: [{ kind: 'video' }] })
    const named = { lake: scenarios.lake ?? '' }
    expect(await played('x #lake', { scenarios: named })).toMatchObject({
      results: [{ kind: 'image' }],
    })
  })

  test('names that stand for each other are refused instead of going round', () => {
    const { fake } = setUp({ scenarios: { a: 'b', b: 'a' } })
    expect(() => fake.addTask({ model: 'z-image', input: { prompt: 'x' } }, { scenario: 'a' })).toThrow(/no scenario/)
  })

  test('a range of time is drawn from the seed', async () => {
    const outcome = { state: 'success', afterMs: [1000, 9000], result: { files: ['hills-1x1.png'] } } as const
    const ends = (seed: number) => {
      const { fake } = setUp({ seed, scenarios: { 'z-image': { steps: [], outcome } } })
      fake.addTask({ model: 'z-image', input: { prompt: 'x' } })
      return fake.tasks[0]?.draw
    }
    expect(ends(1)).toBe(ends(1))
    expect(ends(1)).not.toBe(ends(2))
  })

  test('an unknown name is refused with the names that there are', () => {
    const { fake } = setUp()
    const request = { model: 'z-image', input: { prompt: 'x' } }
    expect(() => fake.addTask(request, { scenario: 'vidoe' })).toThrow(/no scenario called "vidoe".*video/)
  })

  test('every name can be played as plain JSON', () => {
    const { fake } = setUp()
    for (const scenario of [...scenarioNames, ...faultNames]) {
      fake.addTask({ model: 'z-image', input: { prompt: 'x' } }, { scenario })
    }
    expect(JSON.parse(JSON.stringify(fake.tasks))).toEqual(fake.tasks)
  })
})
