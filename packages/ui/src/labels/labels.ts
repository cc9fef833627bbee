import type { CompareLabels } from './compare-labels.ts'
import type { CreditsLabels } from './credits-labels.ts'
import type { GalleryLabels } from './gallery-labels.ts'
import type { NoticeLabels } from './notice-labels.ts'
import type { PhaseLabels } from './phase-labels.ts'
import type { ProblemLabels } from './problem-labels.ts'
import type { ProgressLabels } from './progress-labels.ts'
import type { TaskLabels } from './task-labels.ts'
import type { ViewerLabels } from './viewer-labels.ts'

/** All words of the kit in one language. A language is imported on its own: `@kiekit/ui/labels/es`. */
export type KieLabels = {
  /** The BCP 47 tag that numbers and durations are formatted for. */
  locale: string
} & PhaseLabels &
  ProblemLabels &
  ProgressLabels &
  GalleryLabels &
  NoticeLabels &
  CreditsLabels &
  TaskLabels &
  CompareLabels &
  ViewerLabels
