'use client'
import type { GalleryLabels } from '../labels/gallery-labels.ts'
import type { PartProps } from '../part/part.ts'
import { useCountAnnouncement } from './use-selection.ts'

interface SelectionControlsProps {
  taskId: string
  count: number
  total: number
  /** Chooses all, or where all are chosen, none. */
  onToggleAll: () => void
  words: GalleryLabels
  part: PartProps<string>
  countPart: PartProps<string>
}

/** Chooses all results or none, and says how many are chosen. */
export function SelectionControls(props: SelectionControlsProps) {
  const { taskId, count, total, onToggleAll, words, part, countPart } = props
  const sentence = words['gallery.selected'](count, total)
  useCountAnnouncement(taskId, count, sentence)
  return (
    <>
      <button type="button" onClick={onToggleAll} {...part}>
        {words[count === total ? 'gallery.select-none' : 'gallery.select-all']}
      </button>
      {count > 0 && <span {...countPart}>{sentence}</span>}
    </>
  )
}
