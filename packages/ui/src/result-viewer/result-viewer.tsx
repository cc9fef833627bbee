'use client'
import { useState } from 'react'
import { galleryLabels } from '../labels/gallery-labels.ts'
import { type LabelsProp, useLabels } from '../labels/use-labels.ts'
import { viewerLabels } from '../labels/viewer-labels.ts'
import { type ClassName, classNameOf } from '../part/part.ts'
import { requestedPrompt } from '../result-gallery/requested-media.ts'
import { connectTask, type ViewProps } from '../task-view/connect-task.tsx'
import type { TaskStatus } from '../task-view/task-view.ts'
import { Viewer } from './viewer.tsx'

export interface ResultViewerProps extends LabelsProp {
  /** Whether it is open. */
  open: boolean
  /** Called with `false` when it is closed: by its button, Escape, a click beside the picture or a pull down. */
  onOpenChange: (open: boolean) => void
  /** The result that it opens with, counted from 0 among all results. @default 0 */
  index?: number | undefined
  className?: ClassName<TaskStatus>
}

const english = { ...galleryLabels, ...viewerLabels }

function OpenViewer({ view, props }: ViewProps<ResultViewerProps, never>) {
  const { onOpenChange, index = 0, className, labels } = props
  const words = useLabels(english, labels)
  const [at, setAt] = useState(index)
  return (
    <Viewer
      results={view.results}
      prompt={requestedPrompt(view.task?.request)}
      index={at}
      onIndexChange={(moved) => (moved === null ? onOpenChange(false) : setAt(moved))}
      words={words}
      className={classNameOf(className, view.status)}
      state={view.status}
    />
  )
}

/** A viewer that opens anew begins with its `index` again. */
function ResultViewerView(all: ViewProps<ResultViewerProps, never>) {
  return all.props.open ? <OpenViewer {...all} /> : null
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
