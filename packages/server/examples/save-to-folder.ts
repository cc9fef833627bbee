import { createWriteStream } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { KieTask } from '@kiekit/core'
import type { GatewayUser } from '@kiekit/server'

/**
 * Copies the results of each task into a folder per user, because Kie's links die.
 *
 * It may run more than once for a task, and be cut off in the middle: a file gets its name only when it is whole.
 *
 * @example
 * createKieGateway({ apiKey, authorize, onTaskFinished: saveToFolder('/var/lib/app/results') })
 */
export function saveToFolder(folder: string) {
  return async (task: KieTask, user: GatewayUser): Promise<void> => {
    if (task.state !== 'success') return
    const place = join(folder, encodeURIComponent(user.id), encodeURIComponent(task.taskId))
    await mkdir(place, { recursive: true })
    for (const [index, result] of task.results.entries()) {
      if (!('url' in result)) continue
      const response = await fetch(result.url)
      // What is thrown here makes the gateway try again later.
      if (!response.ok || !response.body) throw new Error(`Result ${index + 1} answered with ${response.status}.`)
      const file = join(place, `${index + 1}${extname(new URL(result.url).pathname)}`)
      await pipeline(Readable.from(response.body), createWriteStream(`${file}.part`))
      await rename(`${file}.part`, file)
    }
  }
}
