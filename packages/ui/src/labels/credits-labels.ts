/** The words of {@link CreditsBadge}, and of what a task cost. */
export interface CreditsLabels {
  /** `amount` is `count` as the locale writes it. */
  'credits.amount': (amount: string, count: number) => string
  'credits.loading': string
  'credits.low': string
  'credits.empty': string
  'credits.unknown': string
}

const plural = /* @__PURE__ */ new Intl.PluralRules('en')

export const creditsLabels: CreditsLabels = {
  'credits.amount': (amount, count) => (plural.select(count) === 'one' ? `${amount} credit` : `${amount} credits`),
  'credits.loading': 'Loading credits',
  'credits.low': 'Running low',
  'credits.empty': 'Used up',
  'credits.unknown': 'Credits not available',
}
