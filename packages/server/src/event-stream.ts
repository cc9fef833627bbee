import { later } from './timer.ts'

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
const LAST_READ_MS = 5_000
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

  return {
    body,
    endsAt,
    close() {
      const ending = controller
      if (ending === null) return
      // The end waits behind what is not read yet, and the connection with it: not counted any more, but open.
      if (ending.desiredSize !== MAX_UNREAD_BYTES) later(LAST_READ_MS, () => ending.error(notRead()))
      ending.close()
      closed()
    },
    send(text, shorter = text) {
      const room = controller?.desiredSize ?? 0
      if (room <= 0) {
        controller?.error(notRead())
        closed()
        return
      }
      const piece = encoder.encode(text)
      controller?.enqueue(piece.byteLength <= room ? piece : encoder.encode(shorter))
    },
  }
}

const notRead = () => new Error('Kiekit: An event stream is broken off, because nobody reads it.')

/** An event as the wire has it. `data` is JSON, which never holds a line break. */
export function writeEvent(event: { id: string; name: string; data: unknown }): string {
  return `id: ${event.id}\nevent: ${event.name}\ndata: ${JSON.stringify(event.data)}\n\n`
}
