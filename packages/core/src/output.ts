import { readNumber, readText } from './fields.ts'
import { readHttpUrl } from './http-url.ts'
import { kindOfUrl, type ModelKind } from './media-kind.ts'
import { type OutputRole, outputRole } from './output-role.ts'
import { isJsonObject, type JsonObject, openJson } from './safe-json.ts'
import type { JsonValue, MediaResult, TaskResult } from './task.ts'

/** What is known of an output before it is read. */
export interface OutputContext {
  byModel: ModelKind | undefined
  /** What the names of fields on the way promised. */
  promised?: MediaResult['kind'] | undefined
  /** What a file is when nothing else tells. */
  otherwise: MediaResult['kind']
}

/** Every main output in a value, in order: the many inner forms of `resultJson`, encoded as JSON again or not. */
export function readOutput(value: JsonValue, context: OutputContext): TaskResult[] {
  const opened = openJson(value)
  if (Array.isArray(opened)) return opened.flatMap((item) => readOutput(item, context))
  if (isJsonObject(opened)) return readObject(opened, context)
  return typeof opened === 'string' ? readString(opened, context) : []
}

function readString(value: string, context: OutputContext): TaskResult[] {
  const url = readHttpUrl(value)
  if (url !== undefined) return [{ kind: kindOfFile(url, context), url }]
  // A text by a model that writes; but not the remains of a broken JSON.
  const isText = context.byModel === 'text' && /^\s*[^\s[{"]/.test(value)
  return isText ? [{ kind: 'text', text: value }] : []
}

function kindOfFile(url: string, { byModel, promised, otherwise }: OutputContext): MediaResult['kind'] {
  // A model that makes texts or data may hand them out as files.
  const isMedia = byModel !== undefined && byModel !== 'text' && byModel !== 'data'
  return kindOfUrl(url) ?? (isMedia ? byModel : undefined) ?? promised ?? (byModel === undefined ? otherwise : 'file')
}

interface Part {
  value: JsonValue
  promises: MediaResult['kind'] | undefined
}
type Parts = Partial<Record<OutputRole, Part[]>>

function readObject(object: JsonObject, context: OutputContext): TaskResult[] {
  const parts: Parts = {}
  for (const [key, value] of Object.entries(object)) {
    const { role, promises } = outputRole(key)
    const alike = (parts[role] ??= [])
    alike.push({ value: openJson(value), promises })
  }
  const found = [
    () => readFiles(object, parts, context),
    () => (parts.nested ?? []).flatMap(({ value }) => readOutput(value, context)),
    () => readWords(object, parts),
    () => (parts.resultObject ?? []).flatMap(({ value }) => readResultObject(value, context)),
  ]
  for (const read of found) {
    const results = read()
    if (results.length > 0) return results
  }
  // An object of fields that nobody knows is a result by itself; beside a list of files they only describe it.
  return parts.unknown && !parts.main && !parts.picture ? [{ kind: 'data', data: object }] : []
}

/** The files of an object, each with the posters, frames, copies and words that belong to it. */
function readFiles(object: JsonObject, parts: Parts, context: OutputContext): TaskResult[] {
  const { main = [], picture = [], posterUrl = [], streamUrl = [] } = parts
  const filesOf = (of: Part[]) => of.flatMap((part) => filesOfPart(part, context))
  // A track may only stream yet. Pictures beside it or other files are posters, alone they are the output.
  const others = [main, streamUrl].map(filesOf).find((of) => of.length > 0)
  const found = others ?? filesOf(picture)
  const extras = { ...parts, posterUrl: others ? [...posterUrl, ...picture] : posterUrl }
  const title = readText(object['title'])
  const duration = readNumber(object['duration'])
  return found.map(({ result, index }) => {
    if (result.kind === 'text' || result.kind === 'data') return result
    const described: MediaResult = { ...result }
    for (const name of extraUrls) {
      const url = extraUrl(extras[name], index)
      if (url !== undefined && url !== result.url) described[name] ??= url
    }
    if (title !== undefined) described.title ??= title
    if (duration !== undefined && duration > 0) described.durationSeconds ??= duration
    return described
  })
}

const extraUrls = ['posterUrl', 'watermarkedUrl', 'streamUrl', 'firstFrameUrl', 'lastFrameUrl'] as const

/** The files of a list with their places in it, because frames, posters and watermarked copies are listed alike. */
function filesOfPart({ value, promises }: Part, context: OutputContext): { result: TaskResult; index: number }[] {
  const promised = promises ?? context.promised
  return (Array.isArray(value) ? value : [value]).flatMap((item, index) => {
    const results = readOutput(item, { ...context, promised }).filter((result) => result.kind !== 'data')
    return results.map((result) => ({ result, index }))
  })
}

/** One list of posters and the like is usual; hostile thousands would be searched for each file. */
const mostLists = 4

function extraUrl(lists: Part[] = [], index: number): string | undefined {
  for (const { value } of lists.slice(0, mostLists)) {
    const item = Array.isArray(value) ? value[index] : index === 0 ? value : undefined
    const url = readHttpUrl(isJsonObject(item) ? item['url'] : item)
    if (url !== undefined) return url
  }
  return undefined
}

function readWords(object: JsonObject, { text = [] }: Parts): TaskResult[] {
  const words = text.map(({ value }) => readText(value)).find((value) => value !== undefined)
  const title = readText(object['title'])
  return words === undefined ? [] : [{ kind: 'text', text: words, ...(title === undefined ? {} : { title }) }]
}

/** `resultObject` is an output whatever it holds: files and texts where there are some, else the data itself. */
function readResultObject(value: JsonValue, context: OutputContext): TaskResult[] {
  const found = readOutput(value, context)
  if (found.length > 0) return found
  if (typeof value === 'string') return value.trim() === '' ? [] : [{ kind: 'text', text: value }]
  const isEmpty = typeof value === 'object' && (value === null || Object.keys(value).length === 0)
  return isEmpty ? [] : [{ kind: 'data', data: value }]
}
