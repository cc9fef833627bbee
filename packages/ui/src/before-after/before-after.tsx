'use client'
import { type ComponentPropsWithoutRef, useState } from 'react'
import { useAnnouncement } from '../announcer/use-announcement.ts'
import { formatPercent } from '../duration/format-duration.ts'
import { type CompareLabels, compareLabels } from '../labels/compare-labels.ts'
import { phaseLabels } from '../labels/phase-labels.ts'
import { type LabelsProp, useLabels } from '../labels/use-labels.ts'
import { type ClassNames, partsOf } from '../part/part.ts'
import { type RootProps, useRoot } from '../part/use-root.ts'
import type { RefreshUrl, Renewal } from '../renewed-url/renewals.ts'
import { useRenewals } from '../renewed-url/use-renewals.ts'
import { useRenewedUrl } from '../renewed-url/use-renewed-url.ts'
import { parseRatio, requestedImage, requestedRatio } from '../result-gallery/requested-media.ts'
import { RetryButton } from '../result-gallery/retry-button.tsx'
import { safeUrl } from '../result-gallery/safe-url.ts'
import { connectTask, type ViewProps } from '../task-view/connect-task.tsx'
import type { TaskStatus, TaskView } from '../task-view/task-view.ts'
import { ComparedPicture } from './compared-picture.tsx'

/** The parts that `classNames` reaches. */
export type BeforeAfterPart =
  | 'before'
  | 'after'
  | 'before-label'
  | 'after-label'
  | 'slider'
  | 'handle'
  | 'message'
  | 'action'

export interface BeforeAfterProps
  extends Omit<ComponentPropsWithoutRef<'div'>, 'className' | 'children'>,
    RootProps<TaskStatus>,
    LabelsProp {
  /** The picture before. @default the first picture that the request was given */
  before?: string | undefined
  /** Which of the results is the picture after, counted from 0. @default the first picture */
  index?: number | undefined
  /** The ratio of the frame, `'16:9'` or width by height. @default what the request asked for, else 1 */
  ratio?: string | number | undefined
  /** Where the divider begins, from 0 at the left to 1 at the right. @default 0.5 */
  defaultPosition?: number | undefined
  /** Gives a fresh address when a picture's own has expired; it is asked once per picture. @default the client's `getDownloadUrl`, inside a `KieProvider` */
  refreshUrl?: RefreshUrl | undefined
  classNames?: ClassNames<BeforeAfterPart, TaskStatus> | undefined
}

function pictureAfter(view: TaskView, index: number | undefined): string | null {
  const result = index === undefined ? view.results.find(({ kind }) => kind === 'image') : view.results[index]
  return result?.kind === 'image' ? safeUrl(result.url) : null
}

/** What is said where there is no picture after. Why a task failed is told by `TaskProgress` and `TaskFailureNotice`. */
function noteOf(status: TaskStatus, words: CompareLabels): string | null {
  if (status === 'idle') return words['compare.empty']
  return status === 'success' || status === 'fail' || status === 'error' ? words['compare.none'] : null
}

/** Whether somebody has to be told: while a fresh address is on its way by itself, there is nothing to say yet. */
function hasFailed(renewal: Renewal): boolean {
  return renewal.state === 'broken' || (renewal.state === 'renewing' && renewal.isByHand)
}

const frame =
  'kie:group/compare kie:frame kie:relative kie:flex kie:w-full kie:flex-col kie:justify-end kie:overflow-clip kie:rounded-lg kie:bg-muted kie:edge'
const note =
  'kie:flex kie:flex-col kie:items-center kie:gap-2 kie:rounded-lg kie:border kie:border-border kie:bg-card kie:p-3 kie:text-center kie:text-sm'
const overPictures = `${note} kie:relative kie:z-1 kie:m-3 kie:self-center`
const alone = `${note} kie:min-h-24 kie:justify-center kie:border-dashed kie:bg-transparent kie:text-muted-foreground`
const layer = 'kie:absolute kie:inset-0 kie:block kie:size-full kie:object-contain'
const tag = 'kie:absolute kie:top-2 kie:rounded-full kie:bg-black/65 kie:px-2 kie:py-0.5 kie:text-xs kie:text-white'

const english = { ...phaseLabels, ...compareLabels }

function BeforeAfterView({ view, props, forwardedRef }: ViewProps<BeforeAfterProps, HTMLDivElement>) {
  const { before: given, index, ratio, defaultPosition = 0.5, refreshUrl, ...others } = props
  const { classNames, className, render, labels, style, ...rest } = others
  const words = useLabels(english, labels)
  useAnnouncement(view, words)
  const [position, setPosition] = useState(() => Math.min(Math.max(defaultPosition, 0), 1))
  const { status } = view
  const part = partsOf('before-after', status, classNames)
  const before = safeUrl(given) ?? requestedImage(view.request)
  const after = pictureAfter(view, index)
  const source = useRenewals(view.taskId, refreshUrl)
  const fileBefore = useRenewedUrl(before, source)
  const fileAfter = useRenewedUrl(after, source)
  const files = [before !== null ? fileBefore : null, after !== null ? fileAfter : null].filter((file) => file !== null)
  const failed = files.filter(({ renewal }) => hasFailed(renewal))
  const isComparable = files.filter(({ renewal }) => renewal.state === 'shown').length === 2
  const isWorking = status === 'loading' || status === 'running'
  const isRenewing = files.some(({ renewal }) => renewal.state === 'renewing')
  const message = failed.length > 0 ? words['compare.broken'] : after === null ? noteOf(status, words) : null
  const isAlone = files.length === 0 && message !== null
  const hasLabels = isComparable || isWorking || message !== null
  const shownAfter = 1 - position

  return useRoot({
    tag: 'div',
    slot: 'before-after',
    state: status,
    ours: isAlone
      ? 'kie:block kie:w-full'
      : `${frame} ${isWorking || (isRenewing && failed.length === 0) ? 'kie:motion-ok:animate-shimmer' : ''}`,
    className,
    render,
    forwardedRef,
    props: {
      ...rest,
      // Left stays left: pictures do not follow the direction of the text.
      dir: 'ltr',
      style: isAlone ? style : { aspectRatio: parseRatio(ratio) ?? requestedRatio(view.request), ...style },
      children: (
        <>
          {before !== null && (
            <ComparedPicture file={fileBefore} alt={words['compare.before']} part={part('before', layer)} />
          )}
          {after !== null && (
            <ComparedPicture
              file={fileAfter}
              alt={words['compare.after']}
              style={isComparable ? { clipPath: `inset(0 0 0 ${position * 100}%)` } : undefined}
              part={part('after', `${layer} kie:bg-muted`)}
            />
          )}
          {hasLabels && fileBefore.renewal.state === 'shown' && (
            <span aria-hidden="true" {...part('before-label', `${tag} kie:left-2`)}>
              {words['compare.before']}
            </span>
          )}
          {hasLabels && fileAfter.renewal.state === 'shown' && (
            <span aria-hidden="true" {...part('after-label', `${tag} kie:right-2`)}>
              {words['compare.after']}
            </span>
          )}
          {message !== null && (
            <span dir="auto" {...part('message', isAlone ? alone : overPictures)}>
              {message}
              {failed.length > 0 && (
                <RetryButton
                  isRetrying={isRenewing}
                  onRetry={() => failed.forEach((file) => file.retry())}
                  label={words['compare.retry']}
                  part={part('action', 'kie:action kie:text-xs')}
                />
              )}
            </span>
          )}
          {isComparable && (
            <>
              <input
                type="range"
                min={0}
                max={100}
                value={Math.round(position * 100)}
                onChange={(event) => setPosition(Number(event.currentTarget.value) / 100)}
                aria-label={words['compare.label']}
                aria-valuetext={words['compare.value'](formatPercent(shownAfter, words.locale))}
                {...part(
                  'slider',
                  'kie:absolute kie:inset-0 kie:z-1 kie:size-full kie:cursor-ew-resize kie:touch-pan-y kie:opacity-0',
                )}
              />
              <span
                aria-hidden="true"
                style={{ left: `${position * 100}%` }}
                {...part(
                  'handle',
                  'kie:pointer-events-none kie:absolute kie:inset-y-0 kie:block kie:w-0.5 kie:-translate-x-1/2 kie:bg-white kie:shadow-sm',
                )}
              >
                <span className="kie:part kie:absolute kie:top-1/2 kie:left-1/2 kie:flex kie:size-9 kie:-translate-1/2 kie:items-center kie:justify-center kie:rounded-full kie:bg-white kie:shadow-sm kie:forced:border">
                  <svg
                    viewBox="0 0 24 24"
                    aria-hidden="true"
                    focusable="false"
                    className="kie:part kie:icon kie:text-black"
                  >
                    <path d="m8 7-5 5 5 5m8-10 5 5-5 5" className="kie:shape" />
                  </svg>
                </span>
              </span>
            </>
          )}
        </>
      ),
    },
  })
}

/**
 * Lays the picture that a task made over the one that it was given, with a divider to move by pointer, touch or arrow
 * keys. While the task runs it shows the picture before; where one of the two is missing or cannot be shown it shows the
 * other, and says so.
 *
 * @example
 * <BeforeAfter taskId={taskId} />
 * @example
 * <BeforeAfter task={task} before={uploadedUrl} ratio="4:3" />
 */
export const BeforeAfter = connectTask<BeforeAfterProps, HTMLDivElement>('BeforeAfter', BeforeAfterView)
