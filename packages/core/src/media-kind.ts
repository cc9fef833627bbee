import type { MediaResult } from './task.ts'

type MediaKind = MediaResult['kind']

/** What a model makes. */
export type ModelKind = MediaKind | 'text' | 'data'

const extensions: readonly (readonly [MediaKind, RegExp])[] = [
  ['image', /^(?:png|jpe?g|webp|gif|avif|bmp|svg|hei[cf]|tiff?|ico)$/],
  ['video', /^(?:mp4|webm|mov|m4v|mkv|avi|ogv|mpe?g|m3u8)$/],
  ['audio', /^(?:mp3|wav|m4a|aac|og[ga]|opus|flac|aiff?)$/],
  ['file', /^(?:zip|pdf|json|txt|srt|vtt|csv|glb|gltf|obj|fbx|usdz|stl|ply|midi?)$/],
]

/** What a file is by the extension in its address; `undefined` where that says nothing. */
export function kindOfUrl(url: string): MediaKind | undefined {
  const extension = /\.([a-z\d]{2,4})$/.exec(new URL(url).pathname.toLowerCase())?.[1]
  return extension === undefined ? undefined : extensions.find(([, pattern]) => pattern.test(extension))?.[0]
}

/**
 * Rules for ids, first match wins. Drawn from the 251 ids of Kie's catalogue (2026-09): the exceptions come before the
 * names of the video models, and what nothing matches makes images.
 */
const models: readonly (readonly [ModelKind, RegExp])[] = [
  ['text', /speech-to-text|whisper|generate-lyrics|boost-music-style/],
  ['data', /human-identification/],
  ['image', /subject-detection|segment-map|cover-generate|image-upscale|wan\/2-7-image(?!-to-video)|-image$/],
  ['video', /create-music-video/],
  ['audio', /^ai-music-api\/|tts|text-to-(?:speech|dialogue)|sound-effect|audio-isolation|omni-audio/],
  [
    'video',
    /video|veo|sora|seedance|kling|hailuo|minimax|wan\/(?:2-[2567]|3)|r2v|animate|runway|pixverse|happyhorse|infinitalk|avatar|omni-?human|omni-flash|midjourney\/extend|^v3-api$|lip-sync|luma|grok-imagine\/(?:extend|upscale)/,
  ],
]

/** What a model makes, by its id; `undefined` where no rule speaks of it (then mostly images). */
export function kindOfModel(model: string): ModelKind | undefined {
  const id = model.trim().toLowerCase()
  return models.find(([, pattern]) => pattern.test(id))?.[0]
}
