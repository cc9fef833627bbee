'use client'
import type { ComponentType, ReactNode } from 'react'
import { connectTask, type ViewProps } from '../task-view/connect-task.tsx'
import { TaskContext } from '../task-view/task-context.ts'
import type { TaskSource } from '../task-view/task-view.ts'

interface ScopeProps {
  children?: ReactNode
}

/** Either `task` or `taskId`, and what is shown of it. */
export type TaskProps = TaskSource & ScopeProps

function TaskScope({ view, props }: ViewProps<ScopeProps, never>) {
  return <TaskContext.Provider value={view}>{props.children}</TaskContext.Provider>
}

/**
 * Names a task once for everything inside it. It renders no element of its own.
 *
 * Inside of it the components need neither `task` nor `taskId`. `@kiekit/ui/task` has them typed so; those of
 * `@kiekit/ui` work as well, but TypeScript asks them for one of the two, because it cannot see what is around them.
 *
 * @example
 * import { ResultGallery, Task, TaskProgress, TaskStatusBadge } from '@kiekit/ui/task'
 *
 * <Task taskId={taskId}>
 *   <TaskStatusBadge />
 *   <TaskProgress />
 *   <ResultGallery />
 * </Task>
 */
export const Task: ComponentType<TaskProps> = connectTask<ScopeProps, never>('Task', TaskScope)
