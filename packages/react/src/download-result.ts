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

export interface DownloadOptions {
  /** Ends it, also in the middle of the file. */
  signal?: AbortSignal | undefined
}

/** A file whose bytes are on their way. */
export interface OpenedFile {
  name: string
  /** Its media type; `''` where the gateway gives none. */
  type: string
  /** In bytes; `null` where the gateway does not know, or packs the file on its way. */
  size: number | null
  /** To be read once. It fails where the connection does. */
  body: ReadableStream<Uint8Array>
}

/**
 * Begins to fetch a file through the gateway: Kie's file hosts let no page of another origin read what they send, and
 * their links die.
 */
export async function openResult(
  client: KieClient,
  result: ResultToDownload,
  { signal }: DownloadOptions = {},
): Promise<OpenedFile> {
  if (!client.open) {
    throw new KieError(
      'Kiekit: This client cannot download results. Kie’s file hosts let no page read what they send. ' +
        'Make it with createKieClient({ baseUrl }), with the address of your gateway.',
      { kind: 'unsupported' },
    )
  }
  const { taskId, index, part } = result
  const query = new URLSearchParams({ taskId, index: String(index), ...(part && { part }) })
  const { headers, body } = await client.open(`/api/v1/kiekit/download?${query.toString()}`, { signal })
  return {
    name: result.fileName ?? nameIn(headers.get('content-disposition')) ?? `${taskId}-${index}`,
    type: headers.get('content-type') ?? '',
    size: sizeIn(headers),
    body: body ?? new Blob().stream(),
  }
}

/** Fetches all of a file through the gateway. */
export async function downloadResult(
  client: KieClient,
  result: ResultToDownload,
  options: DownloadOptions = {},
): Promise<File> {
  const { name, type, body } = await openResult(client, result, options)
  try {
    const blob = await new Response(body).blob()
    options.signal?.throwIfAborted()
    return new File([blob], name, { type })
  } catch (cause) {
    throw options.signal?.aborted
      ? new KieError('Kiekit: The download was aborted. Nothing was saved. Start it again if it is still wanted.', {
          kind: 'aborted',
          cause,
        })
      : new KieError('Kiekit: The download broke off. Nothing was saved. Try again.', { kind: 'network', cause })
  }
}

function nameIn(disposition: string | null): string | undefined {
  return /filename="([^"]+)"/.exec(disposition ?? '')?.[1]
}

/** What is packed on its way has another length than what arrives here. */
function sizeIn(headers: Headers): number | null {
  const length = headers.get('content-length')
  return length !== null && /^\d+$/.test(length) && !headers.has('content-encoding') ? Number(length) : null
}
