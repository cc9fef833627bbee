/** Seconds or a date, as milliseconds from now; `null` when there is none that makes sense. */
export function parseRetryAfter(header: string | null, now = Date.now()): number | null {
  if (header === null) return null
  const ms = /^\d{1,9}$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now
  return Number.isFinite(ms) ? Math.max(0, ms) : null
}

/** The header that asks for that long a pause: whole seconds, never zero. */
export function retryAfterHeader(ms: number | null): Record<string, string> {
  return ms === null ? {} : { 'retry-after': String(Math.max(1, Math.ceil(ms / 1_000))) }
}
