'use client'
import { useContext } from 'react'
import { TaskContext } from '../task-view/task-context.ts'
import type { TaskView } from '../task-view/task-view.ts'

/**
 * The task of the nearest `<Task>`, for parts of your own.
 *
 * @throws Error outside of a `<Task>`.
 *
 * @example
 * function Model() {
 *   const { task } = useTask()
 *   return <code>{task?.model}</code>
 * }
 */
export function useTask(): TaskView {
  const view = useContext(TaskContext)
  if (view) return view
  throw new Error(
    'Kiekit: useTask() was called outside of a <Task>. Without one it does not know which task is meant. ' +
      'Wrap the component: <Task taskId={id}>…</Task>, or call useKieTask(id).',
  )
}
