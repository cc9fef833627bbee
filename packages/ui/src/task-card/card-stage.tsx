'use client'
import type { FailedTask } from '@kiekit/core'
import type { KieLabels } from '../labels/labels.ts'
import type { PartProps } from '../part/part.ts'
import { EmptyTiles, frame } from '../result-gallery/empty-tiles.tsx'
import { parseRatio, requestedCount, requestedRatio } from '../result-gallery/requested-media.ts'
import { GalleryView } from '../result-gallery/result-gallery.tsx'
import { listClasses } from '../result-gallery/tile-layout.ts'
import type { TaskStatus, TaskView } from '../task-view/task-view.ts'
import { CardNotice } from './card-notice.tsx'

interface CardStageProps {
  view: TaskView
  count: number | undefined
  ratio: string | number | undefined
  /** What is not as it should be while the task runs. */
  note: string | null
  /** Whether a footer follows; without one the stage takes its room as well. */
  withFooter: boolean
  onRetry: ((task: FailedTask) => void) | undefined
  labels: Partial<KieLabels> | undefined
  part: (part: 'results' | 'note', ours: string) => PartProps<TaskStatus>
}

const cell = 'kie:col-start-1 kie:row-start-1'
const stacked = `kie:part ${cell}`
const overTiles = `${cell} kie:relative kie:m-3 kie:self-center kie:justify-self-center kie:rounded-lg kie:border kie:border-border kie:bg-card kie:p-3 kie:text-sm`

/**
 * The part of a card where the results are or will be. What there is to say instead stands over the empty tiles: the
 * card keeps its height.
 */
export function CardStage({ view, count, ratio, note, withFooter, onRetry, labels, part }: CardStageProps) {
  const { status, request } = view
  const isProblem = status === 'fail' || status === 'error' || status === 'timed-out'
  if (!isProblem) {
    return (
      <div {...part('results', 'kie:grid kie:grid-cols-1')}>
        <div className={stacked}>
          {/* Saving all of them has its place in the footer, where it moves nothing when it comes. */}
          <GalleryView view={view} props={{ labels, count, ratio }} forwardedRef={null} withControls={false} />
        </div>
        {note !== null && <span {...part('note', overTiles)}>{note}</span>}
      </div>
    )
  }
  const tiles = count ?? requestedCount(request)
  return (
    <div {...part('results', 'kie:grid kie:grid-cols-1 kie:rounded-lg kie:bg-muted')}>
      <div className={`${stacked} kie:@container kie:invisible ${withFooter ? '' : 'kie:mb-11.5'}`}>
        <ul aria-hidden="true" className={`kie:part ${listClasses('grid', tiles)}`}>
          <EmptyTiles
            count={tiles}
            layout="grid"
            ratio={parseRatio(ratio) ?? requestedRatio(request)}
            tile={{ className: `kie:part ${frame}` }}
          />
        </ul>
      </div>
      <div className={`${stacked} kie:self-center kie:justify-self-center kie:p-4 kie:@max-[14em]:p-2`}>
        <CardNotice onRetry={onRetry} labels={labels} />
      </div>
    </div>
  )
}
