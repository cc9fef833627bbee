'use client'
import type { MediaResult } from '@kiekit/core'
import { Icon } from '../icon/icon.tsx'
import { broken, open } from '../icon/paths.ts'
import type { PartProps } from '../part/part.ts'
import type { TileProps } from './result-tile.tsx'
import { RetryButton } from './retry-button.tsx'
import { SaveButton } from './save-button.tsx'

/** The parts of it. */
export type BrokenTilePart = 'broken' | 'icon' | 'message' | 'action'

interface BrokenTileProps extends Pick<TileProps<MediaResult>, 'result' | 'taskId' | 'position' | 'words'> {
  /** `null` where there is no address that a page may open. */
  url: string | null
  isRetrying: boolean
  part: (part: BrokenTilePart, ours?: string) => PartProps<string>
  onRetry: () => void
}

/** In place of a file that could not be shown. It can still be saved: other programs play what this browser does not. */
export function BrokenTile(props: BrokenTileProps) {
  const { url, isRetrying, onRetry, result, taskId, position, words, part } = props
  const isPlayed = result.kind === 'video' || result.kind === 'audio'
  return (
    <div
      {...part(
        'broken',
        'kie:absolute kie:inset-0 kie:flex kie:flex-col kie:items-center kie:justify-center-safe kie:gap-2 kie:overflow-auto kie:p-3 kie:text-center kie:text-xs',
      )}
    >
      <Icon
        path={broken}
        {...part('icon', 'kie:size-6 kie:text-muted-foreground kie:[@container_(height<10rem)]:hidden')}
      />
      <span {...part('message', 'kie:text-muted-foreground')}>
        {words[isPlayed && url !== null ? 'gallery.unplayable' : 'gallery.broken']}
      </span>
      {url !== null && (
        <span className="kie:part kie:flex kie:flex-wrap kie:justify-center kie:gap-2">
          <RetryButton
            isRetrying={isRetrying}
            onRetry={onRetry}
            label={words['gallery.retry']}
            part={part('action', 'kie:action')}
          />
          <SaveButton
            taskId={taskId}
            index={position - 1}
            showsLabel
            words={words}
            part={part('action', 'kie:action')}
          />
          <a href={url} target="_blank" rel="noreferrer" {...part('action', 'kie:action')}>
            <Icon path={open} />
            {words['gallery.open']}
          </a>
        </span>
      )}
    </div>
  )
}
