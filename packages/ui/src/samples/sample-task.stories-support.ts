import type { FailedTask, KieTask, PendingTask, SucceededTask, TaskFailureReason, TaskResult } from '@kiekit/core'
import { KieError, type KieErrorKind } from '@kiekit/core'
import type { UseKieTaskResult } from '@kiekit/react'

/** Tasks for stories and tests, frozen in one state each. */

export const createdAt = Date.UTC(2026, 10, 1, 12, 0, 0)

const fields = {
  taskId: '7f3a9c1e52d84b06a1c4e8f7d2b5903e',
  model: 'google/nano-banana',
  creditsConsumed: null,
  createTime: createdAt,
  updateTime: null,
  completeTime: null,
  extra: {},
}

type Input = NonNullable<KieTask['request']>['input']

function requestOf(input: Input) {
  return {
    model: fields.model,
    input: { prompt: 'A quiet harbour at dawn, long exposure', ...input },
    callBackUrl: null,
  }
}

export function pendingTask(
  state: PendingTask['state'],
  progress: number | null = null,
  input: Input = {},
): PendingTask {
  return { ...fields, request: requestOf(input), state, rawState: state, progress }
}

export function succeededTask(results: TaskResult[], input: Input = {}): SucceededTask {
  return {
    ...fields,
    request: requestOf(input),
    state: 'success',
    rawState: 'success',
    completeTime: createdAt + 65_000,
    creditsConsumed: 4,
    results,
  }
}

export function failedTask(reason: TaskFailureReason, providerMessage: string | null = null): FailedTask {
  return {
    ...fields,
    request: requestOf({}),
    state: 'fail',
    rawState: 'fail',
    completeTime: createdAt + 9000,
    creditsConsumed: 0,
    failure: { code: '422', reason, message: 'The task failed.', providerMessage, worthRetrying: reason !== 'input' },
  }
}

const nothing = () => {}

/** What the hook hands over, without the hook. */
export function followed(own: Partial<UseKieTaskResult> & Pick<UseKieTaskResult, 'status'>): UseKieTaskResult {
  return {
    taskId: fields.taskId,
    task: undefined,
    request: own.task?.request ?? null,
    results: [],
    failure: null,
    error: null,
    isPolling: false,
    isReconnecting: false,
    resume: nothing,
    stop: nothing,
    refetch: nothing,
    query: {},
    ...own,
  } as UseKieTaskResult
}

export function errorTask(kind: KieErrorKind, task?: PendingTask): UseKieTaskResult {
  return followed({ status: 'error', task, error: new KieError('Kiekit: for a story.', { kind }) })
}

/** One frozen task for each status and state that a person can see. */
export const everyState = {
  idle: followed({ status: 'idle' }),
  loading: followed({ status: 'loading' }),
  waiting: pendingTask('waiting'),
  queuing: pendingTask('queuing'),
  generating: pendingTask('generating'),
  success: succeededTask([{ kind: 'image', url: 'https://tempfile.aiquickdraw.com/r/harbour.png' }]),
  fail: failedTask('content-policy'),
  'timed-out': followed({ status: 'timed-out', task: pendingTask('generating') }),
  error: errorTask('not-found'),
} satisfies Record<string, KieTask | UseKieTaskResult>
