'use client'
import { useResultDownload } from '@kiekit/react'
import { Icon } from '../icon/icon.tsx'
import { alert, save, spinner } from '../icon/paths.ts'
import type { GalleryLabels } from '../labels/gallery-labels.ts'
import type { PartProps } from '../part/part.ts'

interface SaveButtonProps {
  taskId: string
  /** Among all results, from 0. */
  index: number
  words: GalleryLabels
  part: PartProps<string>
}

/** Saves one file through the gateway. Only inside a `KieProvider`. */
export function SaveButton({ taskId, index, words, part }: SaveButtonProps) {
  const { download, isDownloading, error } = useResultDownload()
  const label = isDownloading ? words['gallery.saving'] : error ? words['gallery.save-failed'] : words['gallery.save']
  // What went wrong is told by the label; the promise has nothing to add.
  const onClick = () => void download({ taskId, index }).catch(() => {})
  return (
    <button type="button" onClick={onClick} disabled={isDownloading} aria-label={label} title={label} {...part}>
      <Icon
        path={isDownloading ? spinner : error ? alert : save}
        className={isDownloading ? 'kie:motion-ok:animate-spin' : undefined}
      />
    </button>
  )
}
