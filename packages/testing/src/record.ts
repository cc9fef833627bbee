import type { JsonValue } from '@kiekit/core'
import { isMediaFile, picturesOf } from './media.ts'
import type { Dialect, FakeTask, ScenarioOutcome, ScenarioResult } from './scenario.ts'
import type { Position } from './timeline.ts'

type JsonObject = Record<string, JsonValue>

/** What spoils a record, from the faults that are on. */
export interface RecordFaults {
  stuck: boolean
  unknownState: boolean
  withoutFiles: boolean
  expiredLinks: boolean
}

export interface RecordContext {
  position: Position
  dialect: Dialect
  faults: RecordFaults
  /** Where the fake's files are, without a slash at the end. */
  mediaBaseUrl: string
}

/** `data` of a recordInfo answer. */
export function recordOf(task: FakeTask, context: RecordContext): JsonObject {
  const { position, dialect, faults } = context
  const outcome = faults.stuck ? null : position.outcome
  const nothing = dialect === 'docs' ? '' : null
  const completeTime = outcome && position.endTime !== null ? Math.round(position.endTime) : null
  const state = outcome?.state ?? position.step?.state ?? 'generating'
  const record: JsonObject = {
    taskId: task.taskId,
    model: task.request.model,
    state: outcome || !faults.unknownState ? state : 'thinking',
    param: paramOf(task, dialect),
    resultJson: outcome?.state === 'success' ? resultJsonOf(task, outcome.result, context) : '',
    failCode: outcome?.state === 'fail' ? outcome.code : nothing,
    failMsg: outcome?.state === 'fail' ? outcome.message : nothing,
    costTime: completeTime === null ? null : costTime(completeTime - task.createTime, dialect),
    completeTime,
    createTime: task.createTime,
    creditsConsumed: outcome ? creditsOf(outcome) : null,
  }
  if (!outcome && position.progress !== null) record.progress = position.progress
  if (dialect === 'docs') record.updateTime = completeTime ?? task.createTime
  return dialect === 'newest' ? { ...record, ...otherFamily(task, record, outcome, context) } : record
}

export function creditsOf(outcome: ScenarioOutcome): number {
  return outcome.creditsConsumed ?? 0
}

/** Seconds in every record captured from the service, milliseconds in the examples of the documentation. */
function costTime(ms: number, dialect: Dialect): number {
  return dialect === 'docs' ? ms : Math.round(ms / 1000)
}

/** The service encodes `input` twice; its documentation shows it encoded once. */
function paramOf({ request: { model, input, callBackUrl } }: FakeTask, dialect: Dialect): string {
  return JSON.stringify({
    input: dialect === 'docs' ? input : JSON.stringify(input),
    ...(callBackUrl === undefined ? {} : { callBackUrl }),
    model,
  })
}

/** The fields of the model families' own records, which the newest records of the common endpoint carry as well. */
function otherFamily(
  task: FakeTask,
  record: JsonObject,
  outcome: ScenarioOutcome | null,
  context: RecordContext,
): JsonObject {
  const files = outcome?.state === 'success' && 'files' in outcome.result && !context.faults.withoutFiles
  return {
    operationType: 'generate',
    paramJson: record.param ?? null,
    successFlag: outcome ? (outcome.state === 'success' ? 1 : 3) : 0,
    response:
      files && outcome.state === 'success' && 'files' in outcome.result
        ? { resultUrls: fileUrls(task, outcome.result.files, context), originUrls: null }
        : null,
    updateTime: record.completeTime ?? task.createTime,
  }
}

function resultJsonOf(task: FakeTask, result: ScenarioResult, context: RecordContext): JsonValue {
  if (context.faults.withoutFiles) return JSON.stringify({ resultUrls: [] })
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
function tracksOf(task: FakeTask, count: number, context: RecordContext): JsonObject[] {
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

function fileUrls(task: FakeTask, files: readonly string[], context: RecordContext): string[] {
  return files.map((file, index) => fileUrl(task, file, String(index + 1), context))
}

/** The task and the place are in the query, so that every result has an address of its own on a folder of plain files too. */
function fileUrl(task: FakeTask, file: string, place: string, { mediaBaseUrl, faults }: RecordContext): string {
  if (!isMediaFile(file)) return file
  const folder = faults.expiredLinks ? `${mediaBaseUrl}/expired` : mediaBaseUrl
  return `${folder}/${file}?task=${task.taskId}&result=${place}`
}
