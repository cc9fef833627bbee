import { extensionFor, withFittingExtension } from './file-extension.ts'
import { Refusal } from './refusal.ts'
import { type Found, sniff } from './sniff.ts'

/** Kie's own bound for streamed uploads. */
export const UPLOAD_BYTES = 100 * 1024 * 1024
export const UPLOAD_TIMEOUT_MS = 300_000

const MAX_DEPTH = 5
const TYPES = ['image/*', 'video/*', 'audio/*']

/** The media type of an upload, if it is one that may be. @throws {Refusal} 415 otherwise. */
export function checkUploadType(declared: string, allowed: readonly string[] = TYPES): string {
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(declared.trim().toLowerCase())?.[0] ?? ''
  if (isAllowed(type, allowed)) return type
  throw new Refusal(415, `Files of this type cannot be uploaded. These can: ${allowed.join(', ')}.`)
}

/**
 * Whether the file's first bytes go with the type that it is declared as. Anybody can call a page a picture; whoever opens
 * the link later would run it. What is not recognised passes: the type was allowed, and formats are many.
 *
 * @throws {Refusal} 415 when they surely are something else.
 */
export function checkUploadContent(declared: string, head: Uint8Array, allowed: readonly string[] = TYPES) {
  const found = sniff(head)
  if (found === null || found.type === plain(declared)) return
  if (mayHold(declared, found) && (!unmistakable.has(found.type) || isAllowed(found.type, allowed.map(plain)))) return
  throw new Refusal(415, `The file is declared as ${declared}, but its content is ${found.name}. Nothing was uploaded.`)
}

// A picture of another format than declared is no harm, unless the app wants certain formats. These have one name only.
const unmistakable = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

function mayHold(declared: string, { type, family }: Found): boolean {
  if (declared.endsWith('xml')) return family === 'markup' && (type !== 'text/html' || declared.includes('xhtml'))
  switch (declared.split('/')[0]) {
    case 'image':
      return family === 'image'
    case 'audio':
    case 'video':
      return family === 'audio-video'
    case 'text':
      return family === 'markup' || family === 'script'
    default:
      return family !== 'markup' || declared === 'application/octet-stream'
  }
}

function isAllowed(type: string, allowed: readonly string[]): boolean {
  return allowed.some((one) => one === type || (one.endsWith('/*') && type.startsWith(one.slice(0, -1))))
}

function plain(type: string): string {
  return type === 'image/jpg' || type === 'image/pjpeg' ? 'image/jpeg' : type
}

/** A file name that means the same everywhere, nothing to a header or a path, and no more than the type says. */
export function safeFileName(name: string | undefined, type: string): string {
  const safe = harmless(name?.split(/[/\\]/).at(-1) ?? '')
  return safe === '' ? `file.${extensionFor(type)}` : withFittingExtension(safe, type)
}

/** A folder that nothing else lies in, below the one that the caller wishes for: nobody can overwrite another's file. */
export function freshFolder(wish: string | undefined): string {
  const folders = (wish ?? '')
    .split(/[/\\]/)
    .map(harmless)
    .filter((folder) => folder !== '')
  return [...(folders.length > 0 ? folders.slice(0, MAX_DEPTH) : ['kiekit']), crypto.randomUUID()].join('/')
}

function harmless(name: string): string {
  return name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+/, '')
    .slice(-100)
}
