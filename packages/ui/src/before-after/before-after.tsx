'use client'
import { type ComponentPropsWithoutRef, useState } from 'react'
import { formatPercent } from '../duration/format-duration.ts'
import { compareLabels } from '../labels/compare-labels.ts'
import { type LabelsProp, useLabels } from '../labels/use-labels.ts'
import { type ClassNames, partsOf } from '../part/part.ts'
import { type RootProps, useRoot } from '../part/use-root.ts'
import { parseRatio, requestedImage, requestedRatio } from '../result-gallery/requested-media.ts'
import { safeUrl } from '../result-gallery/safe-url.ts'
import { connectTask, type ViewProps } from '../task-view/connect-task.tsx'
import type { TaskStatus, TaskView } from '../task-view/task-view.ts'

/** The parts that `classNames` reaches. */
export type BeforeAfterPart = 'before' | 'after' | 'before-label' | 'after-label' | 'slider' | 'handle'

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
  classNames?: ClassNames<BeforeAfterPart, TaskStatus> | undefined
}

function pictureAfter(view: TaskView, index: number | undefined): string | null {
  const result = index === undefined ? view.results.find(({ kind }) => kind === 'image') : view.results[index]
  return result?.kind === 'image' ? safeUrl(result.url) : null
}

const layer = 'kie:absolute kie:inset-0 kie:block kie:size-full kie:object-contain'
const tag = 'kie:absolute kie:top-2 kie:rounded-full kie:bg-black/65 kie:px-2 kie:py-0.5 kie:text-xs kie:text-white'

function BeforeAfterView({ view, props, forwardedRef }: ViewProps<BeforeAfterProps, HTMLDivElement>) {
  const { before: given, index, ratio, defaultPosition = 0.5, classNames, className, render, labels, ...rest } = props
  const { style, ...others } = rest
  const words = useLabels(compareLabels, labels)
  const [position, setPosition] = useState(() => Math.min(Math.max(defaultPosition, 0), 1))
  const { status, task } = view
  const part = partsOf('before-after', status, classNames)
  const before = safeUrl(given) ?? requestedImage(task?.request)
  const after = pictureAfter(view, index)
  const comparable = before !== null && after !== null
  const isWorking = status === 'loading' || status === 'running'
  const shownAfter = 1 - position

  return useRoot({
    tag: 'div',
    slot: 'before-after',
    state: status,
    ours: `kie:group/compare kie:relative kie:block kie:w-full kie:overflow-hidden kie:rounded-lg kie:bg-muted kie:edge ${isWorking ? 'kie:motion-ok:animate-shimmer' : ''}`,
    className,
    render,
    forwardedRef,
    props: {
      ...others,
      // Left stays left: pictures do not follow the direction of the text.
      dir: 'ltr',
      style: { aspectRatio: parseRatio(ratio) ?? requestedRatio(task?.request), ...style },
      children: (
        <>
          {before !== null && (
            <img src={before} alt={words['compare.before']} decoding="async" {...part('before', layer)} />
          )}
          {after !== null && (
            <img
              src={after}
              alt={words['compare.after']}
              decoding="async"
              style={comparable ? { clipPath: `inset(0 0 0 ${position * 100}%)` } : undefined}
              {...part('after', `${layer} kie:bg-muted`)}
            />
          )}
          {comparable && (
            <>
              <span aria-hidden="true" {...part('before-label', `${tag} kie:left-2`)}>
                {words['compare.before']}
              </span>
              <span aria-hidden="true" {...part('after-label', `${tag} kie:right-2`)}>
                {words['compare.after']}
              </span>
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
                  'kie:peer kie:absolute kie:inset-0 kie:z-1 kie:size-full kie:cursor-ew-resize kie:touch-pan-y kie:opacity-0',
                )}
              />
              <span
                aria-hidden="true"
                style={{ left: `${position * 100}%` }}
                {...part(
                  'handle',
                  'kie:pointer-events-none kie:absolute kie:inset-y-0 kie:block kie:w-0.5 kie:-translate-x-1/2 kie:bg-white kie:shadow-sm kie:peer-focus-visible:outline-2 kie:peer-focus-visible:outline-ring',
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
 * keys. While the task runs it shows the picture before; where one of the two is missing it shows the other.
 *
 * @example
 * <BeforeAfter taskId={taskId} />
 * @example
 * <BeforeAfter task={task} before={uploadedUrl} ratio="4:3" />
 */
export const BeforeAfter = connectTask<BeforeAfterProps, HTMLDivElement>('BeforeAfter', BeforeAfterView)
