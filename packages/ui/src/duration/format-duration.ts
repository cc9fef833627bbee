const numberFormats = new Map<string, Intl.NumberFormat>()

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const known = numberFormats.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(locale, options)
  numberFormats.set(key, made)
  return made
}

function unit(locale: string, value: number, name: 'day' | 'minute' | 'second') {
  return numberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: 0 }).format(
    value,
  )
}

const dayMs = 86_400_000

/** A duration as a clock shows it, `1:05` or `1:02:05`, in the locale's digits, and from a day on in days. */
export function formatClock(ms: number, locale: string): string {
  if (ms >= dayMs) return unit(locale, Math.floor(ms / dayMs), 'day')
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = numberFormat(locale, { minimumIntegerDigits: 2, useGrouping: false })
  const one = numberFormat(locale, { useGrouping: false })
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  const rest = two.format(seconds % 60)
  return hours > 0 ? `${one.format(hours)}:${two.format(minutes)}:${rest}` : `${one.format(minutes)}:${rest}`
}

/** A duration that is only expected: rounded up to 5 seconds below a minute, then to minutes, so that it does not fidget. */
export function formatRoughDuration(ms: number, locale: string): string {
  if (ms < 57_500) return unit(locale, Math.max(5, Math.ceil(ms / 5000) * 5), 'second')
  return unit(locale, Math.ceil(ms / 60_000), 'minute')
}

/** A fraction as a percentage without decimals. */
export function formatPercent(fraction: number, locale: string): string {
  return numberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(fraction)
}
