'use client'
import type { MediaResult } from '@kiekit/core'
import { Icon } from '../icon/icon.tsx'
import { broken, open, retry } from '../icon/paths.ts'
import { useCanSave } from '../task-view/use-can-save.ts'
import type { TileProps } from './result-tile.tsx'
import { SaveButton } from './save-button.tsx'

interface BrokenTileProps extends Pick<TileProps<MediaResult>, 'result' | 'taskId' | 'position' | 'words' | 'part'> {
  /** `null` where there is no address that a page may open. */
  url: string | null
  onRetry: () => void
}

/** In place of a file that could not be shown. It can still be saved: other programs play what this browser does not. */
export function BrokenTile({ url, onRetry, result, taskId, position, words, part }: BrokenTileProps) {
  const canSave = useCanSave()
  const isPlayed = result.kind === 'video' || result.kind === 'audio'
  return (
    <div className="kie:part kie:absolute kie:inset-0 kie:flex kie:flex-col kie:items-center kie:justify-center-safe kie:gap-2 kie:overflow-auto kie:p-3 kie:text-center kie:text-xs">
      <Icon path={broken} className="kie:size-6 kie:text-muted-foreground kie:[@container_(height<10rem)]:hidden" />
      <span {...part('message', 'kie:text-muted-foreground')}>
        {words[isPlayed && url !== null ? 'gallery.unplayable' : 'gallery.broken']}
      </span>
      {url !== null && (
        <span className="kie:part kie:flex kie:flex-wrap kie:justify-center kie:gap-2">
          <button type="button" onClick={onRetry} {...part('action', 'kie:action')}>
            <Icon path={retry} />
            {words['gallery.retry']}
          </button>
          {canSave && (
            <SaveButton
              taskId={taskId}
              index={position - 1}
              showsLabel
              words={words}
              part={part('action', 'kie:action')}
            />
          )}
          <a href={url} target="_blank" rel="noreferrer" {...part('action', 'kie:action')}>
            <Icon path={open} />
            {words['gallery.open']}
          </a>
        </span>
      )}
    </div>
  )
}
