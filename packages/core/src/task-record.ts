import * as z from 'zod/mini'
import { field, readFraction, readNumber, readText, readTime } from './fields.ts'
import type { JsonValue } from './task.ts'

const anything = z.optional(z.unknown() as z.ZodMiniType<JsonValue>)

/**
 * The record of a task, as `recordInfo` and callbacks hold it in `data`. Every field is optional and read with goodwill;
 * fields that it does not name stay as they are. Extend it to read more:
 *
 * @example
 * ```ts
 * import * as z from 'zod/mini'
 * const mine = z.extend(taskRecordSchema, { remainedCredits: z.optional(z.number()) })
 * ```
 */
export const taskRecordSchema = z.looseObject({
  taskId: field(readText),
  task_id: field(readText),
  model: field(readText),
  state: field(readText),
  status: field(readText),
  successFlag: field(readText),
  callbackType: field(readText),
  createTime: field(readTime),
  updateTime: field(readTime),
  completeTime: field(readTime),
  // Seconds in every live record and milliseconds in most of the documentation, so it is not used.
  costTime: anything,
  progress: field(readFraction),
  creditsConsumed: field(readNumber),
  consumeCredits: field(readNumber),
  failCode: field(readText),
  failMsg: field(readText),
  errorCode: field(readText),
  errorMessage: field(readText),
  param: anything,
  paramJson: anything,
  resultJson: anything,
  resultInfoJson: anything,
  response: anything,
  info: anything,
  videoInfo: anything,
  outputs: anything,
  resultUrl: anything,
  resultUrls: anything,
  data: anything,
})

export type TaskRecord = z.infer<typeof taskRecordSchema>
