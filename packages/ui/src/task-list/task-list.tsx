'use client'
import type { KieTask } from '@kiekit/core'
import type { UseKieTaskResult } from '@kiekit/react'
import {
  type ComponentPropsWithoutRef,
  type FocusEvent,
  forwardRef,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useMemo,
  useRef,
} from 'react'
import { taskLabels } from '../labels/task-labels.ts'
import { type LabelsProp, useLabels } from '../labels/use-labels.ts'
import { type ClassName, type ClassNames, partsOf } from '../part/part.ts'
import { type RootProps, useRoot } from '../part/use-root.ts'
import type { TaskStatus } from '../task-view/task-view.ts'
import { rowKeysOf } from './row-keys.ts'
import { FollowedTaskRow, GivenTaskRow, type TaskListRowPart } from './task-list-row.tsx'
import { targetOfKey, useActiveRow } from './use-active-row.ts'
import { useRows } from './use-rows.ts'

/** Whether there is anything in the list. */
export type TaskListState = 'empty' | 'filled'

/** The parts that `classNames` reaches. */
export type TaskListPart = 'viewport' | 'rows' | 'empty' | TaskListRowPart

/** Either `tasks`, which need no provider, or `taskIds`, which are followed through `KieProvider` while in sight. */
export type TaskListSource =
  | {
      /** What `useKieTask` or `useKieTasks` returns, or `KieTask`s of your own. */
      tasks: readonly (UseKieTaskResult | KieTask)[]
      taskIds?: undefined
    }
  | {
      /** The tasks to follow. Only the rows in sight ask for theirs, so that 10,000 ids cost no more than a screenful. */
      taskIds: readonly string[]
      tasks?: undefined
    }

interface ListProps
  extends Omit<ComponentPropsWithoutRef<'div'>, 'className' | 'children'>,
    RootProps<TaskListState>,
    LabelsProp {
  /** How much room a row takes. @default 'comfortable' */
  density?: 'comfortable' | 'compact' | undefined
  /** The task whose row is marked. */
  selectedTaskId?: string | null | undefined
  /** Called when a row is clicked, or Enter or Space is pressed on it. */
  onSelectTask?: ((taskId: string) => void) | undefined
  /** Shown instead of the kit's words while there are no tasks. */
  empty?: ReactNode
  classNames?:
    | (ClassNames<TaskListRowPart, TaskStatus> & { [Part in 'viewport' | 'rows' | 'empty']?: ClassName<TaskListState> })
    | undefined
}

export type TaskListProps = TaskListSource & ListProps

const rowHeights = { comfortable: 65, compact: 45 }

/** The row in which an event happened; -1 for one in a control inside a row, unless it is asked for as well. */
function rowOf(target: EventTarget, controls: 'skip-controls' | 'with-controls'): number {
  if (!(target instanceof Element)) return -1
  if (controls === 'skip-controls' && target.closest('button, a, [role="button"]')) return -1
  return Number(target.closest('[data-slot="task-list-row"]')?.getAttribute('data-index') ?? -1)
}

/**
 * Many tasks, one row each. Only the rows in sight exist, so 10,000 scroll as ten do, and a row renders again only when
 * its own task changes. One row is in the Tab order; arrow keys, Page Up, Page Down, Home and End move between rows.
 *
 * It scrolls by itself: give it a height by `className` or `style`, else it takes up to 36rem.
 *
 * @example
 * <TaskList taskIds={taskIds} onSelectTask={setOpenTask} selectedTaskId={openTask} />
 * @example
 * const { tasks } = useKieTasks(taskIds)
 * <TaskList tasks={tasks} density="compact" style={{ maxBlockSize: '100%' }} />
 */
export const TaskList = forwardRef<HTMLDivElement, TaskListProps>(function TaskList(all, forwardedRef) {
  const { tasks, taskIds, density = 'comfortable', selectedTaskId, onSelectTask, empty, ...others } = all
  const { classNames, className, render, labels, ...rest } = others
  const words = useLabels(taskLabels, labels)
  const viewport = useRef<HTMLDivElement>(null)
  const ids = useMemo(() => taskIds ?? (tasks ?? []).map((task) => task.taskId), [tasks, taskIds])
  const keys = useMemo(() => rowKeysOf(ids), [ids])
  const rowHeight = rowHeights[density]
  const active = useActiveRow(keys, viewport)
  const rows = useRows({ viewport, keys, rowHeight, activeIndex: active.index })
  const count = ids.length
  const state = count === 0 ? 'empty' : 'filled'
  const part = partsOf<'viewport' | 'rows' | 'empty', TaskListState>('task-list', state, classNames)
  const isSelectable = onSelectTask !== undefined || selectedTaskId !== undefined

  const select = (index: number) => {
    const taskId = ids[index]
    if (taskId) onSelectTask?.(taskId)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const from = rowOf(event.target, 'with-controls')
    if (from < 0) return
    if (event.key === 'Enter' || event.key === ' ') {
      if (rowOf(event.target, 'skip-controls') < 0 || !onSelectTask) return
      event.preventDefault()
      return select(from)
    }
    const height = rows.items.find(({ index }) => index === from)?.size ?? rowHeight
    const page = Math.max(1, Math.floor((viewport.current?.clientHeight ?? 0) / height) - 1)
    const to = targetOfKey(event.key, from, count, page)
    if (to === null) return
    event.preventDefault()
    active.activate(to, 'focus')
    rows.scrollTo(to)
  }
  const onFocus = (event: FocusEvent) => {
    active.onFocusChange({ type: 'focus', target: event.target })
    active.activate(rowOf(event.target, 'with-controls'))
  }
  const onBlur = (event: FocusEvent) => active.onFocusChange({ type: 'blur', target: event.target })
  const onClick = (event: MouseEvent) => select(rowOf(event.target, 'skip-controls'))

  return useRoot({
    tag: 'div',
    slot: 'task-list',
    state,
    ours: 'kie:@container kie:flex kie:max-h-144 kie:w-full kie:flex-col kie:overflow-hidden kie:rounded-xl kie:border kie:border-border kie:bg-card',
    className,
    render,
    forwardedRef,
    props: {
      ...rest,
      children:
        count === 0 ? (
          <div
            ref={viewport}
            {...part(
              'empty',
              'kie:flex kie:min-h-32 kie:items-center kie:justify-center kie:p-6 kie:text-center kie:text-sm kie:text-muted-foreground',
            )}
          >
            {empty ?? words['list.empty']}
          </div>
        ) : (
          <div
            ref={viewport}
            role="grid"
            aria-label={words['list.label']}
            aria-rowcount={count}
            onKeyDown={onKeyDown}
            onFocus={onFocus}
            onBlur={onBlur}
            onClick={onClick}
            {...part(
              'viewport',
              'kie:relative kie:block kie:min-h-0 kie:flex-1 kie:overflow-x-hidden kie:overflow-y-auto kie:overscroll-contain',
            )}
          >
            <div
              role="rowgroup"
              style={{ blockSize: rows.totalSize }}
              {...part('rows', 'kie:relative kie:block kie:w-full')}
            >
              {rows.items.map(({ key, index, start }) => {
                const look = {
                  index,
                  start,
                  density,
                  isActive: index === active.index,
                  isSelected: isSelectable ? Boolean(ids[index]) && ids[index] === selectedTaskId : undefined,
                  classNames,
                  labels,
                  measure: rows.measure,
                }
                const task = tasks?.[index]
                if (task) return <GivenTaskRow key={key} task={task} {...look} />
                return <FollowedTaskRow key={key} taskId={ids[index] ?? ''} asksAtOnce={!rows.isScrolling} {...look} />
              })}
            </div>
          </div>
        ),
    },
  })
})
