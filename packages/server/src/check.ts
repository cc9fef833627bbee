import * as z from 'zod/mini'
import { Refusal } from './refusal.ts'

/** Longer than any id of Kie's that was ever seen; ids are opaque otherwise. */
const MAX_TASK_ID = 256

export const taskIdSchema = z.string().check(z.minLength(1), z.maxLength(MAX_TASK_ID))

export const userIdSchema = z.string().check(z.minLength(1))

/** An object as JSON has it, passed through untouched. */
export const jsonObjectSchema = z.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && canBeWritten(value),
  'must be an object, and not nest thousands deep',
)

// What can be read cannot always be written again: writing nests as deep as the value does.
function canBeWritten(value: object): boolean {
  try {
    return JSON.stringify(value) !== undefined
  } catch {
    return false
  }
}

/** Reads hostile input by a schema, or refuses it with a sentence that names the field. */
export function check<T extends z.ZodMiniType>(schema: T, value: unknown): z.infer<T> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const field = issue?.path.join('.') || 'the request'
  throw new Refusal(422, `Invalid request: ${field}: ${issue?.message || 'is missing or of the wrong type'}.`)
}
