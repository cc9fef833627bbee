import { describe, expect, it } from 'vitest'
import { KieError } from './kie-error.ts'
import { parseTask } from './parse-task.ts'
import type { KieTask } from './task.ts'

const envelope = (data: unknown, code: unknown = 200, msg = 'success') => ({ code, msg, data })
const record = (more: object = {}) => ({ taskId: 'abc', model: 'z-image', state: 'success', ...more })

function errorOf(body: unknown): KieError {
  try {
    parseTask(body)
  } catch (error) {
    if (error instanceof KieError) return error
  }
  throw new Error('parseTask did not throw a KieError')
}

function resultsOf(more: object, model = 'z-image') {
  const task = parseTask(envelope(record({ model, ...more })))
  return task.state === 'success' ? task.results : task.state
}

describe('a record', () => {
  it('reads a live one: doubly encoded request, seconds as cost, no update time', () => {
    const task = parseTask(
      envelope({
        taskId: 'fa1a3cb394470bea71a3ae2df82a1a5c',
        model: 'nano-banana-2',
        state: 'success',
        param: JSON.stringify({
          input: JSON.stringify({ prompt: 'a cat', aspect_ratio: '1:1' }),
          callBackUrl: 'https://app.test/callback',
          model: 'nano-banana-2',
        }),
        resultJson: '{"resultUrls":["https://cdn.test/a.png"]}',
        failCode: null,
        failMsg: null,
        costTime: 93,
        completeTime: 1776398927151,
        createTime: 1776398832382,
        creditsConsumed: 14.4,
      }),
    )
    expect(task).toEqual<KieTask>({
      taskId: 'fa1a3cb394470bea71a3ae2df82a1a5c',
      model: 'nano-banana-2',
      request: {
        model: 'nano-banana-2',
        input: { prompt: 'a cat', aspect_ratio: '1:1' },
        callBackUrl: 'https://app.test/callback',
      },
      createTime: 1776398832382,
      updateTime: null,
      completeTime: 1776398927151,
      creditsConsumed: 14.4,
      rawState: 'success',
      extra: {},
      state: 'success',
      results: [{ kind: 'image', url: 'https://cdn.test/a.png' }],
    })
  })

  it('goes by the state, also where waiting tasks show sample results', () => {
    const task = parseTask(
      envelope(record({ state: 'waiting', resultJson: '{"resultUrls":["https://cdn.test/a.png"]}' })),
    )
    expect(task).toMatchObject({ state: 'waiting', progress: null })
    expect(task).not.toHaveProperty('results')
  })

  it('takes a bare record, a JSON text of one, and an envelope with the record as text', () => {
    for (const body of [record(), JSON.stringify(record()), envelope(JSON.stringify(record()))]) {
      expect(parseTask(body)).toMatchObject({ taskId: 'abc', state: 'success', results: [] })
    }
  })

  it('is not taken for an envelope because it has a code', () => {
    expect(parseTask({ ...record(), code: 500 })).toMatchObject({ state: 'success', extra: { code: 500 } })
  })

  it('uses the id that was asked for where the record says none', () => {
    expect(parseTask(envelope({ state: 'waiting' }), { taskId: 'asked' }).taskId).toBe('asked')
    expect(parseTask(envelope({ state: 'waiting' })).taskId).toBe('')
    expect(parseTask(envelope({ task_id: 'own', state: 'waiting' }), { taskId: 'asked' }).taskId).toBe('own')
  })

  it('keeps a state that nobody knows, and goes on waiting', () => {
    expect(parseTask(envelope(record({ state: 'thinking' })))).toMatchObject({
      state: 'generating',
      rawState: 'thinking',
    })
  })

  it('keeps fields that it does not know, without dangerous keys', () => {
    const body = JSON.stringify(envelope(record({ requestId: 'r', remainedCredits: 7 }))).replace(
      '"requestId"',
      '"__proto__":{"polluted":1},"requestId"',
    )
    expect(parseTask(JSON.parse(body)).extra).toEqual({ requestId: 'r', remainedCredits: 7 })
    expect({}).not.toHaveProperty('polluted')
  })

  it('shows progress only where Kie reports it', () => {
    const progressOf = (progress: unknown) => parseTask(envelope(record({ state: 'generating', progress })))
    expect(progressOf(45)).toMatchObject({ progress: 0.45 })
    expect(progressOf('0.50')).toMatchObject({ progress: 0.5 })
    expect(progressOf(undefined)).toMatchObject({ progress: null })
    expect(progressOf(4000)).toMatchObject({ progress: null })
  })

  it('reads the credits of callbacks too', () => {
    expect(parseTask(envelope(record({ consumeCredits: 100 }))).creditsConsumed).toBe(100)
    expect(parseTask(envelope(record({ creditsConsumed: -5 }))).creditsConsumed).toBeNull()
    expect(parseTask(envelope(record({ creditsConsumed: '0.8', consumeCredits: 100 }))).creditsConsumed).toBe(0.8)
  })

  it.each([
    [
      'singly encoded',
      '{"model":"m","input":{"prompt":"p"}}',
      { model: 'm', input: { prompt: 'p' }, callBackUrl: null },
    ],
    ['not encoded', { model: 'm', input: { n: '5' } }, { model: 'm', input: { n: '5' }, callBackUrl: null }],
    ['the input alone', '{"prompt":"p"}', { model: 'z-image', input: { prompt: 'p' }, callBackUrl: null }],
    ['an unreadable input', '{"model":"m","input":"nope"}', { model: 'm', input: {}, callBackUrl: null }],
    ['no JSON', '{oops', null],
    ['a list', '[1]', null],
    ['missing', undefined, null],
  ])('reads a request that is %s', (_, param, request) => {
    expect(parseTask(envelope(record({ param }))).request).toEqual(request)
  })

  it('takes the model from the request where the record says none', () => {
    const task = parseTask(envelope({ taskId: 'abc', state: 'waiting', param: '{"model":"veo3","input":{}}' }))
    expect(task.model).toBe('veo3')
  })
})

describe('results', () => {
  const a = 'https://cdn.test/a.png'
  const b = 'https://cdn.test/b.png'

  it.each([
    ['several urls', { resultUrls: [a, b] }, [a, b]],
    ['one url as text', { resultUrls: a }, [a]],
    ['a single resultUrl', { resultUrl: a }, [a]],
    ['snake case', { result_urls: [a] }, [a]],
    ['objects with a url', { resultUrls: [{ resultUrl: a }, { url: b }] }, [a, b]],
    ['a list at the top', [a, b], [a, b]],
    ['images with their sizes', { images: [{ url: a, width: 8 }], seed: 5 }, [a]],
    ['masks', { resultObject: { mask_urls: [a, b] } }, [a, b]],
    ['doubles', { resultUrls: [a, a, b, a] }, [a, b]],
    [
      'what no page may open',
      { resultUrls: ['javascript:alert(1)', 'data:text/html,x', '/a.png', 'https:a.png', 7, null, a] },
      [a],
    ],
    ['an inner envelope', { code: 200, msg: 'ok', data: { resultUrls: [a] } }, [a]],
    ['a result in a result', { result: { output: a } }, [a]],
  ])('finds %s', (_, resultJson, urls) => {
    const encodings = [resultJson, JSON.stringify(resultJson), JSON.stringify(JSON.stringify(resultJson))]
    for (const encoded of encodings) {
      expect(resultsOf({ resultJson: encoded })).toEqual(urls.map((url) => ({ kind: 'image', url })))
    }
  })

  it('takes a plain address, and addresses that are JSON inside a list', () => {
    expect(resultsOf({ resultJson: a })).toEqual([{ kind: 'image', url: a }])
    expect(resultsOf({ resultJson: [JSON.stringify({ resultUrl: a })] })).toEqual([{ kind: 'image', url: a }])
  })

  it.each([
    '',
    '{not json',
    '{}',
    '[]',
    '{"resultUrls":[]}',
    '{"resultUrls":null,"seed":3}',
    'null',
    '5',
    'true',
    null,
  ])('says none where there are none: %j', (resultJson) => {
    expect(resultsOf({ resultJson })).toEqual([])
  })

  it('keeps watermarked copies and frames with the result that they belong to', () => {
    const resultJson = {
      resultUrls: ['https://cdn.test/1.mp4', 'https://cdn.test/2.mp4'],
      resultWaterMarkUrls: ['https://cdn.test/1w.mp4', 'https://cdn.test/2w.mp4'],
      firstFrameUrl: [a, b],
      lastFrameUrl: a,
    }
    expect(resultsOf({ resultJson: JSON.stringify(resultJson) }, 'sora-2-text-to-video')).toEqual([
      {
        kind: 'video',
        url: 'https://cdn.test/1.mp4',
        watermarkedUrl: 'https://cdn.test/1w.mp4',
        firstFrameUrl: a,
        lastFrameUrl: a,
      },
      { kind: 'video', url: 'https://cdn.test/2.mp4', watermarkedUrl: 'https://cdn.test/2w.mp4', firstFrameUrl: b },
    ])
  })

  it('keeps the place of a copy also where a result before it is dropped', () => {
    const resultJson = {
      resultUrls: ['nope', 'https://cdn.test/2.mp4'],
      resultWaterMarkUrls: ['https://cdn.test/1w.mp4', 'https://cdn.test/2w.mp4'],
    }
    expect(resultsOf({ resultJson })).toEqual([
      { kind: 'video', url: 'https://cdn.test/2.mp4', watermarkedUrl: 'https://cdn.test/2w.mp4' },
    ])
  })

  const track = {
    kind: 'audio',
    url: 'https://cdn.test/1.mp3',
    streamUrl: 'https://cdn.test/stream/1',
    posterUrl: 'https://cdn.test/1.jpeg',
    title: 'Dawn',
    durationSeconds: 180.72,
  }
  const snake = {
    id: '1',
    audio_url: track.url,
    stream_audio_url: track.streamUrl,
    image_url: track.posterUrl,
    model_name: 'chirp',
    title: 'Dawn',
    duration: 180.72,
  }
  const camel = {
    id: '1',
    audioUrl: track.url,
    streamAudioUrl: track.streamUrl,
    imageUrl: track.posterUrl,
    title: 'Dawn',
    duration: '180.72',
  }

  it.each([
    ['snake case in an envelope', { code: 200, data: [snake] }],
    ['camel case in an envelope', { data: [camel] }],
    ['sunoData', { sunoData: [camel] }],
    ['sunoData in a response', { response: { sunoData: [snake] } }],
  ])('reads music tracks with cover, stream, title and length: %s', (_, resultJson) => {
    expect(resultsOf({ resultJson: JSON.stringify(resultJson) }, 'ai-music-api/generate')).toEqual([track])
  })

  it('plays a track that only streams yet', () => {
    const resultJson = { data: [{ ...snake, audio_url: '' }] }
    expect(resultsOf({ resultJson }, 'ai-music-api/generate')).toMatchObject([
      { kind: 'audio', url: 'https://cdn.test/stream/1', title: 'Dawn' },
    ])
  })

  it.each([
    [
      'lyrics',
      { data: [{ text: '[Verse] …', title: 'Dawn', status: 'complete' }] },
      [{ kind: 'text', text: '[Verse] …', title: 'Dawn' }],
    ],
    [
      'lyrics in a resultObject',
      { resultObject: { data: [{ text: 'la', title: '' }] } },
      [{ kind: 'text', text: 'la' }],
    ],
    ['a transcript', { resultObject: { text: 'Hello.', language_code: 'eng' } }, [{ kind: 'text', text: 'Hello.' }]],
    ['a text as resultObject', { resultObject: 'Hello.' }, [{ kind: 'text', text: 'Hello.' }]],
    ['data', { resultObject: { subject_status: 1 } }, [{ kind: 'data', data: { subject_status: 1 } }]],
    ['fields nobody knows', { isAvailable: false }, [{ kind: 'data', data: { isAvailable: false } }]],
    ['an empty resultObject', { resultObject: {} }, []],
    ['a blank resultObject', { resultObject: ' ' }, []],
    ['an absent resultObject', { resultObject: null }, []],
  ])('reads %s', (_, resultJson, results) => {
    expect(resultsOf({ resultJson: JSON.stringify(resultJson) }, 'elevenlabs/speech-to-text')).toEqual(results)
  })

  it('takes a plain text from a model that writes, and not from others', () => {
    expect(resultsOf({ resultJson: 'Hello there.' }, 'elevenlabs/speech-to-text')).toEqual([
      { kind: 'text', text: 'Hello there.' },
    ])
    expect(resultsOf({ resultJson: '{"broken' }, 'elevenlabs/speech-to-text')).toEqual([])
    expect(resultsOf({ resultJson: 'Hello there.' }, 'z-image')).toEqual([])
  })

  it('looks beside resultJson only where that holds nothing', () => {
    expect(resultsOf({ resultJson: { resultUrl: a }, response: { resultUrls: [b] } })).toEqual([
      { kind: 'image', url: a },
    ])
    expect(resultsOf({ resultJson: '', response: { resultUrls: [b], seeds: [1] } })).toEqual([
      { kind: 'image', url: b },
    ])
    expect(resultsOf({ resultJson: '', response: { seeds: [1], resolution: '720p' } })).toEqual([])
    expect(resultsOf({ outputs: [a, b] })).toEqual([
      { kind: 'image', url: a },
      { kind: 'image', url: b },
    ])
  })

  it('never takes inputs or originals for results', () => {
    const param = JSON.stringify({ model: 'z-image', input: { image_url: a } })
    const response = { originUrls: [a], originImageUrl: a, resultUrls: [b] }
    expect(resultsOf({ param, paramJson: param, response })).toEqual([{ kind: 'image', url: b }])
  })

  it('takes the picture beside a video for its poster, and alone for the result', () => {
    const videoUrl = 'https://cdn.test/v'
    expect(resultsOf({ videoInfo: { videoUrl, imageUrl: a } }, 'runway')).toEqual([
      { kind: 'video', url: videoUrl, posterUrl: a },
    ])
    expect(resultsOf({ info: { originImageUrl: b, resultImageUrl: a } }, 'flux1-kontext')).toEqual([
      { kind: 'image', url: a },
    ])
  })

  it.each([
    ['the extension first', 'veo3', { resultUrl: 'https://cdn.test/x.png' }, 'image'],
    ['then the model', 'veo3', { resultUrl: 'https://cdn.test/x' }, 'video'],
    ['then the name of the field', '', { audio_url: 'https://cdn.test/x' }, 'audio'],
    ['the name of the field before a guess', 'brand-new', { video: { url: 'https://cdn.test/x' } }, 'video'],
    ['image for models that no rule speaks of', 'brand-new', { resultUrl: 'https://cdn.test/x' }, 'image'],
    ['file where nothing tells', '', { resultUrl: 'https://cdn.test/x' }, 'file'],
    ['file for a text that comes as one', 'elevenlabs/speech-to-text', { resultUrl: 'https://cdn.test/x' }, 'file'],
  ])('goes for the kind by %s', (_, model, resultJson, kind) => {
    expect(resultsOf({ resultJson }, model)).toMatchObject([{ kind }])
  })

  it('reads the stems of a separated track', () => {
    const response = {
      id: null,
      originUrl: null,
      vocalUrl: 'https://cdn.test/v.mp3',
      instrumentalUrl: 'https://cdn.test/i.mp3',
      drumsUrl: null,
    }
    expect(resultsOf({ response }, 'ai-music-api/vocal-removal')).toEqual([
      { kind: 'audio', url: 'https://cdn.test/v.mp3' },
      { kind: 'audio', url: 'https://cdn.test/i.mp3' },
    ])
  })
})

describe('a failed task', () => {
  it('tells why in plain words, with the provider’s own beside', () => {
    expect(
      parseTask(envelope(record({ state: 'fail', failCode: 422, failMsg: 'flagged as sensitive' }))),
    ).toMatchObject({
      state: 'fail',
      failure: { code: '422', reason: 'content-policy', providerMessage: 'flagged as sensitive', worthRetrying: false },
    })
  })

  it('may come without any reason', () => {
    expect(parseTask(envelope(record({ state: 'fail', failCode: '', failMsg: null })))).toMatchObject({
      failure: { code: '', reason: 'unknown', providerMessage: null },
    })
  })

  it('reads the codes of the old families', () => {
    const data = { taskId: 'abc', successFlag: 3, errorCode: 400, errorMessage: 'violating content policies' }
    expect(parseTask(envelope(data))).toMatchObject({
      state: 'fail',
      failure: { code: '400', reason: 'content-policy' },
    })
  })

  it.each([408, 501, 531, '501'])('is what an envelope with code %s means, with or without a record', (code) => {
    expect(parseTask(envelope(null, code, 'Generation failed'), { taskId: 'abc' })).toMatchObject({
      taskId: 'abc',
      state: 'fail',
      failure: { code: String(code), providerMessage: 'Generation failed' },
    })
    const data = record({ state: 'fail', failCode: '500', failMsg: 'Internal server error', consumeCredits: 0 })
    expect(parseTask(envelope(data, code, 'Playground task failed.'))).toMatchObject({
      taskId: 'abc',
      creditsConsumed: 0,
      failure: { code: '500', providerMessage: 'Internal server error' },
    })
  })

  it('is what a failed callback of the old families means', () => {
    expect(parseTask(envelope({ task_id: 'abc', callbackType: 'complete', data: null }, 400, 'flagged'))).toMatchObject(
      {
        taskId: 'abc',
        state: 'fail',
        failure: { code: '400', reason: 'content-policy' },
      },
    )
    expect(parseTask(envelope({ taskId: 'abc', info: { resultImageUrl: '' } }, 400, 'flagged')).state).toBe('fail')
  })
})

describe('an error', () => {
  it.each([
    [401, 'You do not have access permissions', 'auth'],
    [402, 'Insufficient credits', 'credits'],
    [404, 'Task not found', 'not-found'],
    [422, 'recordInfo is null', 'not-found'],
    [422, 'The model name you specified is not supported.', 'validation'],
    [429, 'Too many requests', 'rate-limit'],
    [455, 'The server is currently being maintained', 'busy'],
    [500, 'Internal error', 'server'],
    [505, 'Feature disabled', 'unsupported'],
    ['550', 'queue full', 'busy'],
  ])('is what the envelope code %s says', (code, msg, kind) => {
    expect(errorOf(envelope(null, code, msg))).toMatchObject({ kind, code: Number(code) })
    expect(errorOf({ code, message: msg }).message).toContain(msg)
  })

  it('is a code that contradicts a record which has not failed', () => {
    expect(errorOf(envelope(record({ state: 'success' }), 500)).kind).toBe('server')
  })

  it('is a task that Kie does not know', () => {
    expect(errorOf(envelope(null))).toMatchObject({ kind: 'not-found', code: 200 })
    expect(errorOf({ code: 200, msg: 'success' }).kind).toBe('not-found')
  })

  it.each([
    null,
    undefined,
    5,
    'hello',
    '<html></html>',
    [],
    {},
    { mensaje: 'vaya' },
    { code: 'abc', data: {} },
    { code: 0, data: null },
    envelope([]),
    envelope('text'),
    envelope({ foo: 1 }),
    Symbol('s'),
    () => 1,
  ])('is a body that is no answer of Kie’s: %o', (body) => {
    expect(errorOf(body).kind).toBe('invalid-response')
  })
})
