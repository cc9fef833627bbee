import type { ComponentProps, ComponentType, ForwardRefExoticComponent } from 'react'

/** A component of the kit as it is inside `<Task>`, which brings the task: without `task` and `taskId`. */
export type InsideTask<Component extends ComponentType<never>> = ForwardRefExoticComponent<
  Omit<ComponentProps<Component>, 'task' | 'taskId'>
>
