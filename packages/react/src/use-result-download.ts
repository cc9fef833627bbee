'use client'

import type { KieError } from '@kiekit/core'
import { useMutation } from '@tanstack/react-query'
import { useCallback } from 'react'
import { asKieError } from './as-kie-error.ts'
import { downloadResult, type ResultToDownload } from './download-result.ts'
import { useKie } from './kie-context.ts'
import { saveFile } from './save-file.ts'

export interface UseResultDownloadResult {
  /** Fetches one result through the gateway and has the browser save it. @throws KieError */
  download: (result: ResultToDownload) => Promise<void>
  /** Fetches one result through the gateway, for example to put several into one archive. @throws KieError */
  fetchFile: (result: ResultToDownload, options?: { signal?: AbortSignal }) => Promise<File>
  isDownloading: boolean
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
    mutationFn: async (result: ResultToDownload) => saveFile(await downloadResult(client, result)),
    retry: false,
    networkMode: 'always',
  })
  const fetchFile = useCallback(
    (result: ResultToDownload, { signal }: { signal?: AbortSignal } = {}) => downloadResult(client, result, signal),
    [client],
  )
  return { download: mutateAsync, fetchFile, isDownloading: isPending, error: error && asKieError(error) }
}
