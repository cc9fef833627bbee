/** One browser's open event stream. */
export interface EventStream {
  body: ReadableStream<Uint8Array<ArrayBuffer>>
  /** Epoch milliseconds. */
  endsAt: number
  /**
   * Sends a piece, or `shorter` where little room is left. Where none is, the reader is too slow: the stream breaks off, and
   * the browser comes back for the rest.
   */
  send: (text: string, shorter?: string) => void
  close: () => void
}

// Some hundred events without their records. Who has not read that much has gone, or will be quicker to start anew.
const MAX_UNREAD_BYTES = 64 * 1024
const encoder = new TextEncoder()

export function openEventStream(endsAt: number, onClosed: () => void): EventStream {
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

  // An end would wait behind all that is not read, and the connection with it: not counted any more, but open.
  function breakOff() {
    controller?.error(new Error('Kiekit: An event stream is broken off, because nobody reads it.'))
    closed()
  }

  return {
    body,
    endsAt,
    close() {
      if (controller?.desiredSize !== MAX_UNREAD_BYTES) return breakOff()
      controller.close()
      closed()
    },
    send(text, shorter = text) {
      const room = controller?.desiredSize ?? 0
      if (room <= 0) return breakOff()
      const piece = encoder.encode(text)
      controller?.enqueue(piece.byteLength <= room ? piece : encoder.encode(shorter))
    },
  }
}

/** An event as the wire has it. `data` is JSON, which never holds a line break. */
export function writeEvent(event: { id: string; name: string; data: unknown }): string {
  return `id: ${event.id}\nevent: ${event.name}\ndata: ${JSON.stringify(event.data)}\n\n`
}
