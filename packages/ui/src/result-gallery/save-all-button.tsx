'use client'
import type { TaskResult } from '@kiekit/core'
import { useResultDownload } from '@kiekit/react'
import { useState } from 'react'
import { Icon } from '../icon/icon.tsx'
import { alert, save, spinner } from '../icon/paths.ts'
import type { GalleryLabels } from '../labels/gallery-labels.ts'
import type { PartProps } from '../part/part.ts'

interface SaveAllButtonProps {
  taskId: string
  results: readonly TaskResult[]
  words: GalleryLabels
  part: PartProps<string>
}

/** Two results of the same name must not become one file of the archive. */
function numbered(file: File, position: number): File {
  return new File([file], `${String(position).padStart(2, '0')}-${file.name}`, { type: file.type })
}

function offer(archive: Blob, name: string): void {
  const address = URL.createObjectURL(archive)
  const anchor = Object.assign(document.createElement('a'), { href: address, download: name })
  anchor.click()
  // The browser reads the address a moment later.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

type Saving = { state: 'idle' } | { state: 'failed' } | { state: 'saving'; done: number }

/** Saves every file as one zip, fetched one after the other through the gateway. Only inside a `KieProvider`. */
export function SaveAllButton({ taskId, results, words, part }: SaveAllButtonProps) {
  const { fetchFile } = useResultDownload()
  const [saving, setSaving] = useState<Saving>({ state: 'idle' })
  const files = results.flatMap((result, index) => ('url' in result ? [index] : []))
  if (files.length < 2) return null

  async function* fetchAll() {
    for (const [done, index] of files.entries()) {
      setSaving({ state: 'saving', done })
      yield numbered(await fetchFile({ taskId, index }), index + 1)
    }
  }
  async function run() {
    const { downloadZip } = await import('client-zip')
    offer(await downloadZip(fetchAll()).blob(), `${taskId}.zip`)
    setSaving({ state: 'idle' })
  }

  const isSaving = saving.state === 'saving'
  return (
    <button
      type="button"
      disabled={isSaving}
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
          : words['gallery.save-all'](files.length)}
    </button>
  )
}
