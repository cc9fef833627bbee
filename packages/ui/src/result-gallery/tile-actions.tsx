'use client'
import type { MediaResult } from '@kiekit/core'
import { Icon } from '../icon/icon.tsx'
import { link, open } from '../icon/paths.ts'
import { CopyButton } from './copy-button.tsx'
import type { TileProps } from './result-tile.tsx'
import { SaveButton } from './save-button.tsx'

type TileActionsProps = Pick<TileProps<MediaResult>, 'taskId' | 'position' | 'more' | 'words' | 'part'> & {
  url: string
}

/**
 * Save, copy link, open and the app's own actions, in a corner of the tile: there on hover and focus, and always where
 * nothing hovers.
 */
export function TileActions({ url, taskId, position, more, words, part }: TileActionsProps) {
  const action = () =>
    part(
      'action',
      'kie:action kie:size-8 kie:p-0 kie:@max-[10.5rem]:size-[max(1.5rem,24px)] kie:@max-[10.5rem]:min-h-0',
    )
  return (
    <div
      {...part(
        'actions',
        'kie:absolute kie:end-2 kie:top-2 kie:flex kie:max-w-[calc(100%-(--spacing(4)))] kie:flex-wrap kie:justify-end kie:gap-1 kie:text-sm kie:group-has-[[role=checkbox]]/tile:max-w-[calc(100%-(--spacing(14)))] kie:opacity-0 kie:group-focus-within/tile:opacity-100 kie:group-hover/tile:opacity-100 kie:motion-ok:transition-opacity kie:[@media(hover:none)]:opacity-100',
      )}
    >
      <SaveButton taskId={taskId} index={position - 1} words={words} part={action()} />
      <CopyButton text={url} icon={link} label="gallery.copy-link" iconOnly words={words} part={action()} />
      <a
        href={url}
        target="_blank"
        rel="noreferrer"
        aria-label={words['gallery.open']}
        title={words['gallery.open']}
        {...action()}
      >
        <Icon path={open} />
      </a>
      {more}
    </div>
  )
}
