import type { ForwardRefExoticComponent } from 'react'

/** A component of the kit as it is inside `<Task>`, which brings the task: without `task` and `taskId`. */
export type InsideTask<Component> =
  Component extends ForwardRefExoticComponent<infer Props>
    ? ForwardRefExoticComponent<Omit<Props, 'task' | 'taskId'>>
    : never
