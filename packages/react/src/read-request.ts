import { type CreateTaskRequest, parseTask, type TaskRequest } from '@kiekit/core'

/** A request as Kie will tell it of the task. The address that Kie calls back is the app's own affair, and left out. */
export function readRequest({ model, input }: CreateTaskRequest): TaskRequest | null {
  return parseTask({ param: { model, input } }).request
}
