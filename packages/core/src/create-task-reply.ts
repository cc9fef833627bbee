import * as z from 'zod/mini'
import { field, readText } from './fields.ts'

/** The `data` of a `createTask` answer; some servers say `recordId` for `taskId`. */
export const createTaskReplySchema = z.looseObject({ taskId: field(readText), recordId: field(readText) })
