type ModelScenario = 'image' | 'video' | 'progress' | 'audio' | 'speech' | 'text' | 'lyrics' | 'data' | 'masks' | 'file'

/** The kinds of models, first match first; model ids as listed by Kie in autumn 2026. */
const models: readonly [RegExp, ModelScenario][] = [
  [/speech-to-text|whisper/, 'text'],
  [/lyrics|boost-music-style/, 'lyrics'],
  [/human-identification/, 'data'],
  [/subject-detection|segment-map/, 'masks'],
  [/midi/, 'file'],
  [/cover-generate/, 'image'],
  [/create-music-video/, 'video'],
  [/^ai-music-api\/|^suno/, 'audio'],
  [/tts|text-to-speech|text-to-dialogue|sound-effect|audio-isolation|omni-audio/, 'speech'],
  [/image-upscale|2-7-image|grok-imagine\/.*-image/, 'image'],
  [/^sora-?2/, 'progress'],
  [
    /video|veo|seedance|kling|hailuo|minimax|wan\/|r2v|animate|runway|pixverse|happyhorse|infinitalk|avatar|omni-?human|lip-sync|luma|^sora|grok-imagine\/(extend|upscale)/,
    'video',
  ],
]

/** What a model makes, by its id. */
export function scenarioNameOfModel(model: string): ModelScenario {
  return models.find(([pattern]) => pattern.test(model))?.[1] ?? 'image'
}
