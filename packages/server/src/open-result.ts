import type { KieTask } from '@kiekit/core'
import type { OpenResult } from './options.ts'
import type { GatewayParts } from './parts.ts'
import { gone, harmlessType } from './routes/download.ts'
import { findFile } from './task-file.ts'

// Longer than any result; a host that sends without end must not fill a disk.
const MAX_BYTES = 4 * 1024 ** 3

/** Opens results for `onTaskFinished` as downloads do: from the result hosts only, with links renewed that have died. */
export function createOpenResult(
  parts: Pick<GatewayParts, 'openFile' | 'freshLink'>,
): (task: KieTask, userId: string) => OpenResult {
  return (task, userId) =>
    async (index, { maxBytes = MAX_BYTES, signal = new AbortController().signal } = {}) => {
      const file = findFile(task, index, 'file')
      if (file === null) throw new Error(`Task ${task.taskId} has no result with the index ${index}.`)
      const { name } = file
      if (file.at === 'gateway') return { name, type: file.type, body: new Blob([file.text]).stream() }
      const asked = { headers: {}, signal }
      let response = await parts.openFile(file.url, asked)
      if (gone.has(response.status)) {
        await response.body?.cancel()
        response = await parts.openFile(await parts.freshLink(file.url, userId), asked)
      }
      if (response.status !== 200 || response.body === null) {
        await response.body?.cancel()
        throw new Error(`The host of result ${index} answered with ${response.status}.`)
      }
      const body = response.body.pipeThrough(atMost(maxBytes))
      return { name, type: harmlessType(response.headers.get('content-type')), body }
    }
}

function atMost(maxBytes: number) {
  let bytes = 0
  return new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(piece, controller) {
      bytes += piece.byteLength
      if (bytes > maxBytes) throw new Error(`The result is larger than ${maxBytes} bytes.`)
      controller.enqueue(piece)
    },
  })
}
