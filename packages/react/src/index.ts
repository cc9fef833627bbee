export type { DownloadOptions, OpenedFile, ResultToDownload } from './download-result.ts'
export type { KeyValueStorage } from './key-value-storage.ts'
export { kieKeys } from './kie-keys.ts'
export { KieProvider, type KieProviderProps } from './kie-provider.tsx'
export { type FollowOptions, type KieTaskOptions, kieTaskOptions } from './kie-task-options.ts'
export type {
  ErrorKieTask,
  FailKieTask,
  FollowedTask,
  IdleKieTask,
  KieTaskStatus,
  LoadingKieTask,
  RunningKieTask,
  SuccessKieTask,
  TimedOutKieTask,
  UseKieTaskResult,
} from './kie-task-result.ts'
export type { TaskHistoryEntry } from './task-history.ts'
export type { TaskTotals, UseKieTasksResult } from './task-list-watcher.ts'
export type { TaskProgress } from './task-progress.ts'
export { useCreateKieTask } from './use-create-kie-task.ts'
export { useKieClient } from './use-kie-client.ts'
export { type UseKieCreditsResult, useKieCredits } from './use-kie-credits.ts'
export { type UseKieGenerationOptions, type UseKieGenerationResult, useKieGeneration } from './use-kie-generation.ts'
export { type UseKieTaskOptions, useKieTask } from './use-kie-task.ts'
export { useKieTasks } from './use-kie-tasks.ts'
export { type KieUploadOptions, type UseKieUploadResult, useKieUpload } from './use-kie-upload.ts'
export { type UseResultDownloadResult, useResultDownload } from './use-result-download.ts'
export {
  type UseSuspenseKieTaskOptions,
  type UseSuspenseKieTaskResult,
  useSuspenseKieTask,
} from './use-suspense-kie-task.ts'
export type { TaskCallbacks } from './use-task-callbacks.ts'
export { type UseTaskHistoryOptions, type UseTaskHistoryResult, useTaskHistory } from './use-task-history.ts'
export { useTaskProgress } from './use-task-progress.ts'
