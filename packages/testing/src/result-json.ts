import type { JsonValue } from '@kiekit/core'
import { isMediaFile, picturesOf } from './media.ts'
import type { FakeTask, ScenarioResult } from './scenario.ts'

export type JsonObject = Record<string, JsonValue>

/** Where result links point. */
export interface LinkContext {
  /** Where the fake's files are, without a slash at the end. */
  mediaBaseUrl: string
  linksExpired: boolean
}

/** What a finished task has made, in the shapes of Kie's models. */
export function resultJsonOf(task: FakeTask, result: ScenarioResult, context: LinkContext): JsonValue {
  if ('resultJson' in result) return result.resultJson
  if ('tracks' in result) return JSON.stringify({ code: 200, data: tracksOf(task, result.tracks, context) })

  const urls = fileUrls(task, result.files, context)
  const key = result.key ?? 'resultUrls'
  const inner: JsonObject = { [key]: key === 'resultUrl' ? (urls[0] ?? '') : urls }
  if (result.watermarked)
    inner.resultWaterMarkUrls = urls.map((url) => `${url}${url.includes('?') ? '&' : '?'}watermark=1`)
  if (result.frames) {
    const [first, last] = [picturesOf('16x9')[1], picturesOf('16x9')[0]]
    inner.firstFrameUrl = first ? fileUrl(task, first, 'first', context) : ''
    inner.lastFrameUrl = last ? fileUrl(task, last, 'last', context) : ''
  }
  return JSON.stringify(key === 'mask_urls' ? { resultObject: inner } : inner)
}

const songs = ['morning.mp3', 'evening.mp3'] as const

/** Tracks in the shape of Suno's answers, with covers and streams of their own. */
function tracksOf(task: FakeTask, count: number, context: LinkContext): JsonObject[] {
  const title = typeof task.request.input.title === 'string' ? task.request.input.title : 'Open Water'
  return Array.from({ length: count }, (_, index) => {
    const song = songs[index % songs.length] ?? songs[0]
    const covers = picturesOf('1x1')
    const cover = covers[index % covers.length] ?? song
    return {
      id: `${task.taskId.slice(0, 8)}-track-${index + 1}`,
      audio_url: fileUrl(task, song, `track-${index + 1}`, context),
      stream_audio_url: fileUrl(task, song, `stream-${index + 1}`, context),
      duration: 6,
      image_url: fileUrl(task, cover, `cover-${index + 1}`, context),
      model_name: 'chirp-auk-turbo',
      title,
    }
  })
}

export function fileUrls(task: FakeTask, files: readonly string[], context: LinkContext): string[] {
  return files.map((file, index) => fileUrl(task, file, String(index + 1), context))
}

/** The task and the place are in the query, so that every result has an address of its own on a folder of plain files too. */
function fileUrl(task: FakeTask, file: string, place: string, { mediaBaseUrl, linksExpired }: LinkContext): string {
  if (!isMediaFile(file)) return file
  const folder = linksExpired ? `${mediaBaseUrl}/expired` : mediaBaseUrl
  return `${folder}/${file}?task=${task.taskId}&result=${place}`
}
