import type { MediaResult } from '@kiekit/core'
import { Icon } from '../icon/icon.tsx'
import { broken, open, retry } from '../icon/paths.ts'
import type { TileProps } from './result-tile.tsx'

interface BrokenTileProps extends Pick<TileProps<MediaResult>, 'words' | 'part'> {
  /** `null` where there is no address that a page may open. */
  url: string | null
  onRetry: () => void
}

/** In place of a file that could not be shown. */
export function BrokenTile({ url, onRetry, words, part }: BrokenTileProps) {
  return (
    <div className="kie:part kie:absolute kie:inset-0 kie:flex kie:flex-col kie:items-center kie:justify-center-safe kie:gap-2 kie:overflow-auto kie:p-3 kie:text-center kie:text-xs">
      <Icon path={broken} className="kie:size-6 kie:text-muted-foreground kie:[@container_(height<10rem)]:hidden" />
      <span {...part('message', 'kie:text-muted-foreground')}>{words['gallery.broken']}</span>
      {url !== null && (
        <span className="kie:part kie:flex kie:flex-wrap kie:justify-center kie:gap-2">
          <button type="button" onClick={onRetry} {...part('action', 'kie:action')}>
            <Icon path={retry} />
            {words['gallery.retry']}
          </button>
          <a href={url} target="_blank" rel="noreferrer" {...part('action', 'kie:action')}>
            <Icon path={open} />
            {words['gallery.open']}
          </a>
        </span>
      )}
    </div>
  )
}
