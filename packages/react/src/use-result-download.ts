'use client'

import type { KieError } from '@kiekit/core'
import { useMutation } from '@tanstack/react-query'
import { useCallback } from 'react'
import { asKieError } from './as-kie-error.ts'
import {
  type DownloadOptions,
  downloadResult,
  type OpenedFile,
  openResult,
  type ResultToDownload,
} from './download-result.ts'
import { useKie } from './kie-context.ts'
import { saveFile } from './save-file.ts'

export interface UseResultDownloadResult {
  /** Fetches one result through the gateway and has the browser save it. @throws KieError, of kind `aborted` on an abort */
  download: (result: ResultToDownload, options?: DownloadOptions) => Promise<void>
  /** Fetches one result through the gateway, for example to upload it elsewhere. @throws KieError */
  fetchFile: (result: ResultToDownload, options?: DownloadOptions) => Promise<File>
  /**
   * Begins to fetch one result and hands it over as it comes, for example to put films into an archive without holding
   * them in memory. @throws KieError
   */
  openFile: (result: ResultToDownload, options?: DownloadOptions) => Promise<OpenedFile>
  isDownloading: boolean
  /** Why the last `download` failed; one that was aborted did not fail. */
  error: KieError | null
}

/**
 * Saves results through the gateway, because Kie's file hosts let no page of another origin read what they send.
 *
 * @example
 * ```tsx
 * const { download, isDownloading } = useResultDownload()
 * <button disabled={isDownloading} onClick={() => download({ taskId, index: 0 }).catch(() => {})}>Save</button>
 * ```
 */
export function useResultDownload(): UseResultDownloadResult {
  const { client } = useKie()
  const { mutateAsync, isPending, error } = useMutation({
    mutationFn: async ({ result, options }: { result: ResultToDownload; options: DownloadOptions | undefined }) => {
      saveFile(await downloadResult(client, result, options))
    },
    retry: false,
    networkMode: 'always',
  })
  const download = useCallback(
    (result: ResultToDownload, options?: DownloadOptions) => mutateAsync({ result, options }),
    [mutateAsync],
  )
  const fetchFile = useCallback(
    (result: ResultToDownload, options?: DownloadOptions) => downloadResult(client, result, options),
    [client],
  )
  const openFile = useCallback(
    (result: ResultToDownload, options?: DownloadOptions) => openResult(client, result, options),
    [client],
  )
  const problem = error && asKieError(error)
  return {
    download,
    fetchFile,
    openFile,
    isDownloading: isPending,
    error: problem?.kind === 'aborted' ? null : problem,
  }
}
