import type { MediaResult } from './task.ts'

/** What a field of an output is for. Those that end in `Url` are named like the field of the result that they fill. */
export type OutputRole =
  | 'firstFrameUrl'
  | 'lastFrameUrl'
  | 'watermarkedUrl'
  | 'streamUrl'
  | 'posterUrl'
  | 'picture'
  | 'main'
  | 'nested'
  | 'resultObject'
  | 'text'
  | 'about'
  | 'unknown'

const stems = 'vocal|instrumental|backingvocals|drums|bass|guitar|keyboard|percussion|strings|synth|fx|brass|woodwinds'

/** By the field's name in lower case without underscores; the first match wins. */
const patterns: readonly (readonly [OutputRole, RegExp])[] = [
  ['firstFrameUrl', /^firstframe(?:image)?(?:url)?s?$/],
  ['lastFrameUrl', /^lastframe(?:image)?(?:url)?s?$/],
  ['watermarkedUrl', /watermark/],
  ['streamUrl', /^stream/],
  ['posterUrl', /^(?:poster|cover|thumbnail|preview)(?:image)?(?:url)?s?$/],
  ['picture', /^(?:result)?images?(?:urls?)?$/],
  ['main', /^(?:result|output|mask)?(?:video|audio|audiowav|media|file)?urls?$|^(?:outputs?|videos?|audios?|files?)$/],
  ['main', new RegExp(`^(?:${stems})url$`)],
  ['nested', /^(?:data|sunodata|response|results?|info)$/],
  ['resultObject', /^resultobject$/],
  ['text', /^(?:text|transcript|transcription|lyrics|content)$/],
  // What only describes the others.
  ['about', /^(?:title|duration|code|msg|message|status|id|taskid)$|origin/],
]

/** What a field is for, and what kind of file its name promises. */
export function outputRole(key: string): { role: OutputRole; promises: MediaResult['kind'] | undefined } {
  const name = key.replace(/[_-]/g, '').toLowerCase()
  const role = patterns.find(([, pattern]) => pattern.test(name))?.[0] ?? 'unknown'
  return {
    role,
    promises: /audio/.test(name)
      ? 'audio'
      : /video/.test(name)
        ? 'video'
        : /image|mask/.test(name)
          ? 'image'
          : undefined,
  }
}
