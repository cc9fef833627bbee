/** One browser's open event stream. */
export interface EventStream {
  body: ReadableStream<Uint8Array<ArrayBuffer>>
  openedAt: number
  /** Sends a piece, unless the reader is too slow: then the stream is dropped, and the browser comes back for the rest. */
  send: (text: string) => void
  close: () => void
}

// Some hundred events. Who has not read that much has gone, or will be quicker to start anew.
const MAX_UNREAD_BYTES = 64 * 1024
const encoder = new TextEncoder()

export function openEventStream(onClosed: () => void): EventStream {
  let controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | null = null

  function closed() {
    if (controller === null) return
    controller = null
    onClosed()
  }

  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start(started) {
        controller = started
      },
      cancel: closed,
    },
    new ByteLengthQueuingStrategy({ highWaterMark: MAX_UNREAD_BYTES }),
  )

  function close() {
    controller?.close()
    closed()
  }

  return {
    body,
    openedAt: Date.now(),
    close,
    send(text) {
      if (controller === null) return
      if ((controller.desiredSize ?? 0) <= 0) close()
      else controller.enqueue(encoder.encode(text))
    },
  }
}

/** An event as the wire has it. `data` is JSON, which never holds a line break. */
export function writeEvent(event: { id: string; name: string; data: unknown }): string {
  return `id: ${event.id}\nevent: ${event.name}\ndata: ${JSON.stringify(event.data)}\n\n`
}
