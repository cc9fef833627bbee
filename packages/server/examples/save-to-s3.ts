import { extname } from 'node:path'
import type { KieTask } from '@kiekit/core'
import type { FinishedTaskTools, GatewayUser } from '@kiekit/server'
import { AwsClient } from 'aws4fetch'

// One result at a time is held in memory.
const MAX_BYTES = 512 * 1024 ** 2

/**
 * Copies the results of each task into a bucket of any storage that speaks S3: AWS, Cloudflare R2, MinIO and others.
 * A second run writes the same objects again.
 *
 * @param bucket the bucket's address: `https://my-bucket.s3.eu-central-1.amazonaws.com`
 *
 * @example
 * const keys = { accessKeyId: process.env.S3_KEY_ID ?? '', secretAccessKey: process.env.S3_SECRET ?? '' }
 * createKieGateway({ apiKey, authorize, onTaskFinished: saveToS3('https://my-bucket.s3.amazonaws.com', keys) })
 */
export function saveToS3(bucket: string, keys: { accessKeyId: string; secretAccessKey: string; region?: string }) {
  const s3 = new AwsClient({ service: 's3', region: 'auto', ...keys })
  return async (task: KieTask, user: GatewayUser, { openResult }: FinishedTaskTools): Promise<void> => {
    if (task.state !== 'success') return
    for (const index of task.results.keys()) {
      // What is thrown here makes the gateway try again later.
      const { name, type, body } = await openResult(index, { maxBytes: MAX_BYTES })
      const object = [user.id, task.taskId, `${index + 1}${extname(name)}`].map(nameOf).join('/')
      // Storages of this kind want to know the length, which hosts do not always tell.
      const stored = await s3.fetch(`${bucket}/${object}`, {
        method: 'PUT',
        headers: { 'content-type': type },
        body: await new Response(body).arrayBuffer(),
      })
      if (!stored.ok) throw new Error(`The bucket answered with ${stored.status}.`)
    }
  }
}

// A name of dots alone would lead out of the bucket, also where the dots are written as %2E.
function nameOf(id: string): string {
  return encodeURIComponent(id).replace(/^\.+$/, (dots) => '%252E'.repeat(dots.length))
}
