/** One event of a `text/event-stream`. */
export interface ServerEvent {
  type: string
  data: string
  /** To be given back as `Last-Event-ID` when the stream is opened again. */
  id: string | undefined
}

/** More than any event of the gateway's has; a stream without line ends must not fill the memory. */
const longestBuffer = 65_536

/** Reads server-sent events from a body. Comments, the heartbeat among them, are told as events of type `''`. */
export async function* readServerEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let buffer = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      // All of it again: the network may have cut between the two.
      buffer = (buffer + decoder.decode(value, { stream: true })).replaceAll('\r\n', '\n')
      const blocks = buffer.split('\n\n')
      buffer = blocks.pop() ?? ''
      if (buffer.length > longestBuffer) return
      for (const block of blocks) yield parseBlock(block)
    }
  } finally {
    reader.cancel().catch(() => {})
  }
}

function parseBlock(block: string): ServerEvent {
  const event: ServerEvent = { type: '', data: '', id: undefined }
  for (const line of block.split('\n')) {
    const [, field, value = ''] = /^(\w+): ?(.*)$/.exec(line) ?? []
    if (field === 'data') event.data = event.data === '' ? value : `${event.data}\n${value}`
    if (field === 'event') event.type = value
    if (field === 'id') event.id = value
  }
  return event
}
