import type { UseResultDownloadResult } from '@kiekit/react'
import { downloadZip } from 'client-zip'
import type { ArchiveDestination } from './archive-destination.ts'

interface ArchiveOrder {
  taskId: string
  /** The files' places among all results, from 0. */
  indices: readonly number[]
  openFile: UseResultDownloadResult['openFile']
  keep: ArchiveDestination
  signal: AbortSignal
  /** Called before each file with how many are behind it. */
  onProgress: (done: number) => void
}

export interface ArchiveOutcome {
  saved: number
  /** The places of those that could not be fetched. */
  missing: number[]
}

/**
 * Puts files into one archive, one after the other, as they come: no file is held in memory as a whole. One that cannot
 * be had is left out and told of; where one breaks off in the middle there is no archive, because it would hold half a
 * file.
 *
 * In a file of its own, so that it loads when somebody saves.
 *
 * @throws what `keep` throws, and on an abort
 */
export async function saveArchive(order: ArchiveOrder): Promise<ArchiveOutcome> {
  const { taskId, indices, openFile, keep, signal, onProgress } = order
  const missing: number[] = []
  let brokenOff: number | null = null

  async function* bytesOf(index: number, body: ReadableStream<Uint8Array>) {
    const reader = body.getReader()
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        brokenOff = index
        throw error
      })
      if (done) return
      yield value
    }
  }

  async function* entries() {
    for (const [done, index] of indices.entries()) {
      onProgress(done)
      const file = await openFile({ taskId, index }, { signal }).catch(() => null)
      signal.throwIfAborted()
      if (file) yield { name: numbered(file.name, index + 1), input: bytesOf(index, file.body) }
      else missing.push(index)
    }
    if (missing.length === indices.length) throw new Error('Kiekit: No file could be fetched, so there is no archive.')
  }

  try {
    await keep(downloadZip(entries()), signal)
  } catch (error) {
    if (signal.aborted) throw error
    if (brokenOff !== null) return { saved: 0, missing: [brokenOff] }
    if (missing.length < indices.length) throw error
  }
  return { saved: indices.length - missing.length, missing }
}

/** Two results of the same name must not become one file of the archive. */
function numbered(name: string, position: number): string {
  return `${String(position).padStart(2, '0')}-${name}`
}
