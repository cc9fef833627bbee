'use client'
import type { KieTask } from '@kiekit/core'
import { type UseKieTaskResult, useKieTask } from '@kiekit/react'
import { memo, type ReactNode, useEffect, useState } from 'react'
import type { KieLabels } from '../labels/labels.ts'
import { taskLabels } from '../labels/task-labels.ts'
import { useLabels } from '../labels/use-labels.ts'
import { type ClassNames, type PartProps, partsOf } from '../part/part.ts'
import { requestedPrompt } from '../result-gallery/requested-media.ts'
import { ResultThumbnail, type ThumbnailPart } from '../result-thumbnail/result-thumbnail.tsx'
import { TaskStatusBadge } from '../task-context/parts.ts'
import { actionOf, isWorking, messageOf, words as progressWords } from '../task-progress/read-progress.ts'
import { useIsOffline } from '../task-progress/use-is-offline.ts'
import { figuresOf, useProgress } from '../task-progress/use-progress.ts'
import { TaskContext } from '../task-view/task-context.ts'
import { type TaskStatus, type TaskView, viewTask } from '../task-view/task-view.ts'
import { CreatedTime } from './created-time.tsx'
import { isSameRow } from './same-row.ts'

/**
 * The parts of a row that `classNames` reaches, each also as a function of the task's status. `badge` is an element of
 * the row around the `TaskStatusBadge`.
 */
export type TaskListRowPart = 'row' | 'prompt' | 'skeleton' | 'facts' | 'badge' | 'time' | 'action' | ThumbnailPart

interface RowLook {
  index: number
  /** Pixels from the top. */
  start: number
  density: 'comfortable' | 'compact'
  isActive: boolean
  /** Absent where nothing can be selected. */
  isSelected: boolean | undefined
  classNames: ClassNames<TaskListRowPart, TaskStatus> | undefined
  labels: Partial<KieLabels> | undefined
  measure: (element: HTMLElement | null) => void
}

const words = { ...progressWords, ...taskLabels }

/** Where a row is too narrow for one line to say much. */
const twoLines = 'kie:@max-sm:line-clamp-2 kie:@max-sm:whitespace-normal kie:wrap-anywhere'

interface RowTimeProps {
  view: TaskView
  words: typeof words & { locale: string }
  part: PartProps<TaskStatus>
}

function RowTime({ view, words: given, part }: RowTimeProps) {
  const { text, room, key } = figuresOf({ ...useProgress(view, given), remaining: null }, view.status, given)
  return (
    <span key={key} data-room={room} {...part}>
      {text}
    </span>
  )
}

function RowView({ view, ...look }: RowLook & { view: TaskView }) {
  const { index, start, density, isActive, isSelected, classNames, labels, measure } = look
  const given = useLabels(words, labels)
  const { status, task, request } = view
  const isUnknown = status === 'loading' && request === null
  const part = partsOf('task-list', status, classNames)
  const isCompact = density === 'compact'
  const message = messageOf(view, given, useIsOffline())
  const action = actionOf(view, given)
  const prompt = requestedPrompt(request) ?? (task || request ? given['task.untitled'] : given['task.label'])
  const model = task?.model || request?.model
  const background = isSelected
    ? 'kie:bg-primary/10 kie:forced:outline-2 kie:forced:-outline-offset-4 kie:forced:outline-[Highlight]'
    : isSelected === false
      ? 'kie:hover:bg-muted/60'
      : ''

  const facts: ReactNode =
    message ??
    (isCompact || isUnknown ? null : (
      <>
        {/* Cut off at its own end, also where the list runs from right to left. */}
        {model && <bdi className="kie:part kie:inline-block kie:max-w-full kie:truncate kie:align-bottom">{model}</bdi>}
        <CreatedTime createTime={task?.createTime ?? null} locale={given.locale} separator={model ? ' · ' : ''} />
      </>
    ))
  // What went wrong is told in a compact row as well: two tight lines are as high as its picture.
  const isTight = isCompact && message !== null

  return (
    <TaskContext.Provider value={view}>
      <div
        ref={measure}
        role="row"
        aria-rowindex={index + 1}
        aria-selected={isSelected}
        tabIndex={isActive ? 0 : -1}
        data-index={index}
        style={{ transform: `translateY(${start}px)` }}
        {...part(
          'row',
          `kie:absolute kie:inset-x-0 kie:top-0 kie:block kie:border-border kie:focus-visible:-outline-offset-2 ${index > 0 ? 'kie:border-t' : ''} ${isSelected === undefined ? '' : 'kie:cursor-pointer'} ${background}`,
        )}
      >
        <div
          role="gridcell"
          className={`kie:part kie:flex kie:items-center kie:gap-3 kie:px-3 kie:@max-sm:flex-wrap kie:@max-sm:items-start kie:@max-sm:gap-y-1 kie:@max-sm:py-2 kie:@max-3xs:flex-col kie:@max-3xs:flex-nowrap kie:@max-3xs:items-stretch ${isCompact ? 'kie:min-h-11' : 'kie:min-h-16'}`}
        >
          <ResultThumbnail view={view} words={given} part={part} size={isCompact ? 'kie:size-8' : 'kie:size-11'} />
          <div
            key={isUnknown ? 'unknown' : isTight ? 'explained' : 'known'}
            className={`kie:part kie:flex kie:min-w-0 kie:flex-1 kie:flex-col ${isCompact ? 'kie:@max-sm:min-h-[3rem]' : 'kie:@max-sm:min-h-[4.25rem]'}`}
          >
            {isUnknown ? (
              <span
                aria-hidden="true"
                {...part(
                  'skeleton',
                  'kie:my-1 kie:block kie:h-3 kie:w-40 kie:max-w-full kie:rounded-sm kie:bg-muted kie:edge kie:motion-ok:animate-shimmer',
                )}
              />
            ) : (
              <span
                dir="auto"
                {...part(
                  'prompt',
                  `kie:block kie:truncate kie:text-match-parent kie:text-sm kie:font-medium ${isTight ? 'kie:leading-tight' : twoLines} kie:@max-sm:leading-tight`,
                )}
              >
                {prompt}
              </span>
            )}
            {facts !== null && (
              // As many lines, whatever is said: rows of equal height move none of the others.
              <span
                title={message ?? undefined}
                {...part(
                  'facts',
                  `kie:block kie:truncate kie:text-xs kie:text-muted-foreground ${isTight ? 'kie:leading-[1.2]' : ''} ${message === null ? '' : twoLines}`,
                )}
              >
                {facts}
              </span>
            )}
          </div>
          <div
            className={`kie:part kie:flex kie:shrink-0 kie:items-end kie:gap-1 kie:@max-sm:min-h-6 kie:@max-sm:w-full kie:@max-sm:flex-row kie:@max-sm:flex-wrap kie:@max-sm:items-center kie:@max-sm:justify-between kie:@max-3xs:flex-col kie:@max-3xs:items-start ${isCompact ? 'kie:flex-row-reverse kie:items-center kie:gap-3' : 'kie:flex-col'}`}
          >
            <span {...part('badge', 'kie:flex')}>
              <TaskStatusBadge size="sm" labels={labels} />
            </span>
            {action ? (
              <button
                type="button"
                tabIndex={isActive ? 0 : -1}
                onClick={() => action.run()}
                {...part('action', 'kie:action kie:text-xs')}
              >
                {action.label}
              </button>
            ) : (
              <RowTime
                view={view}
                words={given}
                part={part(
                  'time',
                  `kie:room kie:min-h-6 kie:text-xs kie:leading-6 kie:text-muted-foreground kie:tabular-nums ${isCompact ? 'kie:hidden kie:@max-sm:block kie:@md:block' : 'kie:block'} ${isWorking(status) ? '' : 'kie:@sm:empty:hidden'}`,
                )}
              />
            )}
          </div>
        </div>
      </div>
    </TaskContext.Provider>
  )
}

/** A row that comes into sight while the list is scrolled waits this long: those that rush by ask nothing. */
const settledAfterMs = 150

interface FollowedRowProps extends RowLook {
  taskId: string
  asksAtOnce: boolean
}

function FollowedRow({ taskId, asksAtOnce, ...look }: FollowedRowProps) {
  const [asks, setAsks] = useState(asksAtOnce)
  useEffect(() => {
    if (asks) return
    const timer = setTimeout(() => setAsks(true), settledAfterMs)
    return () => clearTimeout(timer)
  }, [asks])
  const view = viewTask(useKieTask(taskId, { enabled: asks }))
  const isYetToAsk = !asks && view.status === 'idle'
  return <RowView view={isYetToAsk ? { ...view, status: 'loading', phase: 'loading' } : view} {...look} />
}

function Row({ task, ...look }: RowLook & { task: UseKieTaskResult | KieTask }) {
  return <RowView view={viewTask(task)} {...look} />
}

/** A row of a task that the list was given. It renders again only when something in it changes. */
export const GivenTaskRow = memo(Row, isSameRow)

/** A row of a task that it follows itself, while it is in sight. */
export const FollowedTaskRow = memo(FollowedRow, isSameRow)
