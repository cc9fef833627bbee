'use client'
import type { TaskResult } from '@kiekit/core'
import type { KeyboardEventHandler } from 'react'
import type { PartProps } from '../part/part.ts'
import { useCanSave } from '../task-view/use-can-save.ts'
import type { ResultGalleryPart, TileProps } from './result-tile.tsx'
import { SaveFilesButton } from './save-files-button.tsx'
import { SelectionControls } from './selection-controls.tsx'

interface GalleryControlsProps extends Pick<TileProps<TaskResult>, 'taskId' | 'words'> {
  results: readonly TaskResult[]
  /** How many results there are or will be. */
  total: number
  /** `null` where nothing can be chosen. */
  selection: { chosen: ReadonlySet<number>; onToggleAll: () => void } | null
  onKeyDown: KeyboardEventHandler
  part: (part: ResultGalleryPart, ours?: string) => PartProps<string>
}

const controls = 'kie:flex kie:flex-wrap kie:items-center kie:gap-x-2'
const control = 'kie:action kie:mt-3 kie:text-sm'
const controlStatus = 'kie:mt-3 kie:inline-flex kie:items-center kie:gap-1 kie:text-sm kie:text-muted-foreground'

/**
 * Chooses results, and saves all of them or those that are chosen. While they are on their way it takes the room that
 * its buttons will need, so that they move nothing when they come.
 */
export function GalleryControls(props: GalleryControlsProps) {
  const { taskId, results, total, selection, onKeyDown, words, part } = props
  const canSave = useCanSave()
  if (selection === null && (!canSave || total < 2)) return null
  const statusPart = part('save-status', controlStatus)
  return (
    <div onKeyDown={onKeyDown} {...part('controls', controls)}>
      {results.length === 0 ? (
        <span aria-hidden="true" className={`${part('save-all', control).className} kie:invisible`} />
      ) : (
        <>
          {selection && (
            <SelectionControls
              taskId={taskId}
              count={selection.chosen.size}
              total={total}
              onToggleAll={selection.onToggleAll}
              words={words}
              part={part('select-all', control)}
              countPart={part('selected-count', controlStatus)}
            />
          )}
          {canSave && selection && (
            <SaveFilesButton
              taskId={taskId}
              results={results}
              chosen={selection.chosen}
              words={words}
              part={part('save-selected', control)}
              statusPart={statusPart}
            />
          )}
          {canSave && (
            <SaveFilesButton
              taskId={taskId}
              results={results}
              words={words}
              part={part('save-all', control)}
              statusPart={statusPart}
            />
          )}
        </>
      )}
    </div>
  )
}
