/** The words of {@link TaskProgress}; durations and percentages come formatted for the locale. */
export interface ProgressLabels {
  'progress.label': string
  'progress.took': (duration: string) => string
  'progress.remaining': (duration: string) => string
  'progress.estimate': (percent: string) => string
  'progress.reconnecting': string
  'progress.offline': string
  'progress.timed-out': string
  'progress.keep-waiting': string
  'progress.try-again': string
}

export const progressLabels: ProgressLabels = {
  'progress.label': 'Task progress',
  'progress.took': (duration) => `took ${duration}`,
  'progress.remaining': (duration) => `about ${duration} left`,
  'progress.estimate': (percent) => `about ${percent}`,
  'progress.reconnecting': 'Connection lost. The task goes on; reconnecting…',
  'progress.offline': 'You are offline. The task goes on, and is looked up once you are back.',
  'progress.timed-out': 'This takes longer than expected. The task may still finish, and nothing is lost.',
  'progress.keep-waiting': 'Keep waiting',
  'progress.try-again': 'Try again',
}
