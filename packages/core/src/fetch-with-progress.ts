/**
 * `fetch` for one upload, through XMLHttpRequest, because only that tells how much has been sent.
 *
 * @param onProgress - called with the share that has left, 0..1
 */
export function fetchWithProgress(onProgress: (fraction: number) => void): typeof fetch {
  return (input, init) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest()
      request.open(init?.method ?? 'POST', input instanceof Request ? input.url : input)
      new Headers(init?.headers).forEach((value, name) => request.setRequestHeader(name, value))
      request.upload.onprogress = ({ lengthComputable, loaded, total }) => {
        if (lengthComputable && total > 0) onProgress(loaded / total)
      }
      request.onload = () => {
        const retryAfter = request.getResponseHeader('retry-after')
        const headers = retryAfter === null ? {} : { 'retry-after': retryAfter }
        resolve(new Response(request.responseText || null, { status: request.status, headers }))
      }
      request.onerror = () => reject(new TypeError('the upload was cut off'))
      init?.signal?.addEventListener('abort', () => request.abort())
      request.send(init?.body instanceof ReadableStream ? null : init?.body)
    })
}
