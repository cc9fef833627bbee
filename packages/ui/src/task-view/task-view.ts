import type { KieError, KieTask, TaskFailure, TaskRequest, TaskResult, TaskState } from '@kiekit/core'
import type { KieTaskStatus, UseKieTaskResult } from '@kiekit/react'

/** The hook's status of a task. */
export type TaskStatus = KieTaskStatus

/** What a person is told about a task: the task's own state where it has one to tell, else the hook's status. */
export type TaskPhase = TaskState | Exclude<TaskStatus, 'running' | 'success' | 'fail'>

/**
 * What a component shows: either `task`, which needs no provider, or `taskId`, which follows the task through
 * `KieProvider`. Inside {@link Task} neither is needed.
 */
export type TaskSource =
  | {
      /** What `useKieTask` returns, or a `KieTask` of your own. */
      task: UseKieTaskResult | KieTask
      taskId?: undefined
    }
  | {
      /** The task to follow; `null` while there is none yet. */
      taskId: string | null | undefined
      task?: undefined
    }

/** One shape for all sources of a task, so that a component is written once. */
export interface TaskView {
  /** `null` while there is none. */
  taskId: string | null
  status: TaskStatus
  phase: TaskPhase
  task: KieTask | undefined
  /** What was asked for: as Kie tells it, or before its first answer, as this page asked. */
  request: TaskRequest | null
  results: TaskResult[]
  failure: TaskFailure | null
  error: KieError | null
  isReconnecting: boolean
  /** Absent where nothing follows the task: a bare `KieTask` cannot be asked again. */
  resume?: (() => void) | undefined
  refetch?: (() => void) | undefined
}

function viewOfTask(task: KieTask): TaskView {
  const status = task.state === 'success' || task.state === 'fail' ? task.state : 'running'
  return {
    taskId: task.taskId,
    status,
    phase: task.state,
    task,
    request: task.request,
    results: task.state === 'success' ? task.results : [],
    failure: task.state === 'fail' ? task.failure : null,
    error: null,
    isReconnecting: false,
  }
}

function viewOfFollowed(source: UseKieTaskResult): TaskView {
  const { status, task }: Pick<TaskView, 'status' | 'task'> = source
  return { ...source, phase: status === 'running' ? (task?.state ?? 'waiting') : status }
}

/** What a source was read into, so that one source is one view: whoever compares sees no change where there is none. */
const views = new WeakMap<UseKieTaskResult | KieTask, TaskView>()

/** Reads either source of a task into the shape that the components show. */
export function viewTask(source: UseKieTaskResult | KieTask): TaskView {
  const known = views.get(source)
  if (known) return known
  const view = 'state' in source ? viewOfTask(source) : viewOfFollowed(source)
  views.set(source, view)
  return view
}
