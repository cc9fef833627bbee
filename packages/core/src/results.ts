import { kindOfModel } from './media-kind.ts'
import { type OutputContext, readOutput } from './output.ts'
import type { JsonObject } from './safe-json.ts'
import type { JsonValue, TaskResult } from './task.ts'
import type { TaskRecord } from './task-record.ts'

/** Every main output of a record that succeeded, once and in order: no inputs, no posters, no watermarked copies. */
export function readResults(record: TaskRecord, model: string): TaskResult[] {
  // Models that no rule speaks of make images, nearly always; without a model there is nothing to go by.
  const context: OutputContext = { byModel: kindOfModel(model), otherwise: model === '' ? 'file' : 'image' }
  const read = (source: JsonValue | undefined) => once(readOutput(source ?? null, context))
  const results = read(record.resultJson)
  if (results.length > 0) return results
  // The newest records and the old families keep their files beside `resultJson`. What is no file or text there is
  // bookkeeping, not a result.
  for (const source of besideResultJson(record)) {
    const found = read(source).filter((result) => result.kind !== 'data')
    if (found.length > 0) return found
  }
  return []
}

function besideResultJson(record: TaskRecord): (JsonValue | undefined)[] {
  const { outputs, resultUrl, resultUrls, response, info, videoInfo, resultInfoJson, data } = record
  return [present({ outputs, resultUrl, resultUrls }), response, info, videoInfo, resultInfoJson, data]
}

function present(fields: Record<string, JsonValue | undefined>): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}

function once(results: TaskResult[]): TaskResult[] {
  const seen = new Set<string>()
  return results.filter((result) => {
    if (!('url' in result)) return true
    if (seen.has(result.url)) return false
    seen.add(result.url)
    return true
  })
}
