'use client'
import { type ComponentPropsWithoutRef, useState } from 'react'
import { galleryLabels } from '../labels/gallery-labels.ts'
import { type LabelsProp, useLabels } from '../labels/use-labels.ts'
import { viewerLabels } from '../labels/viewer-labels.ts'
import { type ClassName, type ClassNames, classNameOf } from '../part/part.ts'
import type { RefreshUrl } from '../renewed-url/renewals.ts'
import { useRenewals } from '../renewed-url/use-renewals.ts'
import { requestedPrompt } from '../result-gallery/requested-media.ts'
import { connectTask, type ViewProps } from '../task-view/connect-task.tsx'
import type { TaskStatus } from '../task-view/task-view.ts'
import { type ResultViewerPart, Viewer } from './viewer.tsx'

export interface ResultViewerProps
  extends Omit<ComponentPropsWithoutRef<'div'>, 'className' | 'children' | 'role'>,
    LabelsProp {
  /** Whether it is open. */
  open: boolean
  /**
   * Called with `false` when it is closed: by its button, Escape, a click beside the picture or a pull down. Also when its
   * code could not be loaded: opened again, it tries again.
   */
  onOpenChange: (open: boolean) => void
  /** The result that it opens with, counted from 0 among all results. @default 0 */
  index?: number | undefined
  /** Gives a fresh address when a file's own has expired; it is asked once per file. @default the client's `getDownloadUrl`, inside a `KieProvider` */
  refreshUrl?: RefreshUrl | undefined
  className?: ClassName<TaskStatus>
  classNames?: ClassNames<ResultViewerPart, TaskStatus> | undefined
}

const english = { ...galleryLabels, ...viewerLabels }

function OpenViewer({ view, props }: ViewProps<ResultViewerProps, never>) {
  const { open: _, onOpenChange, index = 0, refreshUrl, className, classNames, labels, ...rest } = props
  const words = useLabels(english, labels)
  const source = useRenewals(view.taskId, refreshUrl)
  const [at, setAt] = useState(index)
  return (
    <Viewer
      results={view.results}
      taskId={view.task?.taskId ?? ''}
      prompt={requestedPrompt(view.request)}
      source={source}
      index={at}
      onIndexChange={(moved) => (moved === null ? onOpenChange(false) : setAt(moved))}
      words={words}
      state={view.status}
      className={classNameOf(className, view.status)}
      classNames={classNames}
      attributes={rest}
    />
  )
}

/** A viewer that opens anew, or on another task, begins with its `index` again. */
function ResultViewerView(all: ViewProps<ResultViewerProps, never>) {
  return all.props.open ? <OpenViewer key={all.view.task?.taskId} {...all} /> : null
}

/**
 * The pictures and films of a task over the whole page, with zoom, swipe, keyboard and thumbnails. `ResultGallery`
 * brings it along; this is for galleries of your own. It loads its code when it is first opened.
 *
 * @example
 * const [open, setOpen] = useState(false)
 * <button onClick={() => setOpen(true)}>Look closer</button>
 * <ResultViewer taskId={taskId} open={open} onOpenChange={setOpen} />
 */
export const ResultViewer = connectTask<ResultViewerProps, never>('ResultViewer', ResultViewerView)
