'use client'
import type { TaskResult } from '@kiekit/core'
import { useResultDownload } from '@kiekit/react'
import { useState } from 'react'
import { Icon } from '../icon/icon.tsx'
import { alert, save, spinner } from '../icon/paths.ts'
import type { GalleryLabels } from '../labels/gallery-labels.ts'
import type { PartProps } from '../part/part.ts'
import { chooseDestination } from './archive-destination.ts'

interface SaveFilesButtonProps {
  taskId: string
  results: readonly TaskResult[]
  /** Which of the results, from 0; those that are no files are left out. @default all */
  chosen?: ReadonlySet<number> | undefined
  words: GalleryLabels
  part: PartProps<string>
}

/** Pictures up to this many are small enough to be put together in memory. */
const fewPictures = 12

/** Two results of the same name must not become one file of the archive. */
function numbered(file: File, position: number): File {
  return new File([file], `${String(position).padStart(2, '0')}-${file.name}`, { type: file.type })
}

type Saving = { state: 'idle' } | { state: 'failed' } | { state: 'saving'; done: number }

/**
 * Saves all files of a task, or those that were chosen: one as it is, several as one zip, fetched one after the other
 * through the gateway. Only inside a `KieProvider`.
 */
export function SaveFilesButton({ taskId, results, chosen, words, part }: SaveFilesButtonProps) {
  const { download, fetchFile } = useResultDownload()
  const [saving, setSaving] = useState<Saving>({ state: 'idle' })
  const files = results.flatMap((result, index) =>
    'url' in result && (chosen?.has(index) ?? true) ? [{ index, isPicture: result.kind === 'image' }] : [],
  )
  if (!chosen && files.length < 2) return null

  async function* fetchAll() {
    for (const [done, { index }] of files.entries()) {
      setSaving({ state: 'saving', done })
      yield numbered(await fetchFile({ taskId, index }), index + 1)
    }
  }
  async function run() {
    const [only] = files
    setSaving({ state: 'saving', done: 0 })
    if (only && files.length === 1) await download({ taskId, index: only.index })
    else {
      const isLarge = files.length > fewPictures || files.some((file) => !file.isPicture)
      const keep = await chooseDestination(`${taskId}.zip`, isLarge)
      if (keep) {
        const { downloadZip } = await import('client-zip')
        await keep(downloadZip(fetchAll()))
      }
    }
    setSaving({ state: 'idle' })
  }

  const isSaving = saving.state === 'saving'
  const idle = chosen ? words['gallery.save-selected'](files.length) : words['gallery.save-all'](files.length)
  return (
    <button
      type="button"
      disabled={isSaving || files.length === 0}
      onClick={() => void run().catch(() => setSaving({ state: 'failed' }))}
      {...part}
    >
      <Icon
        path={isSaving ? spinner : saving.state === 'failed' ? alert : save}
        className={isSaving ? 'kie:motion-ok:animate-spin' : undefined}
      />
      {saving.state === 'saving'
        ? words['gallery.saving-all'](saving.done + 1, files.length)
        : saving.state === 'failed'
          ? words['gallery.save-failed']
          : idle}
    </button>
  )
}
