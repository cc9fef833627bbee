import { createWriteStream } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { KieTask } from '@kiekit/core'
import type { FinishedTaskTools, GatewayUser } from '@kiekit/server'

/**
 * Copies the results of each task into a folder per user, because Kie's links die.
 *
 * It may run more than once for a task, and be cut off in the middle: a file gets its name only when it is whole.
 *
 * @example
 * createKieGateway({ apiKey, authorize, onTaskFinished: saveToFolder('/var/lib/app/results') })
 */
export function saveToFolder(folder: string) {
  return async (task: KieTask, user: GatewayUser, { openResult }: FinishedTaskTools): Promise<void> => {
    if (task.state !== 'success') return
    const place = join(folder, nameOf(user.id), nameOf(task.taskId))
    await mkdir(place, { recursive: true })
    for (const index of task.results.keys()) {
      // What is thrown here makes the gateway try again later.
      const { name, body } = await openResult(index)
      const file = join(place, `${index + 1}${extname(name)}`)
      await pipeline(Readable.from(body), createWriteStream(`${file}.part`))
      await rename(`${file}.part`, file)
    }
  }
}

// A name of dots alone would lead out of the folder.
function nameOf(id: string): string {
  return encodeURIComponent(id).replace(/^\.+$/, (dots) => '%2E'.repeat(dots.length))
}
