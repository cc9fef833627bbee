'use client'
import type { MediaResult } from '@kiekit/core'
import { Icon } from '../icon/icon.tsx'
import { broken, open } from '../icon/paths.ts'
import type { PartProps } from '../part/part.ts'
import { ActionWord } from './action-word.tsx'
import type { TileProps } from './result-tile.tsx'
import { RetryButton } from './retry-button.tsx'
import { SaveButton } from './save-button.tsx'

/** The parts of it. */
export type BrokenTilePart = 'broken' | 'icon' | 'message' | 'action'

interface BrokenTileProps extends Pick<TileProps<MediaResult>, 'result' | 'taskId' | 'position' | 'more' | 'words'> {
  /** `null` where there is no address that a page may open. */
  url: string | null
  isRetrying: boolean
  part: (part: BrokenTilePart, ours?: string) => PartProps<string>
  onRetry: () => void
}

/** In place of a file that could not be shown. It can still be saved: other programs play what this browser does not. */
export function BrokenTile(props: BrokenTileProps) {
  const { url, isRetrying, onRetry, result, taskId, position, more, words, part } = props
  const isPlayed = result.kind === 'video' || result.kind === 'audio'
  const message = words[isPlayed && url !== null ? 'gallery.unplayable' : 'gallery.broken']
  return (
    <div
      {...part(
        'broken',
        'kie:absolute kie:inset-0 kie:flex kie:flex-col kie:items-center kie:justify-center-safe kie:gap-2 kie:overflow-auto kie:p-3 kie:text-center kie:text-xs kie:@max-[10.5rem]:gap-1.5 kie:@max-[10.5rem]:p-2',
      )}
    >
      <Icon
        path={broken}
        {...part('icon', 'kie:size-6 kie:text-muted-foreground kie:[@container_(height<10rem)]:hidden')}
      />
      {/* The buttons come before the sentence where there is no room for both. */}
      <span
        title={message}
        {...part(
          'message',
          url === null
            ? 'kie:text-muted-foreground'
            : 'kie:text-muted-foreground kie:@max-[10.5rem]:line-clamp-3 kie:@max-[10.5rem]:leading-tight kie:[@container_(height<8rem)]:sr-only',
        )}
      >
        {message}
      </span>
      {url !== null && (
        <span className="kie:part kie:flex kie:flex-wrap kie:justify-center kie:gap-2 kie:@max-[10.5rem]:gap-1.5">
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
            <ActionWord>{words['gallery.open']}</ActionWord>
          </a>
          {more}
        </span>
      )}
    </div>
  )
}
