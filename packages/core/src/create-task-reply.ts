import { readText } from './fields.ts'

/** The `data` of a `createTask` answer; some servers say `recordId` for `taskId`. */
export const createTaskReplyReaders = { taskId: readText, recordId: readText }
