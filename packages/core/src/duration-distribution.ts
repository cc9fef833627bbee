/** How long tasks of one model take, as a distribution. Times are milliseconds since the task's creation. */
export interface DurationDistribution {
  /** How many tasks of this model it rests on; 0 where nothing was learned, and it is what is usual for such media. */
  readonly observations: number
  /** The share of tasks that are done `ms` after their creation: 0..1, never falling. */
  cdf(ms: number): number
  /** The time by which the share `p` (0..1) of tasks is done. */
  quantile(p: number): number
  /** The chance per millisecond that a task still running after `ms` is done in the next moment. Never negative. */
  hazard(ms: number): number
  /** The mean time left of a task that still runs after `elapsedMs`. */
  expectedRemaining(elapsedMs: number): number
}

/** What has been learned of how long each model takes. */
export interface DurationStats {
  /** Takes note that a task of this model took `ms` from creation to completion. */
  observe(model: string, ms: number): void
  /** What is known of this model; for one never seen, a prior by the kind of media it makes. */
  distribution(model: string): DurationDistribution
}
