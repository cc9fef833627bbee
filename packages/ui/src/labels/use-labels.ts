'use client'
import { createContext, useContext } from 'react'
import type { KieLabels } from './labels.ts'

/** The labels that `KieLabelsProvider` sets for the components inside it. */
export const LabelsContext = createContext<Partial<KieLabels>>({})

/** What each component takes to be worded differently. */
export interface LabelsProp {
  /** Words to use instead of the English ones: a whole language, or a few of them. */
  labels?: Partial<KieLabels> | undefined
}

/**
 * The words for one component: its own, then the provider's, then those it was given. Each component brings only the
 * English words that it shows, so that a badge does not carry the gallery's.
 */
export function useLabels<Words extends Partial<KieLabels>>(
  own: Words,
  given: Partial<KieLabels> | undefined,
): Words & { locale: string } {
  return { locale: 'en', ...own, ...useContext(LabelsContext), ...given }
}
