import { type DurationStats, isTerminal, type KieTask } from '@kiekit/core'
import type { QueryClient } from '@tanstack/react-query'
import { asKieError } from './as-kie-error.ts'
import { kieKeys } from './kie-keys.ts'
import { startOf } from './task-look.ts'
import { memoryOf } from './task-memory.ts'
import type { TaskQuery } from './task-query.ts'

/**
 * An end that Kie gives no time for was some time between two looks. Where they lie further apart than this, or than a
 * quarter of the task's age, nobody was looking: the page was hidden, or the laptop asleep.
 */
const longestDoubtMs = 10_000

interface Asked {
  queryClient: QueryClient
  query: TaskQuery
  scope: string
  durations: DurationStats
}

/** What follows from an answer, whether it was asked for or told of, before it is the query's. */
export function takeAnswer({ queryClient, query, scope, durations }: Asked, task: KieTask): void {
  const before = query.state.data
  const { createdAt, elapsedMs: lookedAtMs } = memoryOf(query)
  takeNote(query, task, null)
  if (!isTerminal(task.state) || (before ? isTerminal(before.state) : createdAt === null)) return
  // A task that ends before our eyes has cost something, and says how long its model takes, also where it failed.
  const ageMs = ageAtEnd(query, task, lookedAtMs)
  if (ageMs !== null) durations.observe(task.model, ageMs)
  void queryClient.invalidateQueries({ queryKey: kieKeys.credits(scope) })
}

/** From the first answer on, the age is also measured by a clock that nobody sets. */
export function takeNote(query: TaskQuery, task: KieTask | null, error: unknown): void {
  const memory = memoryOf(query)
  const now = performance.now()
  memory.elapsedMs += now - memory.measuredAt
  memory.measuredAt = now
  if (task && !query.state.data) memory.elapsedMs = Math.max(memory.elapsedMs, Date.now() - startOf(query, task))
  memory.failures = task ? 0 : memory.failures + 1
  memory.error = task ? null : asKieError(error)
}

/** How old a task was when it ended, in ms: by Kie's clock, else when it was seen; `null` where that says too little. */
function ageAtEnd(query: TaskQuery, { createTime, completeTime }: KieTask, lookedAtMs: number): number | null {
  if (createTime !== null && completeTime !== null) return completeTime - createTime
  const { createdAt, elapsedMs } = memoryOf(query)
  const isKnown = createTime !== null || createdAt !== null
  return isKnown && elapsedMs - lookedAtMs <= Math.max(longestDoubtMs, elapsedMs / 4) ? elapsedMs : null
}
