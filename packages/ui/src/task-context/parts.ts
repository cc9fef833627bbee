'use client'
// The components as they are inside `<Task>`. At run time each looks for the task around it anyway; only the types
// differ, hence the casts.
import { BeforeAfter as AnyBeforeAfter } from '../before-after/before-after.tsx'
import { ResultGallery as AnyResultGallery } from '../result-gallery/result-gallery.tsx'
import { ResultViewer as AnyResultViewer } from '../result-viewer/result-viewer.tsx'
import { TaskFailureNotice as AnyTaskFailureNotice } from '../task-failure-notice/task-failure-notice.tsx'
import { TaskProgress as AnyTaskProgress } from '../task-progress/task-progress.tsx'
import { TaskStatusBadge as AnyTaskStatusBadge } from '../task-status-badge/task-status-badge.tsx'
import type { InsideTask } from './inside-task.ts'

export const TaskStatusBadge = AnyTaskStatusBadge as InsideTask<typeof AnyTaskStatusBadge>
export const TaskProgress = AnyTaskProgress as InsideTask<typeof AnyTaskProgress>
export const ResultGallery = AnyResultGallery as InsideTask<typeof AnyResultGallery>
export const ResultViewer = AnyResultViewer as InsideTask<typeof AnyResultViewer>
export const BeforeAfter = AnyBeforeAfter as InsideTask<typeof AnyBeforeAfter>
export const TaskFailureNotice = AnyTaskFailureNotice as InsideTask<typeof AnyTaskFailureNotice>
