import * as z from 'zod/mini'
import { check, taskIdSchema } from '../check.ts'
import type { GatewayParts, Route } from '../parts.ts'
import { Refusal, taskNotFound } from '../refusal.ts'
import { findFile, partSchema } from '../task-file.ts'

const querySchema = z.object({
  taskId: taskIdSchema,
  index: z._default(z.string(), '0').check(z.regex(/^\d{1,4}$/, 'must be a number, counted from 0')),
  part: z._default(partSchema, 'file'),
})

const passedUp = ['range', 'if-range', 'if-none-match', 'if-modified-since']
const passedDown = ['content-length', 'content-range', 'accept-ranges', 'etag', 'last-modified']
const served = new Set([200, 206, 304, 416])
export const gone = new Set([403, 404, 410])

/**
 * Streams one result of one task as an attachment. Which file that is, the task's own record says: no caller can name an
 * address. Whatever the host sends, no browser will run it here: it is saved, not sniffed, and boxed in.
 */
export function download(parts: GatewayParts): Route {
  const { authorize, owned, openFile, freshLink, limits, bodies } = parts
  return async (context) => {
    const { taskId, index, part } = check(querySchema, context.req.query())
    const request = context.req.raw
    const user = await authorize({ request, action: 'download', taskId })
    const { task } = await owned.read(taskId, user.id)
    if (task === null) throw taskNotFound()
    const file = findFile(task, Number(index), part)
    if (file === null) throw new Refusal(404, 'This task has no such result.')
    if (file.at === 'gateway')
      return new Response(file.text, { headers: { ...guards(file.name), 'content-type': file.type } })

    const end = limits.beginDownload(user.id)
    try {
      const response = await openForUser(file.url, request, user.id)
      const headers = {
        ...pick(response.headers, passedDown),
        ...guards(file.name),
        'content-type': harmlessType(response.headers.get('content-type')),
      }
      return bodies.follow(new Response(response.body, { status: response.status, headers }), end)
    } catch (error) {
      end()
      // Nobody is left to read the answer, and nothing is wrong.
      throw request.signal.aborted ? new Refusal(499, 'The download was let go.') : error
    }
  }

  async function openForUser(url: string, request: Request, userId: string): Promise<Response> {
    const asked = { headers: pick(request.headers, passedUp), signal: request.signal }
    let response = await openFile(url, asked)
    if (gone.has(response.status)) {
      await response.body?.cancel()
      response = await openFile(await freshLink(url, userId), asked)
    }
    if (served.has(response.status)) return response
    await response.body?.cancel()
    if (gone.has(response.status))
      throw new Refusal(404, 'This file is no longer at Kie.ai: links last from one to fourteen days.')
    throw new Refusal(500, 'The file could not be fetched. Try again later.', { status: 502 })
  }
}

function guards(name: string): Record<string, string> {
  return {
    'content-disposition': `attachment; filename="${name}"`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    // Kept, but asked for again each time: the next user of the browser is somebody else.
    'cache-control': 'private, no-cache',
  }
}

// SVG runs scripts, so it is not among the images.
export function harmlessType(type: string | null): string {
  const essence = type?.split(';')[0]?.trim().toLowerCase() ?? ''
  return /^(?:image\/(?!svg)|video\/|audio\/)[\w.+-]+$/.test(essence) ? essence : 'application/octet-stream'
}

function pick(headers: Headers, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (headers.has(name) ? [[name, headers.get(name) ?? '']] : [])))
}
