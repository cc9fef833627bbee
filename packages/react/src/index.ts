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
export { type CreateKieTaskRequest, useCreateKieTask } from './use-create-kie-task.ts'
export { type UseKieTaskOptions, useKieTask } from './use-kie-task.ts'
export type { TaskCallbacks } from './use-task-callbacks.ts'
