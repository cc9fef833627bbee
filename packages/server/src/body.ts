import { Refusal } from './refusal.ts'

/** How long a body may keep silent between two pieces. Whoever sends slower is holding places, not sending. */
const SILENCE_MS = 10_000
/** How long all of a JSON body may take. */
const JSON_MS = 60_000

/** The pieces of a body, as they come: refused when there are too many bytes, too long a silence, or no end in time. */
export async function* piecesOf(
  request: Request,
  maxBytes: number,
  maxMs: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const tooLarge = new Refusal(413, `The body is too large: at most ${maxBytes} bytes are taken.`)
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge
  const reader = request.body?.getReader()
  if (!reader) return
  const deadline = Date.now() + maxMs
  let bytes = 0
  try {
    while (true) {
      const { done, value } = await within(Math.min(SILENCE_MS, deadline - Date.now()), reader.read())
      if (done) return
      bytes += value.byteLength
      if (bytes > maxBytes) throw tooLarge
      yield value
    }
  } finally {
    reader.cancel().catch(() => undefined)
  }
}

/** A whole body as JSON. */
export async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  const type = request.headers.get('content-type') ?? ''
  // Also keeps out what a form on another site can send without asking the browser's permission.
  if (!/^application\/json\s*(?:;|$)/i.test(type)) throw new Refusal(415, 'Send the body as application/json.')
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let text = ''
  try {
    for await (const piece of piecesOf(request, maxBytes, JSON_MS)) text += decoder.decode(piece, { stream: true })
    return JSON.parse(text + decoder.decode())
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(400, 'The body is not JSON.')
  }
}

function within<T>(ms: number, reading: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Refusal(408, 'The body came too slowly.')), ms)
    reading.then(resolve, () => reject(new Refusal(400, 'The body broke off.'))).finally(() => clearTimeout(timer))
  })
}
