import type { CreditsLabels } from '../labels/credits-labels.ts'

const formats = new Map<string, Intl.NumberFormat>()

/** An amount of credits in the reader's words and digits: `1,204.5 credits`. */
export function formatCredits(
  count: number,
  words: Pick<CreditsLabels, 'credits.amount'> & { locale: string },
): string {
  const known = formats.get(words.locale)
  const format = known ?? new Intl.NumberFormat(words.locale, { maximumFractionDigits: 2 })
  if (!known) formats.set(words.locale, format)
  return words['credits.amount'](format.format(count), count)
}
