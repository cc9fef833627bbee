'use client'

import type { KieError } from '@kiekit/core'
import { useMutation } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import { asKieError } from './as-kie-error.ts'
import { useKie } from './kie-context.ts'

export interface KieUploadOptions {
  /** @default the file's own name */
  fileName?: string | undefined
  /** The folder at Kie. A file of the same name in it is overwritten. */
  uploadPath?: string | undefined
}

export interface UseKieUploadResult {
  /** Uploads a file, or lets Kie fetch one by its address, and gives the URL to put into a request's `input`. @throws KieError */
  upload: (file: Blob | URL, options?: KieUploadOptions) => Promise<string>
  status: 'idle' | 'uploading' | 'success' | 'error'
  /** 0..1 while uploading, where the platform can tell; else `null`. */
  progress: number | null
  /** The URL of the last upload. Kie keeps it for a few days at most. */
  url: string | undefined
  error: KieError | null
  /** Gives up the upload that is under way. */
  cancel: () => void
  reset: () => void
}

/**
 * Uploads input files, through the gateway when the client has one.
 *
 * @example
 * ```tsx
 * const { upload, progress } = useKieUpload()
 * <input type="file" onChange={async ({ target }) => target.files?.[0] && setImage(await upload(target.files[0]))} />
 * ```
 */
export function useKieUpload(): UseKieUploadResult {
  const { client } = useKie()
  const [progress, setProgress] = useState<number | null>(null)
  const underWay = useRef<AbortController | null>(null)
  const { mutateAsync, isPending, isSuccess, data, error, reset } = useMutation({
    mutationFn: ({ file, options }: { file: Blob | URL; options: KieUploadOptions }) => {
      underWay.current?.abort()
      const controller = new AbortController()
      underWay.current = controller
      setProgress(null)
      const onProgress = (fraction: number) => {
        if (underWay.current === controller) setProgress(fraction)
      }
      return client.uploadFile(file, { ...options, signal: controller.signal, onProgress })
    },
    retry: false,
    networkMode: 'always',
  })
  const upload = useCallback(
    async (file: Blob | URL, options: KieUploadOptions = {}) => (await mutateAsync({ file, options })).url,
    [mutateAsync],
  )
  const cancel = useCallback(() => underWay.current?.abort(), [])
  const wasCancelled = error !== null && asKieError(error).kind === 'aborted'

  return {
    upload,
    status: isPending ? 'uploading' : isSuccess ? 'success' : error && !wasCancelled ? 'error' : 'idle',
    progress: isPending ? progress : null,
    url: data?.url,
    error: error && !wasCancelled ? asKieError(error) : null,
    cancel,
    reset,
  }
}
