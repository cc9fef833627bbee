import { type FieldsOf, readAmount, readAnything, readFraction, readText, readTime } from './fields.ts'

/** The fields of a record that this version knows: of the Market API, of callbacks, and of the old families. */
export const recordReaders = {
  taskId: readText,
  task_id: readText,
  model: readText,
  state: readText,
  status: readText,
  successFlag: readText,
  callbackType: readText,
  createTime: readTime,
  updateTime: readTime,
  completeTime: readTime,
  // Seconds in every live record and milliseconds in most of the documentation, so it is not used.
  costTime: readAnything,
  progress: readFraction,
  creditsConsumed: readAmount,
  consumeCredits: readAmount,
  failCode: readText,
  failMsg: readText,
  errorCode: readText,
  errorMessage: readText,
  param: readAnything,
  paramJson: readAnything,
  resultJson: readAnything,
  resultInfoJson: readAnything,
  response: readAnything,
  info: readAnything,
  videoInfo: readAnything,
  outputs: readAnything,
  resultUrl: readAnything,
  resultUrls: readAnything,
  data: readAnything,
}

/** The record of a task, as `recordInfo` and callbacks hold it in `data`. */
export type TaskRecord = FieldsOf<typeof recordReaders>
