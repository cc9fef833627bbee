'use client'
import { useResultDownload } from '@kiekit/react'
import { useState } from 'react'
import { chooseDestination } from './archive-destination.ts'
import type { ArchiveOutcome } from './save-archive.ts'

/** How the saving of several files stands. Files are known by their place among all results, from 0. */
export type Saving =
  | { state: 'idle' }
  | { state: 'saving'; done: number; count: number; cancel: () => void }
  | { state: 'cancelled' }
  | { state: 'saved'; count: number }
  /** `again` are those that are still to be saved. */
  | { state: 'incomplete'; saved: number; count: number; missing: readonly number[]; again: readonly number[] }
  | { state: 'failed' }

export interface FileToSave {
  index: number
  isPicture: boolean
}

/** Pictures up to this many are small enough to be put together in memory. */
const fewPictures = 12

/**
 * Saves files of a task through the gateway: one as it is, several as one zip. How it ended holds for those files. A
 * saving goes on when another task is shown or the page turns to something else, as a browser's own downloads do; back
 * at its task it shows how far it is.
 */
export function useSaving(taskId: string, files: readonly FileToSave[]) {
  const { download, openFile } = useResultDownload()
  const of = files.map(({ index }) => index).join(' ')
  const [savings, setSavings] = useState<ReadonlyMap<string, { of: string; saving: Saving }>>(new Map())
  const last = savings.get(taskId)
  const saving: Saving = last && (last.of === of || last.saving.state === 'saving') ? last.saving : { state: 'idle' }

  /** `null` when the user chose no place for them. */
  async function save(
    wanted: readonly FileToSave[],
    signal: AbortSignal,
    onProgress: (done: number) => void,
  ): Promise<ArchiveOutcome | null> {
    const [only] = wanted
    if (only && wanted.length === 1) {
      await download({ taskId, index: only.index }, { signal })
      return { saved: 1, missing: [] }
    }
    const isLarge = wanted.length > fewPictures || wanted.some((file) => !file.isPicture)
    const keep = await chooseDestination(`${taskId}.zip`, isLarge)
    if (!keep) return null
    const { saveArchive } = await import('./save-archive.ts')
    return saveArchive({ taskId, indices: wanted.map(({ index }) => index), openFile, keep, signal, onProgress })
  }

  /** Saves all of them, or after some could not be had, those. Never fails: how it ends is told by what it returns. */
  async function start(): Promise<Saving> {
    const again = saving.state === 'incomplete' ? saving.again : null
    const wanted = files.filter(({ index }) => again?.includes(index) ?? true)
    const count = wanted.length
    const controller = new AbortController()
    const cancel = () => controller.abort()
    const put = (now: Saving) => setSavings((all) => new Map(all).set(taskId, { of, saving: now }))
    const onProgress = (done: number) => put({ state: 'saving', done, count, cancel })
    onProgress(0)
    const end = await save(wanted, controller.signal, onProgress)
      .then((outcome): Saving => {
        if (outcome === null) return { state: 'idle' }
        const { saved, missing } = outcome
        if (missing.length === 0) return { state: 'saved', count }
        const still = saved > 0 ? missing : wanted.map(({ index }) => index)
        return { state: 'incomplete', saved, count, missing, again: still }
      })
      .catch((): Saving => ({ state: controller.signal.aborted ? 'cancelled' : 'failed' }))
    // What is still on its way, for example when the disk is full, is not wanted any more.
    cancel()
    put(end)
    return end
  }

  return { saving, start }
}
