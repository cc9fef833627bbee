import { expect, it } from 'vitest'
import * as z from 'zod/mini'
import { createTaskReplySchema, envelopeSchema, taskRecordSchema } from './schemas.ts'

it('reads what Kie sends as parseTask does, and lets the unknown through', () => {
  const record = {
    taskId: 'a',
    state: 'success',
    failCode: 422,
    progress: '0.50',
    createTime: '1776398832382',
    new: [1],
  }
  expect(z.parse(envelopeSchema, { code: '200', message: 'ok', data: record })).toMatchObject({
    code: 200,
    message: 'ok',
  })
  expect(z.parse(taskRecordSchema, record)).toMatchObject({
    failCode: '422',
    progress: 0.5,
    createTime: 1776398832382,
    new: [1],
  })
  expect(z.parse(createTaskReplySchema, { recordId: 'r' })).toEqual({ recordId: 'r' })
})

it('can be extended', () => {
  const schema = z.extend(taskRecordSchema, { remainedCredits: z.number() })
  expect(z.parse(schema, { taskId: 'a', remainedCredits: 7 })).toEqual({ taskId: 'a', remainedCredits: 7 })
  expect(() => z.parse(schema, { taskId: 'a' })).toThrow()
})
