import { compareLabels } from './compare-labels.ts'
import { creditsLabels } from './credits-labels.ts'
import { galleryLabels } from './gallery-labels.ts'
import type { KieLabels } from './labels.ts'
import { noticeLabels } from './notice-labels.ts'
import { phaseLabels } from './phase-labels.ts'
import { problemLabels } from './problem-labels.ts'
import { progressLabels } from './progress-labels.ts'
import { taskLabels } from './task-labels.ts'
import { viewerLabels } from './viewer-labels.ts'

/** English. The components bring it along; this is for apps that build their own words on it. */
export const en: KieLabels = {
  locale: 'en',
  ...phaseLabels,
  ...problemLabels,
  ...progressLabels,
  ...galleryLabels,
  ...noticeLabels,
  ...creditsLabels,
  ...taskLabels,
  ...viewerLabels,
  ...compareLabels,
}
