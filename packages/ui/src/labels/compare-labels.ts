/** The words of {@link BeforeAfter}. */
export interface CompareLabels {
  'compare.label': string
  'compare.before': string
  'compare.after': string
  /** How much of the width shows the result; `percent` comes formatted for the locale. */
  'compare.value': (percent: string) => string
}

export const compareLabels: CompareLabels = {
  'compare.label': 'Compare before and after',
  'compare.before': 'Before',
  'compare.after': 'After',
  'compare.value': (percent) => `${percent} after`,
}
