import type { JsonValue } from './task.ts'

/** The value as an address that a page may open: http or https, nothing else (`javascript:`, `data:`, relative). */
export function readHttpUrl(value: JsonValue | undefined): string | undefined {
  if (typeof value !== 'string') return undefined
  const url = value.trim()
  // `https:host` without slashes is relative to an https page, so the slashes are asked for.
  if (!/^https?:\/\/[^\s/\\]/i.test(url)) return undefined
  try {
    new URL(url)
    return url
  } catch {
    return undefined
  }
}
