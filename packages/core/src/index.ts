export { type AdaptivePollingOptions, adaptivePolling } from './adaptive-polling.ts'
export { type CreateTaskRequest, createKieClient, type KieClient } from './client.ts'
export type { KieClientOptions } from './client-options.ts'
export { defineModel, type KieModel, type SchemaInput, type SchemaOutput, type StandardSchema } from './define-model.ts'
export type { DurationDistribution, DurationStats } from './duration-distribution.ts'
export { createDurationStats, type DurationStatsOptions } from './durations.ts'
export type { DurationStorage } from './durations-storage.ts'
export { fixedPolling } from './fixed-polling.ts'
export { isKieError, KieError, type KieErrorDetails, type KieErrorKind } from './kie-error.ts'
export type { Open } from './open.ts'
export {
  createPageScheduler,
  type PageScheduler,
  type PageSchedulerOptions,
  type TurnOptions,
} from './page-scheduler.ts'
export { parseTask } from './parse-task.ts'
export type { PollContext, PollingPolicy } from './polling-policy.ts'
export { createTaskReplySchema, envelopeSchema, taskRecordSchema } from './schemas.ts'
export { stagedPolling } from './staged-polling.ts'
export {
  type DataResult,
  type FailedTask,
  isTerminal,
  type JsonValue,
  type KieTask,
  type MediaResult,
  type PendingTask,
  type SucceededTask,
  type TaskFailure,
  type TaskFailureReason,
  type TaskFields,
  type TaskRequest,
  type TaskResult,
  type TaskState,
  type TextResult,
} from './task.ts'
export { TaskFailedError, TaskTimedOutError } from './task-errors.ts'
export type { UploadOptions } from './upload.ts'
export { type WaitForTaskOptions, waitForTask } from './wait-for-task.ts'
