import { numbersOf } from './numbers-of.ts'

/** The words of {@link CreditsBadge}, and of what a task cost. */
export interface CreditsLabels {
  /** `amount` is `count` as the locale writes it. */
  'credits.amount': (amount: string, count: number) => string
  'credits.loading': string
  'credits.low': string
  'credits.empty': string
  'credits.unknown': string
}

const { choose } = numbersOf('en')

export const creditsLabels: CreditsLabels = {
  'credits.amount': (amount, count) => `${amount} ${choose(count, { one: 'credit', other: 'credits' })}`,
  'credits.loading': 'Loading credits',
  'credits.low': 'Running low',
  'credits.empty': 'Used up',
  'credits.unknown': 'Balance unknown',
}
