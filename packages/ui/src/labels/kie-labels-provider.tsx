'use client'
import type { ReactNode } from 'react'
import type { KieLabels } from './labels.ts'
import { LabelsContext } from './use-labels.ts'

export interface KieLabelsProviderProps {
  labels: Partial<KieLabels>
  children?: ReactNode
}

/**
 * Sets the words of all components inside it.
 *
 * @example
 * import { es } from '@kiekit/ui/labels/es'
 *
 * <KieLabelsProvider labels={es}>
 *   <TaskProgress taskId={taskId} />
 * </KieLabelsProvider>
 */
export function KieLabelsProvider({ labels, children }: KieLabelsProviderProps) {
  return <LabelsContext.Provider value={labels}>{children}</LabelsContext.Provider>
}
