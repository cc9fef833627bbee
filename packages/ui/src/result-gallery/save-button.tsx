'use client'
import { useResultDownload } from '@kiekit/react'
import { type KeyboardEvent, type MouseEvent, useRef } from 'react'
import { Icon } from '../icon/icon.tsx'
import { alert, save, spinner } from '../icon/paths.ts'
import type { GalleryLabels } from '../labels/gallery-labels.ts'
import type { PartProps } from '../part/part.ts'

interface SaveButtonProps {
  taskId: string
  /** Among all results, from 0. */
  index: number
  /** The words beside the icon, not only as its name. */
  showsLabel?: boolean
  words: GalleryLabels
  part: PartProps<string>
}

/** Saves one file through the gateway; pressed again, or with Escape, it calls that off. Only inside a `KieProvider`. */
export function SaveButton({ taskId, index, showsLabel = false, words, part }: SaveButtonProps) {
  const { download, isDownloading, error } = useResultDownload()
  const running = useRef<AbortController | null>(null)
  const label = isDownloading
    ? `${words['gallery.saving']} · ${words['gallery.cancel']}`
    : words[error ? 'gallery.save-failed' : 'gallery.save']

  const begin = () => {
    const controller = new AbortController()
    running.current = controller
    // What went wrong is told by the label; the promise has nothing to add.
    download({ taskId, index }, { signal: controller.signal }).catch(() => {})
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
      {showsLabel && label}
    </button>
  )
}
