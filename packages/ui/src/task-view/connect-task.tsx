'use client'
import type { KieTask } from '@kiekit/core'
import { type UseKieTaskResult, useKieTask } from '@kiekit/react'
import {
  type ComponentType,
  type ForwardedRef,
  type ForwardRefExoticComponent,
  forwardRef,
  type RefAttributes,
  useContext,
} from 'react'
import { TaskContext } from './task-context.ts'
import { type TaskSource, type TaskView, viewTask } from './task-view.ts'

/** What a component gets to show, in place of `task` or `taskId`. */
export interface ViewProps<Props, Element> {
  view: TaskView
  props: Props
  forwardedRef: ForwardedRef<Element>
}

interface AnySource {
  task?: UseKieTaskResult | KieTask | undefined
  taskId?: string | null | undefined
}

/**
 * Makes a component that takes `task` or `taskId` from one that shows a {@link TaskView}. The hook lives in a
 * component of its own, so that it is called on each render or never.
 */
export function connectTask<Props extends object, Element>(
  name: string,
  View: ComponentType<ViewProps<Props, Element>>,
): ForwardRefExoticComponent<TaskSource & Props & RefAttributes<Element>> {
  function Followed({
    taskId,
    ...rest
  }: { taskId: string | null | undefined } & Omit<ViewProps<Props, Element>, 'view'>) {
    return <View view={viewTask(useKieTask(taskId))} {...rest} />
  }
  function Connected(all: AnySource & object, forwardedRef: ForwardedRef<Element>) {
    const { task, taskId, ...rest } = all
    const around = useContext(TaskContext)
    const shared = { props: rest as Props, forwardedRef }
    if (!task && 'taskId' in all) return <Followed taskId={taskId} {...shared} />
    const view = task ? viewTask(task) : around
    if (view) return <View view={view} {...shared} />
    throw new Error(
      `Kiekit: <${name}> was given neither task nor taskId, and has nothing to show. ` +
        'Pass what useKieTask returns as task, or the id as taskId, or put it inside <Task taskId={id}>.',
    )
  }
  Connected.displayName = name
  return forwardRef(Connected) as ForwardRefExoticComponent<TaskSource & Props & RefAttributes<Element>>
}
