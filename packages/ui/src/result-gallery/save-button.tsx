'use client'
import { useResultDownload } from '@kiekit/react'
import { type KeyboardEvent, type MouseEvent, useRef } from 'react'
import { announce } from '../announcer/announce.ts'
import { Icon } from '../icon/icon.tsx'
import { alert, save, spinner } from '../icon/paths.ts'
import type { GalleryLabels } from '../labels/gallery-labels.ts'
import type { PartProps } from '../part/part.ts'
import { useCanSave } from '../task-view/use-can-save.ts'
import { ActionWord } from './action-word.tsx'

interface SaveButtonProps {
  taskId: string
  /** Among all results, from 0. */
  index: number
  /** The words beside the icon, not only as its name. */
  showsLabel?: boolean
  words: GalleryLabels
  part: PartProps<string>
}

function Saver({ taskId, index, showsLabel = false, words, part }: SaveButtonProps) {
  const { download, isDownloading, error } = useResultDownload()
  const running = useRef<AbortController | null>(null)
  const label = isDownloading
    ? `${words['gallery.saving']} · ${words['gallery.cancel']}`
    : words[error ? 'gallery.save-failed' : 'gallery.save']

  const begin = () => {
    const controller = new AbortController()
    running.current = controller
    download({ taskId, index }, { signal: controller.signal }).catch(() => {
      if (!controller.signal.aborted) announce(words['gallery.save-failed'])
    })
  }
  const onClick = (event: MouseEvent) => {
    // The second click of a double click is not meant to call off what the first one began.
    if (event.detail > 1) return
    if (isDownloading) running.current?.abort()
    else begin()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isDownloading || event.key !== 'Escape') return
    event.stopPropagation()
    running.current?.abort()
  }
  return (
    <button
      type="button"
      onClick={onClick}
      onKeyDown={onKeyDown}
      {...(!showsLabel && { 'aria-label': label, title: label })}
      {...part}
    >
      <Icon
        path={isDownloading ? spinner : error ? alert : save}
        className={isDownloading ? 'kie:motion-ok:animate-spin' : undefined}
      />
      {showsLabel && <ActionWord>{label}</ActionWord>}
    </button>
  )
}

/** Saves one file through the gateway, where there is one; pressed again, or with Escape, it calls that off. */
export function SaveButton(props: SaveButtonProps) {
  return useCanSave() ? <Saver {...props} /> : null
}
