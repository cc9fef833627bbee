import * as z from 'zod/mini'
import { createTaskReplyReaders } from './create-task-reply.ts'
import { envelopeReaders } from './envelope.ts'
import type { Readers } from './fields.ts'
import { toJson } from './safe-json.ts'
import { recordReaders } from './task-record.ts'

// The schemas are made of the readers that parseTask and the client use, so that both read alike. They stand in a file
// of their own because zod is as heavy as all the rest: only those who extend a schema carry it.
type ShapeOf<R extends Readers> = {
  [Name in keyof R]: z.ZodMiniOptional<z.ZodMiniType<Exclude<ReturnType<R[Name]>, undefined> | undefined>>
}

function shapeOf<R extends Readers>(readers: R): ShapeOf<R> {
  const fields = Object.entries(readers).map(([name, read]) => [name, fieldOf(read)])
  return Object.fromEntries(fields) as ShapeOf<R>
}

function fieldOf(read: Readers[string]) {
  return z.optional(
    z.pipe(
      z.unknown(),
      z.transform((value: unknown) => read(toJson(value))),
    ),
  )
}

/** What Kie wraps every answer in: `{ code, msg, data }`. Unknown fields stay. */
export const envelopeSchema = z.looseObject(shapeOf(envelopeReaders))

/** The `data` of a `createTask` answer. */
export const createTaskReplySchema = z.looseObject(shapeOf(createTaskReplyReaders))

/**
 * The record of a task, as `recordInfo` and callbacks hold it in `data`. Every field is optional and read with goodwill;
 * fields that it does not name stay as they are. Extend it to read more of them:
 *
 * @example
 * ```ts
 * import * as z from 'zod/mini'
 *
 * const schema = z.extend(taskRecordSchema, { remainedCredits: z.optional(z.number()) })
 * const { remainedCredits } = z.parse(schema, body.data)
 * ```
 */
export const taskRecordSchema = z.looseObject(shapeOf(recordReaders))
