import {
  createKieClient,
  type FailedTask,
  type KieError,
  type KieTask,
  type PendingTask,
  type SucceededTask,
  type TaskFailure,
  type TaskResult,
} from '@kiekit/core'
import { queryOptions, type UseQueryResult, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { describe, expectTypeOf, it } from 'vitest'
import { kieKeys } from './kie-keys.ts'
import { kieTaskOptions } from './kie-task-options.ts'
import type { KieTaskStatus } from './kie-task-result.ts'
import { useKieGeneration } from './use-kie-generation.ts'
import { useKieTask } from './use-kie-task.ts'
import { useSuspenseKieTask } from './use-suspense-kie-task.ts'

describe('the status', () => {
  const task = useKieTask('1')

  it('is one of seven', () => {
    expectTypeOf<KieTaskStatus>().toEqualTypeOf<
      'idle' | 'loading' | 'running' | 'success' | 'fail' | 'timed-out' | 'error'
    >()
    expectTypeOf(task.status).toEqualTypeOf<KieTaskStatus>()
  })

  it('narrows task, failure and error', () => {
    if (task.status === 'idle') {
      expectTypeOf(task.task).toEqualTypeOf<undefined>()
      expectTypeOf(task.error).toEqualTypeOf<null>()
    }
    if (task.status === 'loading') {
      expectTypeOf(task.task).toEqualTypeOf<undefined>()
      expectTypeOf(task.error).toEqualTypeOf<KieError | null>()
    }
    if (task.status === 'running') {
      expectTypeOf(task.task).toEqualTypeOf<PendingTask>()
      expectTypeOf(task.error).toEqualTypeOf<KieError | null>()
      expectTypeOf(task.failure).toEqualTypeOf<null>()
    }
    if (task.status === 'success') {
      expectTypeOf(task.task).toEqualTypeOf<SucceededTask>()
      expectTypeOf(task.error).toEqualTypeOf<null>()
    }
    if (task.status === 'fail') {
      expectTypeOf(task.task).toEqualTypeOf<FailedTask>()
      expectTypeOf(task.failure).toEqualTypeOf<TaskFailure>()
    }
    if (task.status === 'timed-out') expectTypeOf(task.task).toEqualTypeOf<PendingTask | undefined>()
    if (task.status === 'error') expectTypeOf(task.error).toEqualTypeOf<KieError>()
  })

  it('leaves the rest the same for all', () => {
    expectTypeOf(task.results).toEqualTypeOf<TaskResult[]>()
    expectTypeOf(task.failure).toEqualTypeOf<TaskFailure | null>()
    expectTypeOf(task.error).toEqualTypeOf<KieError | null>()
    expectTypeOf(task.task).toExtend<KieTask | undefined>()
    expectTypeOf(task.query).toEqualTypeOf<UseQueryResult<KieTask, KieError>>()
    expectTypeOf(task.resume).returns.toEqualTypeOf<void>()
  })

  it('is never idle or loading under Suspense', () => {
    expectTypeOf(useSuspenseKieTask('1').status).toEqualTypeOf<Exclude<KieTaskStatus, 'idle' | 'loading'>>()
  })

  it('narrows a generation, too', () => {
    const generation = useKieGeneration()
    if (generation.status === 'success') expectTypeOf(generation.task).toEqualTypeOf<SucceededTask>()
    expectTypeOf(generation.generate).returns.resolves.toEqualTypeOf<string>()
  })
})

describe('options', () => {
  it('may be undefined, for those who set exactOptionalPropertyTypes', () => {
    expectTypeOf(useKieTask).toBeCallableWith(undefined, {
      timeoutMs: undefined,
      polling: undefined,
      enabled: undefined,
    })
    expectTypeOf(useKieTask).toBeCallableWith('1', { onSuccess: (task: SucceededTask) => task.results })
    // @ts-expect-error a task id is a string
    useKieTask(1)
  })

  it('fit the functions of TanStack Query', () => {
    const client = createKieClient()
    expectTypeOf(useQuery(kieTaskOptions(client, '1')).data).toEqualTypeOf<KieTask | undefined>()
    expectTypeOf(useSuspenseQuery(kieTaskOptions(client, '1')).data).toEqualTypeOf<KieTask>()
    const select = (task: KieTask) => task.state.length
    expectTypeOf(useQuery(kieTaskOptions(client, '1', { select })).data).toEqualTypeOf<number | undefined>()
    expectTypeOf(queryOptions(kieTaskOptions(client, '1')).queryKey).toExtend<readonly unknown[]>()
    expectTypeOf(kieKeys.task('1')).toEqualTypeOf<readonly ['kie', 1, string, 'task', string]>()
  })
})
