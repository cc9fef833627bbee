import type { FakeTask, ScenarioOutcome, ScenarioStep, ScenarioTime } from './scenario.ts'

/** Where a task stands, worked out from its start and the clock: nothing ticks and nothing is stored. */
export interface Position {
  /** The last step that has begun; `null` for a scenario without steps. */
  step: ScenarioStep | null
  /** 0..100 where the step reports progress. */
  progress: number | null
  /** The end, once it is reached. */
  outcome: ScenarioOutcome | null
  /** Epoch milliseconds of the end, reached or not; `null` for a task that never ends. */
  endTime: number | null
}

export function positionOf(task: FakeTask, now: number, speed: number): Position {
  const { steps, outcome } = task.scenario
  const startsAt = (time: ScenarioTime) =>
    task.startTime + (typeof time === 'number' ? time : time[0] + (time[1] - time[0]) * task.draw) / speed
  const endTime = outcome ? startsAt(outcome.afterMs) : null
  const begun = steps.filter((step) => startsAt(step.afterMs) <= now)
  const step = begun.at(-1) ?? steps[0] ?? null
  const next = steps[begun.length]
  const stepEnd = next ? startsAt(next.afterMs) : endTime
  return {
    step,
    progress: step?.progress ? between(step.progress, startsAt(step.afterMs), stepEnd, now) : null,
    outcome: outcome && endTime !== null && endTime <= now ? outcome : null,
    endTime,
  }
}

function between([from, to]: readonly [number, number], start: number, end: number | null, now: number): number {
  const part = end === null || end <= start ? 0 : Math.min(1, Math.max(0, (now - start) / (end - start)))
  return Math.round(from + (to - from) * part)
}
