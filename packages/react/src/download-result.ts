import { type KieClient, KieError } from '@kiekit/core'

/** Which file of which task. */
export interface ResultToDownload {
  taskId: string
  /** Its place in `results`, counted from 0. */
  index: number
  /** What of the result is wanted, where it has more than the file itself. @default 'file' */
  part?: 'file' | 'poster' | 'watermarked' | 'stream' | 'first-frame' | 'last-frame' | undefined
  /** What to call it. @default what the gateway calls it */
  fileName?: string | undefined
}

/**
 * Fetches a file through the gateway: Kie's file hosts let no page of another origin read what they send, and their
 * links die.
 */
export async function downloadResult(client: KieClient, result: ResultToDownload, signal?: AbortSignal): Promise<File> {
  if (!client.open) {
    throw new KieError(
      'Kiekit: This client cannot download results. Kie’s file hosts let no page read what they send. ' +
        'Make it with createKieClient({ baseUrl }), with the address of your gateway.',
      { kind: 'unsupported' },
    )
  }
  const { taskId, index, part } = result
  const query = new URLSearchParams({ taskId, index: String(index), ...(part && { part }) })
  const response = await client.open(`/api/v1/kiekit/download?${query.toString()}`, signal ? { signal } : {})
  const blob = await response.blob()
  const name = result.fileName ?? nameIn(response.headers.get('content-disposition')) ?? `${taskId}-${index}`
  return new File([blob], name, { type: blob.type })
}

function nameIn(disposition: string | null): string | undefined {
  return /filename="([^"]+)"/.exec(disposition ?? '')?.[1]
}
