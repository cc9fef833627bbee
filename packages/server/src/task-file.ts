import type { KieTask, MediaResult } from '@kiekit/core'
import * as z from 'zod/mini'

/** Which of a result's files: the file itself, or one that belongs to it. */
export const partSchema = z.enum(['file', 'watermarked', 'poster', 'stream', 'first-frame', 'last-frame'])
export type FilePart = z.infer<typeof partSchema>

/** A file of a task: at Kie's, or here, where the result is a text. */
export type TaskFile =
  | { at: 'host'; url: string; name: string }
  | { at: 'gateway'; text: string; name: string; type: string }

/** Result number `index` of a finished task, counted from 0; `null` when there is none. */
export function findFile(task: KieTask, index: number, part: FilePart): TaskFile | null {
  const result = task.state === 'success' ? task.results[index] : undefined
  if (result === undefined) return null
  const name = nameOf(task, index, part)
  switch (result.kind) {
    case 'text':
      return part === 'file'
        ? { at: 'gateway', text: result.text, name: `${name}.txt`, type: 'text/plain; charset=utf-8' }
        : null
    case 'data': {
      const text = JSON.stringify(result.data, null, 2)
      return part === 'file' ? { at: 'gateway', text, name: `${name}.json`, type: 'application/json' } : null
    }
    default: {
      const url = urlOf(result, part)
      return url === undefined ? null : { at: 'host', url, name: `${name}${extensionOf(url)}` }
    }
  }
}

/** The links to all files of a finished task. */
export function linksOf(task: KieTask): string[] {
  if (task.state !== 'success') return []
  return task.results.flatMap((result) =>
    result.kind === 'text' || result.kind === 'data'
      ? []
      : partSchema.options.flatMap((part) => urlOf(result, part) ?? []),
  )
}

function urlOf(result: MediaResult, part: FilePart): string | undefined {
  switch (part) {
    case 'file':
      return result.url
    case 'watermarked':
      return result.watermarkedUrl
    case 'poster':
      return result.posterUrl
    case 'stream':
      return result.streamUrl
    case 'first-frame':
      return result.firstFrameUrl
    case 'last-frame':
      return result.lastFrameUrl
  }
}

// Letters, digits, dashes only: the name goes into a header, and onto people's disks.
function nameOf({ model, taskId }: KieTask, index: number, part: FilePart): string {
  const pieces = [model || 'kie', taskId.slice(-8), String(index + 1), ...(part === 'file' ? [] : [part])]
  return pieces
    .map((piece) => piece.replace(/[^\w.-]+/g, '-').replace(/^[-.]+|[-.]+$/g, ''))
    .join('-')
    .slice(0, 120)
}

function extensionOf(url: string): string {
  return /\.[a-z0-9]{2,5}$/i.exec(new URL(url).pathname)?.[0].toLowerCase() ?? ''
}
