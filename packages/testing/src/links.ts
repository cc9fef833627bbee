import { file } from './answer.ts'
import type { Incoming } from './incoming.ts'
import type { Kie } from './kie.ts'
import { isMediaFile, loadMedia } from './media.ts'

/** Kie's documentation says both a day and a fortnight; apps have to survive the shorter one. */
const resultLifeMs = 24 * 60 * 60 * 1000
/** As documented for download-url. */
const renewedLifeMs = 20 * 60 * 1000

/** A link to the same file that works again for 20 minutes; `null` for an address that is not the fake's. */
export function renewedLink(link: string, kie: Kie): string | null {
  if (!link.startsWith(`${kie.mediaBaseUrl()}/`)) return null
  const url = new URL(link)
  url.pathname = url.pathname.replace('/expired/', '/')
  url.searchParams.set('until', String(kie.now() + renewedLifeMs))
  return url.href
}

/** `GET /media/*`: result files, uploads, and the answer of a file host to a link that is too old. */
export async function media({ path, query, headers }: Incoming, kie: Kie): Promise<Response> {
  const name = decoded(path.slice('/media/'.length))
  if (isExpired(name, query, kie)) return new Response('Forbidden', { status: 403 })
  const content = isMediaFile(name) ? await loadMedia(name) : kie.uploads.get(name)
  return content ? file(content.type, content.bytes, headers.range) : new Response('Not Found', { status: 404 })
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

function isExpired(name: string, { task: taskId, until }: Record<string, string>, kie: Kie): boolean {
  if (name.startsWith('expired/')) return true
  if (until !== undefined) return Number(until) < kie.now()
  if (kie.faults.isOn('expired-link', { path: '/media/', taskId: taskId ?? null })) return true
  const task = taskId === undefined ? undefined : kie.tasks.get(taskId)
  const endTime = task ? kie.positionOf(task).endTime : null
  return endTime !== null && kie.now() - endTime > resultLifeMs
}
