'use client'
import type { FailedTask } from '@kiekit/core'
import type { KieLabels } from '../labels/labels.ts'
import { TaskFailureNotice } from '../task-context/parts.ts'

interface CardNoticeProps {
  onRetry: ((task: FailedTask) => void) | undefined
  labels: Partial<KieLabels> | undefined
}

/** Why a card has no results. In a narrow card the words have its whole width. */
export function CardNotice({ onRetry, labels }: CardNoticeProps) {
  return <TaskFailureNotice variant="plain" onRetry={onRetry} labels={labels} className="kie:@max-[14em]:flex-col" />
}
