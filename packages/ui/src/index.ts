export { BeforeAfter, type BeforeAfterPart, type BeforeAfterProps } from './before-after/before-after.tsx'
export {
  CreditsBadge,
  type CreditsBadgePart,
  type CreditsBadgeProps,
  type CreditsState,
} from './credits-badge/credits-badge.tsx'
export { KieLabelsProvider, type KieLabelsProviderProps } from './labels/kie-labels-provider.tsx'
export type { KieLabels } from './labels/labels.ts'
export type { ClassName, ClassNames } from './part/part.ts'
export { ResultGallery, type ResultGalleryProps } from './result-gallery/result-gallery.tsx'
export type { ResultGalleryPart } from './result-gallery/result-tile.tsx'
export type { GalleryLayout } from './result-gallery/tile-layout.ts'
export { ResultViewer, type ResultViewerProps } from './result-viewer/result-viewer.tsx'
export type { ResultViewerPart } from './result-viewer/viewer.tsx'
export { TaskCard, type TaskCardPart, type TaskCardProps } from './task-card/task-card.tsx'
export { Task, type TaskProps } from './task-context/task.tsx'
export { useTask } from './task-context/use-task.ts'
export {
  TaskFailureNotice,
  type TaskFailureNoticePart,
  type TaskFailureNoticeProps,
} from './task-failure-notice/task-failure-notice.tsx'
export {
  TaskList,
  type TaskListPart,
  type TaskListProps,
  type TaskListSource,
  type TaskListState,
} from './task-list/task-list.tsx'
export { TaskProgress, type TaskProgressPart, type TaskProgressProps } from './task-progress/task-progress.tsx'
export {
  TaskStatusBadge,
  type TaskStatusBadgePart,
  type TaskStatusBadgeProps,
} from './task-status-badge/task-status-badge.tsx'
export type { TaskPhase, TaskSource, TaskStatus, TaskView } from './task-view/task-view.ts'
