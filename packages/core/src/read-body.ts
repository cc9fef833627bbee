import { kieError } from './describe-error.ts'

/** An answer of Kie's is a few kilobytes. What goes on beyond this is not read to its end. */
const mostBytes = 8 * 1024 * 1024

/** The text of a response, up to 8 MiB, so that an endless body cannot fill the memory. */
export async function readBody(response: Response): Promise<string> {
  // React Native's fetch has no body stream.
  if (!response.body) return response.text()
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    bytes += value.byteLength
    if (bytes > mostBytes) {
      void reader.cancel().catch(() => undefined)
      throw kieError({ kind: 'invalid-response', httpStatus: response.status, said: 'the answer is longer than 8 MiB' })
    }
    text += decoder.decode(value, { stream: true })
  }
}
