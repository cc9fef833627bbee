'use client'
import type { TaskResult } from '@kiekit/core'
import type { KeyboardEvent, MouseEvent } from 'react'
import { announce } from '../announcer/announce.ts'
import { Icon } from '../icon/icon.tsx'
import { alert, cross, retry, save } from '../icon/paths.ts'
import type { GalleryLabels } from '../labels/gallery-labels.ts'
import type { PartProps } from '../part/part.ts'
import { type FileToSave, type Saving, useSaving } from './use-saving.ts'

interface SaveFilesButtonProps {
  taskId: string
  results: readonly TaskResult[]
  /** Which of the results, from 0. @default all */
  chosen?: ReadonlySet<number> | undefined
  words: GalleryLabels
  part: PartProps<string>
  statusPart: PartProps<string>
}

function fileOf(result: TaskResult, index: number): FileToSave {
  return { index, isPicture: !['video', 'audio', 'file'].includes(result.kind) }
}

function statusOf(saving: Saving, words: GalleryLabels): string | null {
  switch (saving.state) {
    case 'idle':
      return null
    case 'saving':
      return words['gallery.saving-all'](saving.done + 1, saving.count)
    case 'cancelled':
      return words['gallery.save-cancelled']
    case 'saved':
      return words['gallery.saved'](saving.count)
    case 'incomplete': {
      const { saved, count, missing } = saving
      if (missing.length === count) return words['gallery.save-failed']
      return words['gallery.saved-some'](
        saved,
        count,
        missing.map((index) => index + 1),
      )
    }
    case 'failed':
      return words['gallery.save-failed']
  }
}

/**
 * Saves all results of a task, or those that were chosen: one as it is, several as one zip, fetched one after the other
 * through the gateway. While it saves, the same button calls it off, as does Escape on it. Those that could not be had
 * are named, and can be tried again. Only inside a `KieProvider`.
 */
export function SaveFilesButton({ taskId, results, chosen, words, part, statusPart }: SaveFilesButtonProps) {
  const files = results.map(fileOf).filter(({ index }) => chosen?.has(index) ?? true)
  const { saving, start } = useSaving(taskId, files)
  const status = statusOf(saving, words)
  const isSaving = saving.state === 'saving'
  const isAgain = saving.state === 'incomplete'
  const hasNothing = !isSaving && files.length === 0
  if (!chosen && files.length < 2) return null

  const begin = () =>
    void start().then((end) => {
      const said = statusOf(end, words)
      if (said !== null) announce(said)
    })
  const onClick = (event: MouseEvent) => {
    // The second click of a double click is not meant for what the first one turned the button into.
    if (event.detail > 1 || hasNothing) return
    if (isSaving) saving.cancel()
    else begin()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isSaving || event.key !== 'Escape') return
    event.stopPropagation()
    saving.cancel()
  }
  const idle = chosen ? words['gallery.save-selected'](files.length) : words['gallery.save-all'](files.length)
  const label = isSaving ? words['gallery.cancel'] : isAgain ? words['gallery.retry'] : idle
  const isProblem = isAgain || saving.state === 'failed'
  return (
    <>
      <button
        type="button"
        // Disabled outright it would lose the focus when Escape leaves all out.
        aria-disabled={hasNothing || undefined}
        onClick={onClick}
        onKeyDown={onKeyDown}
        {...part}
      >
        <Icon path={isSaving ? cross : isAgain ? retry : save} />
        {label}
      </button>
      {status !== null && (
        <span {...statusPart}>
          {isProblem && <Icon path={alert} />}
          {status}
        </span>
      )}
    </>
  )
}
