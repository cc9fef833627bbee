import { Refusal } from './refusal.ts'

/** One part of a form, its body still on its way. Read the body to its end before the next part. */
export interface FormPart {
  name: string
  /** Absent for a plain field. */
  filename: string | undefined
  type: string
  body: AsyncIterable<Uint8Array<ArrayBuffer>>
}

type Bytes = Uint8Array<ArrayBuffer>

const MAX_HEADER_BYTES = 8 * 1024
const encoder = new TextEncoder()
const CRLF = encoder.encode('\r\n')
const END_OF_HEADERS = encoder.encode('\r\n\r\n')

/** The boundary that a multipart body announces; `null` when it is no form. */
export function boundaryOf(contentType: string | null): string | null {
  const found = /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(
    contentType ?? '',
  )
  return found?.[1] ?? found?.[2] ?? null
}

/**
 * Reads a multipart form as it comes (RFC 7578), so that a large file passes through without being held here: the platform's
 * own `formData()` would hold all of it.
 *
 * @throws {Refusal} 400 for what is no form.
 */
export async function* readForm(pieces: AsyncIterable<Bytes>, boundary: string): AsyncGenerator<FormPart> {
  const source = pieces[Symbol.asyncIterator]()
  const delimiter = encoder.encode(`\r\n--${boundary}`)
  // The first delimiter stands at the very beginning, without a line before it.
  let held: Bytes = CRLF

  async function more(): Promise<void> {
    const next = await source.next()
    if (next.done) throw malformed('it ends in the middle')
    held = concat(held, next.value)
  }

  /** All bytes before `end`; afterwards `held` begins behind it. */
  async function* until(end: Bytes): AsyncGenerator<Bytes> {
    for (;;) {
      const at = indexOf(held, end)
      const ready = at >= 0 ? at : Math.max(0, held.length - end.length + 1)
      if (ready > 0) yield held.slice(0, ready)
      held = held.slice(at >= 0 ? at + end.length : ready)
      if (at >= 0) return
      await more()
    }
  }

  try {
    await collect(until(delimiter), MAX_HEADER_BYTES)
    for (;;) {
      while (held.length < 2) await more()
      if (held[0] === 0x2d && held[1] === 0x2d) return
      // The line break behind the delimiter stays, so that a part without any header ends at once.
      const headers = new TextDecoder().decode(await collect(until(END_OF_HEADERS), MAX_HEADER_BYTES))
      const body = until(delimiter)
      yield { ...readHeaders(headers), body }
      for await (const _ of body) continue
    }
  } finally {
    await source.return?.()
  }
}

/** A part's whole body, for those that are small. */
export async function collect(body: AsyncIterable<Bytes>, maxBytes: number): Promise<Bytes> {
  let whole: Bytes = new Uint8Array()
  for await (const piece of body) {
    whole = concat(whole, piece)
    if (whole.length > maxBytes) throw malformed('a field is too long')
  }
  return whole
}

function readHeaders(text: string): Omit<FormPart, 'body'> {
  const lines = text.split('\r\n')
  const valueOf = (name: string) =>
    lines
      .find((line) => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim() ?? ''
  const disposition = valueOf('content-disposition')
  const name = parameter(disposition, 'name')
  if (name === undefined) throw malformed('a part has no name')
  return { name, filename: parameter(disposition, 'filename'), type: valueOf('content-type').toLowerCase() }
}

function parameter(disposition: string, name: string): string | undefined {
  return new RegExp(`;\\s*${name}="([^"]*)"`, 'i').exec(disposition)?.[1]
}

function indexOf(bytes: Bytes, wanted: Bytes): number {
  const first = wanted[0] ?? 0
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (at + wanted.length > bytes.length) return -1
    if (wanted.every((byte, offset) => bytes[at + offset] === byte)) return at
  }
  return -1
}

function concat(a: Bytes, b: Bytes): Bytes {
  const whole = new Uint8Array(a.length + b.length)
  whole.set(a)
  whole.set(b, a.length)
  return whole
}

function malformed(why: string) {
  return new Refusal(400, `The form cannot be read: ${why}.`)
}
