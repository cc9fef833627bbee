'use client'
// The entry `@kiekit/ui/task`: the components as they are inside `<Task>`. At run time each looks for the task around
// it anyway; only the types differ, hence the casts.
import { ResultGallery as AnyResultGallery } from './result-gallery/result-gallery.tsx'
import type { InsideTask } from './task-context/inside-task.ts'
import { TaskFailureNotice as AnyTaskFailureNotice } from './task-failure-notice/task-failure-notice.tsx'
import { TaskProgress as AnyTaskProgress } from './task-progress/task-progress.tsx'
import { TaskStatusBadge as AnyTaskStatusBadge } from './task-status-badge/task-status-badge.tsx'

export { Task, type TaskProps } from './task-context/task.tsx'
export { useTask } from './task-context/use-task.ts'
export type { TaskView } from './task-view/task-view.ts'

export const TaskStatusBadge = AnyTaskStatusBadge as InsideTask<typeof AnyTaskStatusBadge>
export const TaskProgress = AnyTaskProgress as InsideTask<typeof AnyTaskProgress>
export const ResultGallery = AnyResultGallery as InsideTask<typeof AnyResultGallery>
export const TaskFailureNotice = AnyTaskFailureNotice as InsideTask<typeof AnyTaskFailureNotice>
