import { kieError } from './describe-error.ts'
import { type Envelope, readEnvelope } from './envelope.ts'
import { readFailure } from './failure.ts'
import { readFields, readText } from './fields.ts'
import { kindOfCode } from './kind-of-code.ts'
import { readResults } from './results.ts'
import { isJsonObject, type JsonObject, openJson, toJson } from './safe-json.ts'
import type { FailedTask, JsonValue, KieTask, TaskFields, TaskRequest } from './task.ts'
import { recordReaders, type TaskRecord } from './task-record.ts'
import { readState } from './task-state.ts'

/** Codes of an envelope that are the task's own failure: no result upstream, generation failed, failed and refunded. */
const failureCodes: ReadonlySet<number> = new Set([408, 501, 531])

/**
 * Reads a task from the body of a `recordInfo` answer or a callback, or from its `data` alone.
 *
 * A record that can be read at all is read, whatever is missing or odd in it. The result is plain JSON.
 *
 * @param options.taskId - the id that was asked for, used where the record does not say its own
 * @throws {@link KieError} for an error envelope, for a task that Kie does not know (`data: null`), and for a body that
 * is no answer of Kie's
 *
 * @example
 * ```ts
 * const task = parseTask(await request.json())
 * if (task.state === 'success') console.log(task.results)
 * ```
 */
export function parseTask(body: unknown, options?: { taskId?: string | undefined }): KieTask {
  const json = openJson(toJson(body))
  const envelope = readEnvelope(json)
  const data = openJson(envelope ? envelope.data : json)
  const taskId = options?.taskId
  if (envelope && envelope.code >= 400) return readFailedEnvelope(envelope, data, taskId)
  if (envelope?.code === 200 && data === null)
    throw kieError({ kind: 'not-found', code: envelope.code, said: envelope.message })
  if (!isRecord(data)) throw kieError({ kind: 'invalid-response', code: envelope?.code, said: envelope?.message })
  return readRecord(data, taskId)
}

function readFailedEnvelope({ code, message }: Envelope, data: JsonValue, taskId: string | undefined): FailedTask {
  const record = isJsonObject(data) ? readFields(recordReaders, data) : undefined
  const isOwnFailure =
    failureCodes.has(code) ||
    (record !== undefined && (readState(record).state === 'fail' || 'callbackType' in record || 'info' in record))
  if (!isOwnFailure) throw kieError({ kind: kindOfCode(code, message), code, said: message })
  return {
    ...commonFields(isJsonObject(data) ? data : {}, record ?? {}, taskId),
    state: 'fail',
    failure: readFailure(
      record?.failCode ?? record?.errorCode ?? String(code),
      record?.failMsg ?? record?.errorMessage ?? message ?? undefined,
    ),
  }
}

const marks = 'state status successFlag callbackType taskId task_id resultJson param info resultUrl'.split(' ')

function isRecord(data: JsonValue): data is JsonObject {
  return isJsonObject(data) && marks.some((mark) => Object.hasOwn(data, mark))
}

function readRecord(data: JsonObject, taskId: string | undefined): KieTask {
  const record = readFields(recordReaders, data)
  const { state } = readState(record)
  const fields = commonFields(data, record, taskId)
  if (state === 'success') return { ...fields, state, results: readResults(record, fields.model) }
  if (state !== 'fail') return { ...fields, state, progress: record.progress ?? null }
  return {
    ...fields,
    state,
    failure: readFailure(record.failCode ?? record.errorCode, record.failMsg ?? record.errorMessage),
  }
}

function commonFields(data: JsonObject, record: TaskRecord, taskId: string | undefined): TaskFields {
  const request = readRequest(openJson(record.param ?? record.paramJson), record.model)
  return {
    taskId: record.taskId ?? record.task_id ?? taskId ?? '',
    model: record.model ?? request?.model ?? '',
    request,
    createTime: record.createTime ?? null,
    updateTime: record.updateTime ?? null,
    completeTime: record.completeTime ?? null,
    creditsConsumed: record.creditsConsumed ?? record.consumeCredits ?? null,
    rawState: readState(record).rawState,
    extra: Object.fromEntries(Object.entries(data).filter(([key]) => !Object.hasOwn(recordReaders, key))),
  }
}

/** `param` holds the request; live records encode its `input` once more, old families send the input alone. */
function readRequest(param: JsonValue, recordModel = ''): TaskRequest | null {
  if (!isJsonObject(param)) return null
  const { model, callBackUrl, input, ...rest } = param
  const opened = openJson(input)
  return {
    model: readText(model) ?? recordModel,
    input: isJsonObject(opened) ? opened : input === undefined ? rest : {},
    callBackUrl: readText(callBackUrl) ?? null,
  }
}
