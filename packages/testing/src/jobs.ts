import type { JsonValue } from '@kiekit/core'
import { envelope } from './answer.ts'
import type { Incoming } from './incoming.ts'
import type { Kie } from './kie.ts'
import type { FakeTaskRequest } from './scenario.ts'

/** `POST /api/v1/jobs/createTask` */
export function createTask({ body }: Incoming, kie: Kie): Response {
  if (!isObject(body)) return envelope(400, 'The request body is not a JSON object')
  const { model, input, callBackUrl } = body
  const { models, credits } = kie.options
  if (typeof model !== 'string' || model.trim() === '' || (models && !models.includes(model))) {
    return envelope(422, 'The model name you specified is not supported.')
  }
  if (!isObject(input)) return envelope(422, 'input is required')
  if (Object.keys(input).length === 0 || isBlank(input.prompt)) return envelope(422, 'prompt is required')
  if (credits !== undefined && kie.credits() <= 0) return envelope(402, 'Insufficient credits')

  const request: FakeTaskRequest = { model, input, ...(typeof callBackUrl === 'string' ? { callBackUrl } : {}) }
  return envelope(200, 'success', { taskId: kie.addTask(request).taskId })
}

/** `GET /api/v1/jobs/recordInfo` */
export function recordInfo({ query: { taskId } }: Incoming, kie: Kie): Response {
  if (!taskId) return envelope(400, 'taskId parameter is required')
  const task = kie.tasks.get(taskId)
  const isFresh = kie.faults.take('fresh-null', { path: '/api/v1/jobs/recordInfo', taskId })
  if (!task || isFresh) return envelope(422, 'recordInfo is null')
  const dialect = task.scenario.dialect ?? kie.options.dialect
  return envelope(200, 'success', kie.recordOf(task), dialect === 'docs' ? 'message' : 'msg')
}

export function isObject(value: JsonValue | undefined): value is Record<string, JsonValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isBlank(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && value.trim() === ''
}
