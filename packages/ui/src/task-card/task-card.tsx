'use client'
import type { FailedTask } from '@kiekit/core'
import type { ComponentPropsWithoutRef } from 'react'
import { formatCredits } from '../credits-badge/format-credits.ts'
import { creditsLabels } from '../labels/credits-labels.ts'
import { galleryLabels } from '../labels/gallery-labels.ts'
import { taskLabels } from '../labels/task-labels.ts'
import { type LabelsProp, useLabels } from '../labels/use-labels.ts'
import { type ClassNames, partsOf } from '../part/part.ts'
import { type RootProps, useRoot } from '../part/use-root.ts'
import { requestedPrompt } from '../result-gallery/requested-media.ts'
import { SaveFilesButton } from '../result-gallery/save-files-button.tsx'
import { ResultThumbnail, type ThumbnailPart } from '../result-thumbnail/result-thumbnail.tsx'
import { TaskProgress, TaskStatusBadge } from '../task-context/parts.ts'
import { isWorking, messageOf, words as progressWords } from '../task-progress/read-progress.ts'
import { useIsOffline } from '../task-progress/use-is-offline.ts'
import { useProgress } from '../task-progress/use-progress.ts'
import { connectTask, type ViewProps } from '../task-view/connect-task.tsx'
import { TaskContext } from '../task-view/task-context.ts'
import type { TaskStatus, TaskView } from '../task-view/task-view.ts'
import { useCanSave } from '../task-view/use-can-save.ts'
import { CardNotice } from './card-notice.tsx'
import { CardStage } from './card-stage.tsx'

/**
 * The parts that `classNames` reaches. `badge` and `results` are elements of the card around the `TaskStatusBadge` and
 * the `ResultGallery`, or what stands in its place.
 */
export type TaskCardPart =
  | 'header'
  | 'prompt'
  | 'skeleton'
  | 'model'
  | 'badge'
  | 'results'
  | 'note'
  | 'footer'
  | 'facts'
  | 'save-all'
  | 'save-status'
  | ThumbnailPart

export interface TaskCardProps
  extends Omit<ComponentPropsWithoutRef<'article'>, 'className'>,
    RootProps<TaskStatus>,
    LabelsProp {
  /** All results under the prompt, or the first of them small beside it. @default 'gallery' */
  layout?: 'gallery' | 'thumbnail' | undefined
  /** The results' ratio, `'16:9'` or width by height. For tasks that this page did not make: with it nothing moves at Kie's first answer. @default what the request asked for, else 1 */
  ratio?: string | number | undefined
  /** How many results are expected, likewise. @default what the request asked for, else 1 */
  count?: number | undefined
  /** Starts a failed task anew, which is paid for anew; with it the notice of a failure has a button. */
  onRetry?: ((task: FailedTask) => void) | undefined
  classNames?: ClassNames<TaskCardPart, TaskStatus> | undefined
}

const english = { ...progressWords, ...galleryLabels, ...creditsLabels, ...taskLabels }

/** How long a finished task took and what it cost; empty where neither is known. */
function Facts({ view, words }: { view: TaskView; words: typeof english & { locale: string } }) {
  const { time } = useProgress(view, words)
  const credits = view.task?.creditsConsumed ?? null
  const facts = [time, credits === null ? null : formatCredits(credits, words)]
  return facts.filter((fact) => fact !== null).join(' · ')
}

function CardView({ view, props, forwardedRef }: ViewProps<TaskCardProps, HTMLElement>) {
  const { layout = 'gallery', ratio, count, onRetry, classNames, className, render, labels, children, ...rest } = props
  const words = useLabels(english, labels)
  const { status, task, request } = view
  const canSave = useCanSave()
  const part = partsOf('task-card', status, classNames)
  const prompt = requestedPrompt(request)
  const isOffline = useIsOffline()
  const isProblem = status === 'fail' || status === 'error' || status === 'timed-out'
  const isSmall = layout === 'thumbnail'

  // A model's id and many a prompt run from left to right wherever they stand; they keep to the side of their column.
  const foreign = { dir: 'auto' } as const
  const title =
    status === 'loading' && request === null ? (
      <span
        key="unknown"
        aria-hidden="true"
        {...part(
          'skeleton',
          'kie:my-1 kie:block kie:h-3 kie:w-32 kie:max-w-full kie:rounded-sm kie:bg-muted kie:edge kie:motion-ok:animate-shimmer',
        )}
      />
    ) : (
      <span
        key="known"
        {...foreign}
        {...part(
          'prompt',
          'kie:line-clamp-2 kie:text-match-parent kie:text-sm kie:leading-snug kie:font-medium kie:wrap-anywhere',
        )}
      >
        {prompt ?? (task || request ? words['task.untitled'] : words['task.label'])}
      </span>
    )
  const modelName = task?.model || request?.model
  const model = modelName && (
    <span
      {...foreign}
      {...part('model', 'kie:block kie:truncate kie:text-match-parent kie:text-xs kie:text-muted-foreground')}
    >
      {modelName}
    </span>
  )
  const badge = (
    <span {...part('badge', 'kie:flex kie:shrink-0')}>
      <TaskStatusBadge size="sm" labels={labels} />
    </span>
  )

  const footer =
    (status !== 'idle' && !(isProblem && !isSmall)) || children !== undefined ? (
      <div
        {...part(
          'footer',
          'kie:flex kie:min-h-8.5 kie:flex-wrap kie:items-center kie:justify-between kie:gap-x-4 kie:gap-y-2',
        )}
      >
        {isWorking(status) && (
          <TaskContext.Provider value={isSmall ? view : { ...view, isReconnecting: false, refetch: undefined }}>
            <TaskProgress labels={labels} classNames={{ label: 'kie:sr-only', value: 'kie:text-xs' }} />
          </TaskContext.Provider>
        )}
        {isProblem && isSmall && <CardNotice onRetry={onRetry} labels={labels} />}
        {status === 'success' && (
          <span {...part('facts', 'kie:text-xs kie:text-muted-foreground kie:tabular-nums')}>
            <Facts view={view} words={words} />
          </span>
        )}
        {canSave && task?.state === 'success' && (
          <SaveFilesButton
            taskId={task.taskId}
            results={task.results}
            words={words}
            part={part('save-all', 'kie:action kie:text-xs')}
            statusPart={part('save-status', 'kie:text-xs kie:text-muted-foreground')}
          />
        )}
        {children}
      </div>
    ) : null

  const root = useRoot({
    tag: 'article',
    slot: 'task-card',
    state: status,
    ours: 'kie:@container kie:flex kie:w-full kie:flex-col kie:gap-3 kie:rounded-xl kie:border kie:border-border kie:bg-card kie:p-4',
    className,
    render,
    forwardedRef,
    props: {
      'aria-label': prompt ?? words['task.label'],
      ...rest,
      children: isSmall ? (
        <div className="kie:part kie:flex kie:gap-4 kie:@max-[14em]:flex-col">
          <ResultThumbnail view={view} words={words} part={part} size="kie:size-20" />
          <div className="kie:part kie:flex kie:min-w-0 kie:flex-1 kie:flex-col kie:gap-2">
            <div {...part('header', 'kie:flex kie:flex-col kie:gap-1.5')}>
              <div className="kie:part kie:flex kie:min-h-10 kie:flex-col kie:justify-center">{title}</div>
              {/* The model's line is there before the model is. */}
              <div className="kie:part kie:flex kie:min-w-0 kie:items-center kie:gap-2 kie:@max-xs:grid kie:@max-xs:grid-cols-1 kie:@max-xs:grid-rows-[auto_1rem] kie:@max-xs:gap-1">
                {badge}
                {model}
              </div>
            </div>
            {footer}
          </div>
        </div>
      ) : (
        <>
          <div
            {...part(
              'header',
              'kie:flex kie:min-h-15 kie:items-center kie:justify-between kie:gap-3 kie:@max-2xs:flex-col kie:@max-2xs:items-stretch kie:@max-2xs:gap-1.5',
            )}
          >
            <div
              key={title.key}
              className="kie:part kie:flex kie:min-w-0 kie:flex-col kie:gap-0.5 kie:@max-2xs:min-h-15"
            >
              {title}
              {model}
            </div>
            {badge}
          </div>
          <CardStage
            view={view}
            count={count}
            ratio={ratio}
            note={isWorking(status) ? messageOf(view, words, isOffline) : null}
            withFooter={footer !== null}
            onRetry={onRetry}
            labels={labels}
            part={part}
          />
          {footer}
        </>
      ),
    },
  })
  return <TaskContext.Provider value={view}>{root}</TaskContext.Provider>
}

/**
 * One task on a card: what was asked for, how far it is, and what came of it or why nothing did. `children` stand in
 * the footer, for actions of your own.
 *
 * @example
 * <TaskCard taskId={taskId} />
 * @example
 * const task = useKieTask(taskId)
 * <TaskCard task={task} layout="thumbnail" onRetry={(failed) => failed.request && start(failed.request)}>
 *   <button onClick={() => remove(taskId)}>Remove</button>
 * </TaskCard>
 */
export const TaskCard = connectTask<TaskCardProps, HTMLElement>('TaskCard', CardView)
