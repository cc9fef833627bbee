import { readNumber, readText } from './fields.ts'
import { readHttpUrl } from './http-url.ts'
import { kindOfModel, kindOfUrl } from './media-kind.ts'
import { isJsonObject, type JsonObject, openJson } from './safe-json.ts'
import type { JsonValue, MediaResult, TaskResult } from './task.ts'
import type { TaskRecord } from './task-record.ts'

/** Every main output of a record that succeeded, once and in order: no inputs, no posters, no watermarked copies. */
export function readResults(record: TaskRecord, model: string): TaskResult[] {
  const read = (source: JsonValue | undefined) => unique(readOutput(openJson(source), model))
  const results = read(record.resultJson)
  if (results.length > 0) return results
  // The newest records and the old families keep their files beside `resultJson`. What is no file or text there is
  // bookkeeping, not a result.
  const { outputs, resultUrl, resultUrls, response, info, videoInfo, resultInfoJson, data } = record
  for (const source of [{ outputs, resultUrl, resultUrls }, response, info, videoInfo, resultInfoJson, { data }]) {
    const found = read(source as JsonValue | undefined).filter((result) => result.kind !== 'data')
    if (found.length > 0) return found
  }
  return []
}

/** What a field of an output is for, by its name without underscores; in this order. */
const roles = {
  firstFrameUrl: /^firstframe(?:image)?(?:url)?s?$/,
  lastFrameUrl: /^lastframe(?:image)?(?:url)?s?$/,
  watermarkedUrl: /watermark/,
  streamUrl: /^stream/,
  posterUrl: /^(?:poster|cover|thumbnail|preview)(?:image)?(?:url)?s?$/,
  picture: /^(?:result)?images?(?:urls?)?$/,
  main: /^(?:(?:result|output|generated|mask)?(?:video|audio|audiowav|mask|media|file)?(?:url)s?|outputs?|videos?|audios?|(?:vocal|instrumental|backingvocals|drums|bass|guitar|keyboard|percussion|strings|synth|fx|brass|woodwinds)url)$/,
  nested: /^(?:data|sunodata|response|result|results|info)$/,
  object: /^resultobject$/,
  text: /^(?:text|transcript|transcription|lyrics|content)$/,
  // Names that only describe the others.
  about: /^(?:title|duration|code|msg|message|status|id|taskid|.*origin.*)$/,
} as const
type Role = keyof typeof roles
const roleNames = Object.keys(roles) as Role[]

function roleOf(key: string): Role | undefined {
  const name = key.replace(/[_-]/g, '').toLowerCase()
  return roleNames.find((role) => roles[role].test(name))
}

function readOutput(value: JsonValue, model: string): TaskResult[] {
  if (Array.isArray(value)) return value.flatMap((item) => readOutput(item, model))
  if (typeof value === 'string') return readString(value, model)
  return isJsonObject(value) ? readObject(value, model) : []
}

function readString(value: string, model: string): TaskResult[] {
  const url = readHttpUrl(value)
  if (url !== undefined) return [media(url, model)]
  const isText = kindOfModel(model) === 'text' && value.trim() !== '' && !/^\s*[[{"]/.test(value)
  return isText ? [{ kind: 'text', text: value }] : []
}

function readObject(object: JsonObject, model: string): TaskResult[] {
  const values: Partial<Record<Role, JsonValue[]>> = {}
  let isUnknown = false
  for (const [key, value] of Object.entries(object)) {
    const role = roleOf(key)
    if (role === undefined) isUnknown = true
    else values[role] = [...(values[role] ?? []), openJson(value)]
  }
  const { main = [], nested = [], picture = [], object: objects = [], text = [], streamUrl = [] } = values
  // Pictures beside something else are its posters; alone they are the outputs. A track that only streams yet is one.
  const files = [main, picture, streamUrl].map((of) => of.flatMap((list) => readFiles(list, model)))
  const found = files.find((of) => of.length > 0)
  const title = readText(object['title'])
  if (found) {
    const posters = found === files[0] ? [...(values.posterUrl ?? []), ...picture] : values.posterUrl
    const extras = {
      posterUrl: posters,
      watermarkedUrl: values.watermarkedUrl,
      streamUrl,
      firstFrameUrl: values.firstFrameUrl,
      lastFrameUrl: values.lastFrameUrl,
    }
    const duration = readNumber(object['duration'])
    return found.map(({ result, index }) => {
      if (result.kind === 'text' || result.kind === 'data') return result
      const whole: MediaResult = { ...result }
      for (const [name, lists] of Object.entries(extras) as [keyof typeof extras, JsonValue[] | undefined][]) {
        const url = lists?.map((list) => urlAt(list, index)).find((candidate) => candidate !== undefined)
        if (url !== undefined && url !== result.url && whole[name] === undefined) whole[name] = url
      }
      if (title !== undefined) whole.title ??= title
      if (duration !== undefined && duration > 0) whole.durationSeconds ??= duration
      return whole
    })
  }
  const inner = nested.flatMap((value) => readOutput(value, model))
  if (inner.length > 0) return inner
  const words = text.map(readText).find((value) => value !== undefined)
  if (words !== undefined) return [{ kind: 'text', text: words, ...(title === undefined ? {} : { title }) }]
  if (objects.length > 0) return objects.flatMap(readResultObject(model))
  return isUnknown ? [{ kind: 'data', data: object }] : []
}

/** `resultObject` is an output whatever it holds: files and texts where there are some, else the data itself. */
function readResultObject(model: string) {
  return (value: JsonValue): TaskResult[] => {
    const found = readOutput(value, model)
    if (found.length > 0) return found
    if (typeof value === 'string') return value.trim() === '' ? [] : [{ kind: 'text', text: value }]
    const isEmpty = typeof value === 'object' && (value === null || Object.keys(value).length === 0)
    return isEmpty ? [] : [{ kind: 'data', data: value }]
  }
}

/** The files of a list with their places in it, because frames, posters and watermarked copies are listed alike. */
function readFiles(list: JsonValue, model: string): { result: TaskResult; index: number }[] {
  return (Array.isArray(list) ? list : [list]).flatMap((item, index) => {
    const results = readOutput(item, model).filter((result) => result.kind !== 'data')
    return results.map((result) => ({ result, index }))
  })
}

function urlAt(list: JsonValue, index: number): string | undefined {
  const item = Array.isArray(list) ? list[index] : index === 0 ? list : undefined
  return readHttpUrl(isJsonObject(item) ? item['url'] : item)
}

function media(url: string, model: string): MediaResult {
  const made = kindOfModel(model)
  const byModel = made === 'text' || made === 'data' ? 'file' : made
  return { kind: kindOfUrl(url) ?? byModel ?? (model === '' ? 'file' : 'image'), url }
}

function unique(results: TaskResult[]): TaskResult[] {
  const seen = new Set<string>()
  return results.filter((result) => {
    if (!('url' in result)) return true
    if (seen.has(result.url)) return false
    seen.add(result.url)
    return true
  })
}
