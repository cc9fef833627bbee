'use client'
import type { TaskResult } from '@kiekit/core'
import { type ComponentPropsWithoutRef, type KeyboardEvent, type ReactNode, useState } from 'react'
import { useAnnouncement } from '../announcer/use-announcement.ts'
import { galleryLabels } from '../labels/gallery-labels.ts'
import { phaseLabels } from '../labels/phase-labels.ts'
import { type LabelsProp, useLabels } from '../labels/use-labels.ts'
import { viewerLabels } from '../labels/viewer-labels.ts'
import { type ClassNames, classNameOf, partsOf } from '../part/part.ts'
import { type RootProps, useRoot } from '../part/use-root.ts'
import type { RefreshUrl } from '../renewed-url/renewals.ts'
import { useRenewals } from '../renewed-url/use-renewals.ts'
import { Viewer } from '../result-viewer/viewer.tsx'
import { connectTask, type ViewProps } from '../task-view/connect-task.tsx'
import type { TaskStatus, TaskView } from '../task-view/task-view.ts'
import { EmptyTiles, frame } from './empty-tiles.tsx'
import { GalleryControls } from './gallery-controls.tsx'
import { parseRatio, requestedCount, requestedPrompt, requestedRatio } from './requested-media.ts'
import { type ResultGalleryPart, ResultTile } from './result-tile.tsx'
import { SelectBox } from './select-box.tsx'
import { TileGroups } from './tile-groups.tsx'
import { type GalleryLayout, listClasses, listStyle, tileStyle } from './tile-layout.ts'
import { type SelectionProps, useSelection } from './use-selection.ts'

export interface ResultGalleryProps
  extends Omit<ComponentPropsWithoutRef<'div'>, 'className' | 'children'>,
    RootProps<TaskStatus>,
    SelectionProps,
    LabelsProp {
  /** How several results stand together. @default 'grid' */
  layout?: GalleryLayout | undefined
  /** Whether pictures are shown whole inside their tile or fill it. @default 'contain' */
  fit?: 'contain' | 'cover' | undefined
  /** The tiles' ratio, `'16:9'` or width by height. Where the app knows it, nothing moves at Kie's first answer. @default what the request asked for, else 1 */
  ratio?: string | number | undefined
  /** How many results are expected, likewise. @default what the request asked for, else 1 */
  count?: number | undefined
  /** Gives a fresh address when a file's own has expired; it is asked once per file. @default the client's `getDownloadUrl`, inside a `KieProvider` */
  refreshUrl?: RefreshUrl | undefined
  /** Further actions of a result, shown with those of its tile: buttons or links of your own. `index` counts from 0. */
  tileActions?: ((result: TaskResult, index: number) => ReactNode) | undefined
  classNames?: ClassNames<ResultGalleryPart, TaskStatus> | undefined
}

const selectedFrame =
  'kie:data-selected:outline-3 kie:data-selected:outline-offset-0 kie:data-selected:outline-primary kie:forced:data-selected:outline-[Highlight]'
const selectBox =
  'kie:action kie:absolute kie:start-2 kie:top-2 kie:z-1 kie:size-8 kie:border-muted-foreground kie:p-0 kie:text-sm kie:aria-checked:border-primary kie:aria-checked:bg-primary kie:aria-checked:text-primary-foreground'

const english = { ...phaseLabels, ...galleryLabels, ...viewerLabels }

function skeletonsOf({ status, task }: TaskView, count: number): number {
  if (status === 'loading' || status === 'running') return count
  return status === 'timed-out' || (status === 'error' && task) ? count : 0
}

/** What is said where there are no results. Why a task failed is told by `TaskProgress` and `TaskFailureNotice`. */
const notes: Partial<Record<TaskStatus, 'gallery.empty' | 'gallery.none' | 'gallery.failed' | 'gallery.unknown'>> = {
  idle: 'gallery.empty',
  success: 'gallery.none',
  fail: 'gallery.failed',
  error: 'gallery.unknown',
}

interface GalleryViewProps extends ViewProps<ResultGalleryProps, HTMLDivElement> {
  /** Whether results can be chosen and saved under the tiles. A card has its own place for that. */
  withControls?: boolean
}

export function GalleryView({ view, props, forwardedRef, withControls = true }: GalleryViewProps) {
  const {
    layout = 'grid',
    fit = 'contain',
    ratio,
    count,
    refreshUrl,
    tileActions,
    selectable = false,
    selected,
    onSelectedChange,
    classNames,
    className,
    render,
    labels,
    ...rest
  } = props
  const words = useLabels(english, labels)
  useAnnouncement(view, words)
  const { status, results, task, request } = view
  const taskId = task?.taskId ?? ''
  const { chosen, choose, toggle } = useSelection(taskId, results.length, { selected, onSelectedChange })
  const source = useRenewals(view.taskId, refreshUrl)
  const [viewed, setViewed] = useState<{ taskId: string; index: number } | null>(null)
  const part = partsOf('result-gallery', status, classNames)
  const shape = parseRatio(ratio) ?? requestedRatio(request)
  const skeletons = skeletonsOf(view, count ?? requestedCount(request))
  const tiles = results.length || skeletons
  const prompt = requestedPrompt(request)
  const note = notes[status]
  const isWorking = status === 'loading' || status === 'running'
  const onToggleAll = () => choose(chosen.size === tiles ? [] : results.keys())
  const clearOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || !selectable || chosen.size === 0) return
    // A dialog around the gallery stays open.
    event.stopPropagation()
    choose([])
  }

  return useRoot({
    tag: 'div',
    slot: 'result-gallery',
    state: status,
    ours: 'kie:@container kie:block kie:w-full kie:empty:hidden',
    className,
    render,
    forwardedRef,
    props: {
      ...rest,
      'aria-busy': isWorking || undefined,
      children:
        tiles === 0 ? (
          note && (
            <div
              {...part(
                'message',
                'kie:flex kie:min-h-24 kie:items-center kie:justify-center kie:rounded-lg kie:border kie:border-dashed kie:border-border kie:p-4 kie:text-center kie:text-sm kie:text-muted-foreground',
              )}
            >
              {words[note]}
            </div>
          )
        ) : (
          <>
            {/* Safari takes the list role from lists without markers, hence the role. */}
            <ul
              role="list"
              onKeyDown={clearOnEscape}
              aria-label={results.length > 0 ? words['gallery.label'] : words['gallery.pending'](skeletons)}
              style={listStyle(layout, shape, tiles)}
              {...part('list', listClasses(layout, tiles))}
            >
              {results.length > 0 ? (
                <TileGroups layout={layout} ratio={shape} part={part}>
                  {results.map((result, index) => (
                    <li
                      // A finished task's results keep their order, and the same file may stand there twice.
                      key={`${taskId} ${index}`}
                      data-kind={result.kind}
                      data-selected={(selectable && chosen.has(index)) || undefined}
                      style={tileStyle(layout, shape, tiles)}
                      {...part('tile', selectable ? `${frame} ${selectedFrame}` : frame)}
                    >
                      {selectable && (
                        <SelectBox
                          checked={chosen.has(index)}
                          label={words['gallery.select'](index + 1, tiles)}
                          onToggle={(isRange) => toggle(index, isRange)}
                          part={part('select', selectBox)}
                        />
                      )}
                      <ResultTile
                        result={result}
                        taskId={taskId}
                        position={index + 1}
                        total={tiles}
                        prompt={prompt}
                        fit={fit}
                        source={source}
                        more={tileActions?.(result, index)}
                        onView={() => setViewed({ taskId, index })}
                        words={words}
                        part={part}
                      />
                    </li>
                  ))}
                </TileGroups>
              ) : (
                <EmptyTiles
                  count={skeletons}
                  layout={layout}
                  ratio={shape}
                  tile={part('skeleton', `${frame} ${isWorking ? 'kie:motion-ok:animate-shimmer' : ''}`)}
                />
              )}
            </ul>
            {withControls && (
              <GalleryControls
                taskId={taskId}
                results={results}
                total={tiles}
                selection={selectable ? { chosen, onToggleAll } : null}
                onKeyDown={clearOnEscape}
                words={words}
                part={part}
              />
            )}
            <Viewer
              results={results}
              taskId={taskId}
              prompt={prompt}
              source={source}
              index={viewed?.taskId === taskId ? viewed.index : null}
              onIndexChange={(index) => setViewed(index === null ? null : { taskId, index })}
              words={words}
              className={classNameOf(classNames?.viewer, status)}
              state={status}
            />
          </>
        ),
    },
  })
}

/**
 * Shows what a task made. Each tile has the ratio that the request asked for before anything has loaded, so nothing
 * moves when results arrive; while the task runs there are as many placeholders as were asked for. A file that cannot
 * be shown says so in its own tile and leaves its neighbours alone. A click on a picture shows it large. Saving goes
 * through the gateway, so it is offered inside a `KieProvider` whose client leads to one; there an expired link is
 * renewed as well. With `selectable` each result has a checkbox.
 *
 * @example
 * <ResultGallery taskId={taskId} />
 * @example
 * const task = useKieTask(taskId)
 * <ResultGallery task={task} fit="cover" classNames={{ tile: 'rounded-none' }} />
 * @example
 * <ResultGallery
 *   taskId={taskId}
 *   tileActions={(result) => result.kind === 'image' && <button onClick={() => edit(result.url)}>Edit</button>}
 * />
 */
export const ResultGallery = connectTask<ResultGalleryProps, HTMLDivElement>('ResultGallery', GalleryView)
