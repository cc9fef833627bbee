import type { KieTask, MediaResult, TaskResult } from '@kiekit/core'
import { describe, expect, it } from 'vitest'
import { findFile } from './task-file.ts'

const finished = (...results: TaskResult[]): KieTask => ({
  taskId: 'abcdef0123456789',
  model: 'google/veo 3.1"',
  request: null,
  createTime: null,
  updateTime: null,
  completeTime: null,
  creditsConsumed: null,
  rawState: 'success',
  extra: {},
  state: 'success',
  results,
})

describe('the file of a result', () => {
  const video: MediaResult = {
    kind: 'video',
    url: 'https://file.kie.ai/a/b.MP4?x=.png',
    posterUrl: 'https://file.kie.ai/poster.jpg',
    watermarkedUrl: 'https://file.kie.ai/marked.mp4',
    streamUrl: 'https://file.kie.ai/stream',
    firstFrameUrl: 'https://file.kie.ai/first.png',
    lastFrameUrl: 'https://file.kie.ai/last.png',
  }

  it.each([
    ['file', video.url, 'google-veo-3.1-23456789-1.mp4'],
    ['poster', video.posterUrl, 'google-veo-3.1-23456789-1-poster.jpg'],
    ['watermarked', video.watermarkedUrl, 'google-veo-3.1-23456789-1-watermarked.mp4'],
    ['stream', video.streamUrl, 'google-veo-3.1-23456789-1-stream'],
    ['first-frame', video.firstFrameUrl, 'google-veo-3.1-23456789-1-first-frame.png'],
    ['last-frame', video.lastFrameUrl, 'google-veo-3.1-23456789-1-last-frame.png'],
  ] as const)('is found for the part %s, with a name that is safe everywhere', (part, url, name) => {
    expect(findFile(finished(video), 0, part)).toEqual({ at: 'host', url, name })
  })

  it('is none where there is none', () => {
    expect(findFile(finished({ kind: 'image', url: 'https://file.kie.ai/a.png' }), 0, 'poster')).toBeNull()
    expect(findFile(finished({ kind: 'text', text: 'la' }), 0, 'poster')).toBeNull()
    expect(findFile(finished({ kind: 'data', data: {} }), 0, 'poster')).toBeNull()
    expect(findFile(finished(), 0, 'file')).toBeNull()
  })
})
