'use client'
import { cva } from 'class-variance-authority'
import type { ComponentPropsWithoutRef, CSSProperties } from 'react'
import { galleryLabels } from '../labels/gallery-labels.ts'
import { type LabelsProp, useLabels } from '../labels/use-labels.ts'
import { type ClassNames, partsOf } from '../part/part.ts'
import { type RootProps, useRoot } from '../part/use-root.ts'
import { connectTask, type ViewProps } from '../task-view/connect-task.tsx'
import type { TaskStatus, TaskView } from '../task-view/task-view.ts'
import { parseRatio, requestedCount, requestedPrompt, requestedRatio } from './requested-media.ts'
import { type ResultGalleryPart, ResultTile } from './result-tile.tsx'

export interface ResultGalleryProps
  extends Omit<ComponentPropsWithoutRef<'div'>, 'className' | 'children'>,
    RootProps<TaskStatus>,
    LabelsProp {
  /** Whether pictures are shown whole inside their tile or fill it. @default 'contain' */
  fit?: 'contain' | 'cover' | undefined
  /** The tiles' ratio, `'16:9'` or width by height, for requests that do not say. @default what the request asked for, else 1 */
  ratio?: string | number | undefined
  /** How many results are expected, for requests that do not say. @default what the request asked for, else 1 */
  count?: number | undefined
  classNames?: ClassNames<ResultGalleryPart, TaskStatus> | undefined
}

const list = cva('kie:grid kie:gap-3', {
  variants: {
    tiles: {
      one: '',
      two: 'kie:grid-cols-2',
      four: 'kie:grid-cols-2 kie:@3xl:grid-cols-4',
      many: 'kie:grid-cols-2 kie:@lg:grid-cols-3 kie:@4xl:grid-cols-4',
    },
  },
})

const tileCount = (count: number) => (count === 1 ? 'one' : count === 2 ? 'two' : count === 4 ? 'four' : 'many')

/** One result is large, but never taller than a screen can show beside its surroundings. */
function tileStyle(ratio: number, count: number): CSSProperties {
  return count === 1
    ? { aspectRatio: ratio, inlineSize: `min(100%, ${Math.round(ratio * 320) / 10}rem)` }
    : { aspectRatio: ratio }
}

function skeletonsOf({ status, task }: TaskView, count: number): number {
  if (status === 'loading' || status === 'running') return count
  return status === 'timed-out' || (status === 'error' && task) ? count : 0
}

function GalleryView({ view, props, forwardedRef }: ViewProps<ResultGalleryProps, HTMLDivElement>) {
  const { fit = 'contain', ratio, count, classNames, className, render, labels, ...rest } = props
  const words = useLabels(galleryLabels, labels)
  const { status, results, task } = view
  const request = task?.request
  const part = partsOf('result-gallery', status, classNames)
  const shape = parseRatio(ratio) ?? requestedRatio(request)
  const skeletons = skeletonsOf(view, count ?? requestedCount(request))
  const tiles = results.length || skeletons
  const prompt = requestedPrompt(request)
  const note = status === 'idle' ? words['gallery.empty'] : status === 'success' ? words['gallery.none'] : null
  const frame =
    'kie:relative kie:[container-type:size] kie:block kie:overflow-hidden kie:rounded-lg kie:bg-muted kie:outline kie:-outline-offset-1 kie:outline-transparent'
  const isWorking = status === 'loading' || status === 'running'

  return useRoot({
    tag: 'div',
    slot: 'result-gallery',
    state: status,
    ours: 'kie:@container kie:block kie:w-full',
    className,
    render,
    forwardedRef,
    props: {
      ...rest,
      'aria-busy': isWorking || undefined,
      children:
        tiles === 0 ? (
          note !== null && (
            <div
              {...part(
                'message',
                'kie:flex kie:min-h-24 kie:items-center kie:justify-center kie:rounded-lg kie:border kie:border-dashed kie:border-border kie:p-4 kie:text-center kie:text-sm kie:text-muted-foreground',
              )}
            >
              {note}
            </div>
          )
        ) : (
          // Safari takes the list role from lists without markers, hence the role.
          <ul
            role="list"
            aria-label={results.length > 0 ? words['gallery.label'] : words['gallery.pending'](skeletons)}
            {...part('list', list({ tiles: tileCount(tiles) }))}
          >
            {results.length > 0
              ? results.map((result, index) => (
                  <li
                    // A finished task's results keep their order, and the same file may stand there twice.
                    key={index}
                    data-kind={result.kind}
                    style={tileStyle(shape, tiles)}
                    {...part('tile', frame)}
                  >
                    <ResultTile
                      result={result}
                      position={index + 1}
                      total={tiles}
                      prompt={prompt}
                      fit={fit}
                      words={words}
                      part={part}
                    />
                  </li>
                ))
              : Array.from({ length: skeletons }, (_, index) => (
                  <li
                    key={index}
                    aria-hidden="true"
                    style={tileStyle(shape, tiles)}
                    {...part('skeleton', `${frame} ${isWorking ? 'kie:motion-ok:animate-shimmer' : ''}`)}
                  />
                ))}
          </ul>
        ),
    },
  })
}

/**
 * Shows what a task made. Each tile has the ratio that the request asked for before anything has loaded, so nothing
 * moves when results arrive; while the task runs there are as many placeholders as were asked for. A file that cannot
 * be shown says so in its own tile and leaves its neighbours alone.
 *
 * @example
 * <ResultGallery taskId={taskId} />
 * @example
 * const task = useKieTask(taskId)
 * <ResultGallery task={task} fit="cover" classNames={{ tile: 'rounded-none' }} />
 */
export const ResultGallery = connectTask<ResultGalleryProps, HTMLDivElement>('ResultGallery', GalleryView)
