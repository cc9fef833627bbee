'use client'
import { TaskCard as AnyTaskCard } from './task-card/task-card.tsx'
// The entry `@kiekit/ui/task`: `<Task>`, and the components typed for the inside of it.
import type { InsideTask } from './task-context/inside-task.ts'

export {
  BeforeAfter,
  ResultGallery,
  ResultViewer,
  TaskFailureNotice,
  TaskProgress,
  TaskStatusBadge,
} from './task-context/parts.ts'
export { Task, type TaskProps } from './task-context/task.tsx'
export { useTask } from './task-context/use-task.ts'
export type { TaskView } from './task-view/task-view.ts'

export const TaskCard = AnyTaskCard as InsideTask<typeof AnyTaskCard>
