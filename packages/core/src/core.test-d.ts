import { expectTypeOf } from 'vitest'
import * as z from 'zod/mini'
import type {
  CreateTaskRequest,
  FailedTask,
  JsonValue,
  KieClient,
  KieClientOptions,
  KieErrorKind,
  KieTask,
  Open,
  PendingTask,
  PollingPolicy,
  SucceededTask,
  TaskFailure,
  TaskResult,
  TaskState,
} from './index.ts'
import { defineModel, isKieError, isTerminal, KieError, parseTask, taskRecordSchema, waitForTask } from './index.ts'

// The state narrows a task to what it then has.
const task = parseTask({})
expectTypeOf(task).toEqualTypeOf<KieTask>()
if (task.state === 'success') expectTypeOf(task).toEqualTypeOf<SucceededTask>()
else if (task.state === 'fail') expectTypeOf(task.failure).toEqualTypeOf<TaskFailure>()
else expectTypeOf(task).toEqualTypeOf<PendingTask>()
// @ts-expect-error a task that is not known to have succeeded has no results
void task.results

declare const state: TaskState
if (isTerminal(state)) expectTypeOf(state).toEqualTypeOf<'success' | 'fail'>()

declare const result: TaskResult
if (result.kind === 'text') expectTypeOf(result.text).toEqualTypeOf<string>()
else if (result.kind === 'data') expectTypeOf(result.data).toEqualTypeOf<JsonValue>()
else expectTypeOf(result.url).toEqualTypeOf<string>()

declare const caught: unknown
if (isKieError(caught)) expectTypeOf(caught.kind).toEqualTypeOf<KieErrorKind>()
expectTypeOf(new KieError('', { kind: 'busy' }).outcome).toEqualTypeOf<'known' | 'unknown'>()

declare const client: KieClient
expectTypeOf(waitForTask(client, 'a')).toEqualTypeOf<Promise<SucceededTask>>()
expectTypeOf(client.open).toEqualTypeOf<Open | undefined>()
expectTypeOf<FailedTask['state']>().toEqualTypeOf<'fail'>()
expectTypeOf<() => 1000>().toExtend<PollingPolicy>()

// Consumers may set exactOptionalPropertyTypes or not.
expectTypeOf<{ baseUrl: undefined; apiKey: undefined; fetch: undefined }>().toExtend<KieClientOptions>()
expectTypeOf<{ model: string; input: { n: number }; callBackUrl: undefined }>().toExtend<CreateTaskRequest>()

// A schema types the input of a model.
const model = defineModel('z-image', z.object({ prompt: z.string(), n: z._default(z.number(), 1) }))
expectTypeOf(model).parameter(0).toEqualTypeOf<{ prompt: string; n?: number | undefined }>()
expectTypeOf(model.id).toEqualTypeOf<'z-image'>()
expectTypeOf(model({ prompt: '' }))
  .resolves.toHaveProperty('input')
  .toEqualTypeOf<{ prompt: string; n: number } & Record<string, unknown>>()
// @ts-expect-error a field of the wrong type
void model({ prompt: 5 })

// Schemas stay typed when they are extended.
const record = z.parse(z.extend(taskRecordSchema, { requestId: z.string() }), {})
expectTypeOf(record.requestId).toEqualTypeOf<string>()
expectTypeOf(record.createTime).toEqualTypeOf<number | undefined>()
expectTypeOf(record.failCode).toEqualTypeOf<string | undefined>()
