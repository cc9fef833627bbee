/** A multipart form with a streamed file at its end, ready to be sent. */
export function uploadForm(
  fields: Record<string, string>,
  file: { name: string; type: string; body: AsyncIterable<Uint8Array<ArrayBuffer>> },
): { contentType: string; body: ReadableStream<Uint8Array<ArrayBuffer>> } {
  const boundary = `kiekit-${crypto.randomUUID()}`
  const pieces = write(boundary, fields, file)[Symbol.asyncIterator]()
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: new ReadableStream({
      async pull(controller) {
        const { done, value } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        await pieces.return?.()
      },
    }),
  }
}

async function* write(
  boundary: string,
  fields: Record<string, string>,
  file: { name: string; type: string; body: AsyncIterable<Uint8Array<ArrayBuffer>> },
) {
  const encoder = new TextEncoder()
  for (const [name, value] of Object.entries(fields)) {
    yield encoder.encode(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
  }
  yield encoder.encode(
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${file.name}"\r\nContent-Type: ${file.type}\r\n\r\n`,
  )
  yield* file.body
  yield encoder.encode(`\r\n--${boundary}--\r\n`)
}
