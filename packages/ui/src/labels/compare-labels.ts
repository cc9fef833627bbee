/** The words of {@link BeforeAfter}. */
export interface CompareLabels {
  'compare.label': string
  'compare.before': string
  'compare.after': string
  /** How much of the width shows the result; `percent` comes formatted for the locale. */
  'compare.value': (percent: string) => string
  /** Before there is anything to compare. */
  'compare.empty': string
  /** The task ended without a picture; why is told elsewhere. */
  'compare.none': string
  /** One of the pictures was there and could not be shown. */
  'compare.broken': string
  'compare.retry': string
}

export const compareLabels: CompareLabels = {
  'compare.label': 'Compare before and after',
  'compare.before': 'Before',
  'compare.after': 'After',
  'compare.value': (percent) => `After: ${percent}`,
  'compare.empty': 'The comparison appears here.',
  'compare.none': 'There is no result to compare with.',
  'compare.broken': 'This picture could not be shown. Its link may have expired.',
  'compare.retry': 'Try again',
}
