import type { FailedTask, PendingTask } from './task.ts'

/** The task itself failed at Kie. Thrown by `waitForTask`. */
export class TaskFailedError extends Error {
  override readonly name: string = 'TaskFailedError'
  readonly task: FailedTask

  constructor(task: FailedTask) {
    super(`Kiekit: task ${task.taskId} failed. ${task.failure.message}`)
    this.task = task
  }
}

/** The task still runs at Kie when our patience ends: nothing is lost, the same id can be waited for again. */
export class TaskTimedOutError extends Error {
  override readonly name: string = 'TaskTimedOutError'
  readonly taskId: string
  /** What was last known of it; `null` if no answer ever came. */
  readonly task: PendingTask | null

  constructor(taskId: string, task: PendingTask | null) {
    super(
      `Kiekit: task ${taskId} was not finished in time. It still runs at Kie.ai and may be paid for. Wait for the same task id again; do not create it anew.`,
    )
    this.taskId = taskId
    this.task = task
  }
}
