import { describe, expect, it } from 'vitest'
import { kindOfModel, kindOfUrl } from './media-kind.ts'

describe('kindOfUrl', () => {
  it.each([
    ['https://x.test/a.PNG', 'image'],
    ['https://x.test/a.jpeg?token=1.mp4', 'image'],
    ['https://x.test/a.avif#b', 'image'],
    ['https://x.test/clip.mp4', 'video'],
    ['https://x.test/clip.mov', 'video'],
    ['https://x.test/song.mp3', 'audio'],
    ['https://x.test/song.m4a', 'audio'],
    ['https://x.test/notes.mid', 'file'],
    ['https://x.test/model.glb', 'file'],
    ['https://x.test/stream/48a1', undefined],
    ['https://x.test/v1.2/48a1', undefined],
    ['https://x.test/a.xyz', undefined],
    ['https://mp3.test', undefined],
  ])('says of %s: %s', (url, kind) => {
    expect(kindOfUrl(url)).toBe(kind)
  })
})

describe('kindOfModel', () => {
  it.each([
    ['text', 'elevenlabs/speech-to-text'],
    ['text', 'ai-music-api/generate-lyrics'],
    ['text', 'ai-music-api/boost-music-style'],
    ['data', 'omnihuman-1-5/human-identification'],
    ['image', 'omnihuman-1-5/subject-detection'],
    ['image', 'ai-music-api/cover-generate'],
    ['image', 'topaz/image-upscale'],
    ['image', 'wan/2-7-image'],
    ['image', 'wan/2-7-image-pro'],
    ['image', 'grok-imagine/text-to-image'],
    ['image', 'grok-imagine/image-to-image'],
    ['video', 'ai-music-api/create-music-video'],
    ['audio', 'ai-music-api/generate'],
    ['audio', 'ai-music-api/vocal-removal'],
    ['audio', 'elevenlabs/text-to-speech-turbo-2-5'],
    ['audio', 'elevenlabs/text-to-dialogue-v3'],
    ['audio', 'elevenlabs/sound-effect-v2'],
    ['audio', 'elevenlabs/audio-isolation'],
    ['audio', 'kling/v1-tts'],
    ['video', 'veo3_fast'],
    ['video', 'veo-3-1'],
    ['video', 'sora-2-text-to-video'],
    ['video', 'bytedance/seedance-2'],
    ['video', 'bytedance/seedance-2-image-to-video '],
    ['video', 'kling-2.6/text-to-video'],
    ['video', 'hailuo/02-text-to-video-pro'],
    ['video', 'wan/2-2-animate-move'],
    ['video', 'wan/2-7-image-to-video'],
    ['video', 'runway/gen4-aleph'],
    ['video', 'infinitalk/from-audio'],
    ['video', 'kling/ai-avatar-pro'],
    ['video', 'bytedance/omni-human'],
    ['video', 'grok-imagine/extend'],
    ['video', 'topaz/video-upscale'],
    ['video', 'luma/modify'],
    // No rule speaks of these: images, nearly always.
    [undefined, 'z-image-turbo'],
    [undefined, 'nano-banana-2'],
    [undefined, 'bytedance/seedream-v4-edit'],
    [undefined, 'flux-2/pro'],
    [undefined, '4o-image-api'],
    [undefined, ''],
  ])('expects %s of %s', (kind, model) => {
    expect(kindOfModel(model)).toBe(kind)
  })
})
