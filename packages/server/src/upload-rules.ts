import { Refusal } from './refusal.ts'

/** Kie's own bound for streamed uploads. */
export const UPLOAD_BYTES = 100 * 1024 * 1024
export const UPLOAD_TIMEOUT_MS = 300_000

const MAX_DEPTH = 5
const TYPES = ['image/*', 'video/*', 'audio/*']

/** The media type of an upload, if it is one that may be. @throws {Refusal} 415 otherwise. */
export function checkUploadType(declared: string, allowed: readonly string[] = TYPES): string {
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(declared.trim().toLowerCase())?.[0] ?? ''
  if (allowed.some((one) => one === type || (one.endsWith('/*') && type.startsWith(one.slice(0, -1))))) return type
  throw new Refusal(415, `Files of this type cannot be uploaded. These can: ${allowed.join(', ')}.`)
}

/** A file name that means the same everywhere, and nothing to a header or a path. */
export function safeFileName(name: string | undefined, type: string): string {
  const safe = harmless(name?.split(/[/\\]/).at(-1) ?? '')
  return safe === '' ? `file.${type.split('/')[1]?.replace(/[^a-z0-9]/g, '') || 'bin'}` : safe
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
