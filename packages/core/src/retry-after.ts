/** `Retry-After` in either form, seconds or an HTTP date, as milliseconds from now; `null` where it says nothing. */
export function readRetryAfter(headers: Headers): number | null {
  const value = headers.get('retry-after')?.trim() ?? ''
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000
  // Date.parse would take '-5' or '1.5' for a date.
  const date = /^[a-z]{3}/i.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now())
}
