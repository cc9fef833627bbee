/** What a counted thing is called, by the language's rules; `other` where it makes no difference. */
export type CountedForms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>

/** How a language writes numbers, counts and lists. */
export function numbersOf(locale: string) {
  const numbers = new Intl.NumberFormat(locale)
  const rules = new Intl.PluralRules(locale)
  const lists = new Intl.ListFormat(locale)
  const write = (count: number) => numbers.format(count)
  return {
    write,
    choose: (count: number, forms: CountedForms) => forms[rules.select(count)] ?? forms.other,
    list: (counts: readonly number[]) => lists.format(counts.map(write)),
  }
}
