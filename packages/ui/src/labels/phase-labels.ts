import type { TaskPhase } from '../task-view/task-view.ts'

/** The words for what a task is doing. */
export type PhaseLabels = { [Phase in TaskPhase as `phase.${Phase}`]: string }

export const phaseLabels: PhaseLabels = {
  'phase.idle': 'Not started',
  'phase.loading': 'Loading',
  'phase.waiting': 'Waiting',
  'phase.queuing': 'In queue',
  'phase.generating': 'Generating',
  'phase.success': 'Done',
  'phase.fail': 'Failed',
  'phase.timed-out': 'Taking longer',
  'phase.error': 'Not available',
}
