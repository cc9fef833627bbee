type Bytes = Uint8Array<ArrayBuffer>

/**
 * Waits for the first `count` bytes, or all where there are fewer, and gives them beside a body that still begins with
 * them. Nothing is read ahead beyond the piece that completes them.
 */
export async function peek(
  pieces: AsyncIterable<Bytes>,
  count: number,
): Promise<{ head: Bytes; body: AsyncIterable<Bytes> }> {
  const source = pieces[Symbol.asyncIterator]()
  const read: Bytes[] = []
  let length = 0
  while (length < count) {
    const next = await source.next()
    if (next.done) break
    read.push(next.value)
    length += next.value.length
  }
  return { head: joined(read, Math.min(length, count)), body: goOn(read, source) }
}

async function* goOn(read: Bytes[], source: AsyncIterator<Bytes>): AsyncGenerator<Bytes> {
  try {
    yield* read
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value
  } finally {
    await source.return?.()
  }
}

function joined(pieces: readonly Bytes[], length: number): Bytes {
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece.subarray(0, length - at), at)
    at = Math.min(length, at + piece.length)
  }
  return whole
}
