import { kieError } from './describe-error.ts'
import { fetchWithProgress } from './fetch-with-progress.ts'
import { readFields } from './fields.ts'
import { readHttpUrl } from './http-url.ts'
import { readData, type Send } from './request.ts'

/** Where and how a file is put. */
export interface UploadOptions {
  /** The same name in the same folder overwrites. @default the server's choice */
  fileName?: string | undefined
  /** @default 'kiekit' */
  uploadPath?: string | undefined
  signal?: AbortSignal | undefined
  /** The share that has left, 0..1: where the platform has XMLHttpRequest and no `fetch` of yours is in its place. */
  onProgress?: ((fraction: number) => void) | undefined
}

export interface UploadTarget {
  send: Send
  baseUrl: string
  timeoutMs: number
  canShowProgress: boolean
}

/** Uploads a file, or has one fetched from an address, and gives the address to hand to a model. */
export async function uploadFile(
  target: UploadTarget,
  file: Blob | URL,
  options: UploadOptions,
): Promise<{ url: string }> {
  const { fileName, uploadPath = 'kiekit', signal, onProgress } = options
  const { send, baseUrl, timeoutMs, canShowProgress } = target
  const shared = { signal, timeoutMs }
  const isUrl = 'href' in file
  if (isUrl && readHttpUrl(file.href) === undefined) {
    throw kieError({ kind: 'validation', said: 'only http and https addresses can be fetched for an upload' })
  }
  const answer = isUrl
    ? await send({
        ...shared,
        url: `${baseUrl}/api/file-url-upload`,
        body: { fileUrl: file.href, uploadPath, fileName },
      })
    : await send({
        ...shared,
        url: `${baseUrl}/api/file-stream-upload`,
        body: formOf(file, uploadPath, fileName),
        fetch: onProgress && canShowProgress ? fetchWithProgress(onProgress) : undefined,
      })
  const { downloadUrl, fileUrl } = readFields({ downloadUrl: readHttpUrl, fileUrl: readHttpUrl }, readData(answer))
  const url = downloadUrl ?? fileUrl
  if (url === undefined) throw kieError({ kind: 'invalid-response', said: 'no address of the uploaded file' })
  return { url }
}

function formOf(file: Blob, uploadPath: string, fileName: string | undefined): FormData {
  const form = new FormData()
  // The file goes last: a server that streams needs to know the rest before it.
  form.set('uploadPath', uploadPath)
  if (fileName !== undefined) form.set('fileName', fileName)
  form.set('file', file, fileName ?? ('name' in file && typeof file.name === 'string' ? file.name : 'file'))
  return form
}
