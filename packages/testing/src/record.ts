import type { JsonValue } from '@kiekit/core'
import type { JsonObject, LinkContext } from './result-json.ts'
import { fileUrls, resultJsonOf } from './result-json.ts'
import type { Dialect, FakeTask, ScenarioOutcome, ScenarioResult } from './scenario.ts'
import type { Position } from './timeline.ts'

export interface RecordContext extends LinkContext {
  position: Position
  dialect: Dialect
  /** What spoils the record, from the faults that are on. */
  faults: { stuck: boolean; unknownState: boolean; withoutFiles: boolean }
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
    resultJson: outcome?.state === 'success' ? resultJson(task, outcome.result, context) : '',
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

function resultJson(task: FakeTask, result: ScenarioResult, context: RecordContext): JsonValue {
  return context.faults.withoutFiles ? JSON.stringify({ resultUrls: [] }) : resultJsonOf(task, result, context)
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
  const result = outcome?.state === 'success' && !context.faults.withoutFiles ? outcome.result : null
  return {
    operationType: 'generate',
    paramJson: record.param ?? null,
    successFlag: outcome ? (outcome.state === 'success' ? 1 : 3) : 0,
    response:
      result && 'files' in result ? { resultUrls: fileUrls(task, result.files, context), originUrls: null } : null,
    updateTime: record.completeTime ?? task.createTime,
  }
}
