import { extname } from 'node:path'
import type { KieTask } from '@kiekit/core'
import type { GatewayUser } from '@kiekit/server'
import { AwsClient } from 'aws4fetch'

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
  return async (task: KieTask, user: GatewayUser): Promise<void> => {
    if (task.state !== 'success') return
    for (const [index, result] of task.results.entries()) {
      if (!('url' in result)) continue
      const response = await fetch(result.url)
      if (!response.ok) throw new Error(`Result ${index + 1} answered with ${response.status}.`)
      const name = `${index + 1}${extname(new URL(result.url).pathname)}`
      const object = [user.id, task.taskId, name].map(encodeURIComponent).join('/')
      // Storages of this kind want to know the length, which hosts do not always tell: one file at a time is held here.
      const stored = await s3.fetch(`${bucket}/${object}`, {
        method: 'PUT',
        headers: { 'content-type': response.headers.get('content-type') ?? 'application/octet-stream' },
        body: await response.arrayBuffer(),
      })
      if (!stored.ok) throw new Error(`The bucket answered with ${stored.status}.`)
    }
  }
}
