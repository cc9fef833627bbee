import type {
  FailedTask,
  KieError,
  KieTask,
  PendingTask,
  SucceededTask,
  TaskFailure,
  TaskRequest,
  TaskResult,
} from '@kiekit/core'
import type { UseQueryResult } from '@tanstack/react-query'

/** What can be done with a task that is being followed, and what is true of it whatever its status. */
export interface FollowedTask {
  /** `null` while there is none. */
  taskId: string | null
  /**
   * What was asked for, as Kie tells it; before its first answer, as this page asked. `null` while neither is known.
   */
  request: TaskRequest | null
  /** Every main output in order; empty until success. */
  results: TaskResult[]
  /** Whether more requests will be made by themselves. A hidden or offline tab holds them back, and asks once it is back. */
  isPolling: boolean
  /** The last request failed, or the network is gone, and it is tried again. */
  isReconnecting: boolean
  /** Asks at once, and goes on for another `timeoutMs` after a time-out; takes back `stop()`. */
  resume: () => void
  /** Makes no more requests from here, until `resume()`. The task itself goes on at Kie. */
  stop: () => void
  /** Asks once, now. */
  refetch: () => void
  /** The query under it, read lazily: what you read of it is what re-renders you. */
  readonly query: UseQueryResult<KieTask, KieError>
}

/** No task id, or `enabled: false` and nothing known. */
export interface IdleKieTask extends FollowedTask {
  status: 'idle'
  task: undefined
  failure: null
  error: null
}

/** No answer yet. `error` says why, when requests fail. */
export interface LoadingKieTask extends FollowedTask {
  status: 'loading'
  task: undefined
  failure: null
  error: KieError | null
}

/** Waiting, queuing or generating. `error` is set when the last request failed; `task` is the last good answer. */
export interface RunningKieTask extends FollowedTask {
  status: 'running'
  task: PendingTask
  failure: null
  error: KieError | null
}

export interface SuccessKieTask extends FollowedTask {
  status: 'success'
  task: SucceededTask
  failure: null
  error: null
}

/** Kie could not make it; `failure` says why. */
export interface FailKieTask extends FollowedTask {
  status: 'fail'
  task: FailedTask
  failure: TaskFailure
  error: null
}

/** Not finished when time was up. It may still finish: `resume()` goes on asking. */
export interface TimedOutKieTask extends FollowedTask {
  status: 'timed-out'
  task: PendingTask | undefined
  failure: null
  error: KieError | null
}

/** A request failed in a way that asking again would not change; `error` says why. The task itself may be well. */
export interface ErrorKieTask extends FollowedTask {
  status: 'error'
  task: PendingTask | undefined
  failure: null
  error: KieError
}

/** What {@link useKieTask} returns. `status` tells the cases apart, and narrows `task`, `failure` and `error`. */
export type UseKieTaskResult =
  | IdleKieTask
  | LoadingKieTask
  | RunningKieTask
  | SuccessKieTask
  | FailKieTask
  | TimedOutKieTask
  | ErrorKieTask

export type KieTaskStatus = UseKieTaskResult['status']
