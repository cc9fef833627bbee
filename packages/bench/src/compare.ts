import { createDurationStats, type DurationStats, type PollingPolicy, type TaskState } from '@kiekit/core'
import type { Family } from './families.ts'
import { type Followed, follow, followSchedule } from './follow.ts'
import { optimalLooks } from './optimum.ts'
import { optimalLooksByState } from './optimum-by-state.ts'
import { randomFrom } from './random.ts'
import type { SimulatedTask, Truth } from './truth.ts'

export interface Sample {
  model: string
  durations: DurationStats
  truth: Truth
  names: { queued: TaskState; made: TaskState }
  tasks: { taskId: string; task: SimulatedTask }[]
}

/** Kie documents three pending states, but not which models say which: a third of the models each. */
const namings = [
  { queued: 'queuing', made: 'generating' },
  { queued: 'waiting', made: 'generating' },
  { queued: 'waiting', made: 'waiting' },
] as const

/** The same tasks for every strategy: so many situations of a family, and in each so many tasks. */
export function sample(family: Family, size: { situations: number; tasks: number }, seed = 1): Sample[] {
  const random = randomFrom(seed)
  return Array.from({ length: size.situations }, (_, situationIndex) => {
    const { model, observed, truth } = family.situation(random)
    const durations = createDurationStats()
    for (const ms of observed) durations.observe(model, ms)
    return {
      model,
      durations,
      truth,
      names: namings[situationIndex % namings.length] ?? namings[0],
      tasks: Array.from({ length: size.tasks }, (_, taskIndex) => ({
        taskId: `${seed}-${situationIndex}-${taskIndex}`,
        task: truth.draw(random),
      })),
    }
  })
}

export interface Outcome {
  /** Looks per task, without the one at its creation. */
  requests: number
  meanDelayMs: number
  p95DelayMs: number
}

export function withPolicy(samples: readonly Sample[], policy: PollingPolicy): Outcome {
  return outcomeOf(
    samples.flatMap(({ tasks, ...rest }) => tasks.map((one) => follow(policy, one.task, { ...one, ...rest }))),
  )
}

/**
 * What nobody can beat who learns of a task's end by looking, knows how long its like take, and hears nothing of its
 * state in between. With `believed` it knows only the distribution of a whole population of models.
 */
export function withOptimum(samples: readonly Sample[], priceMs: number, believed?: Truth): Outcome {
  const schedules = new Map<string, number[]>()
  return outcomeOf(
    samples.flatMap(({ truth, tasks }) => {
      const known = believed ?? truth
      const looks = schedules.get(known.key) ?? optimalLooks(known, priceMs)
      schedules.set(known.key, looks)
      return tasks.map(({ task }) => followSchedule(looks, task))
    }),
  )
}

/** What nobody can beat who also sees at each look whether the task is still queued. All samples have one truth. */
export function withOptimumByState(samples: readonly Sample[], priceMs: number): Outcome {
  const stages = samples[0]?.truth.stages
  if (!stages) throw new Error('Its tasks are never queued: withOptimum is what nobody can beat.')
  const looksFor = optimalLooksByState(stages, priceMs)
  return outcomeOf(samples.flatMap(({ tasks }) => tasks.map(({ task }) => followSchedule(looksFor(task), task))))
}

function outcomeOf(all: readonly Followed[]): Outcome {
  const delays = all.map(({ delayMs }) => delayMs).sort((a, b) => a - b)
  return {
    requests: all.reduce((sum, { requests }) => sum + requests, 0) / all.length,
    meanDelayMs: delays.reduce((sum, delay) => sum + delay, 0) / all.length,
    p95DelayMs: delays[Math.floor(0.95 * delays.length)] ?? 0,
  }
}

export function costMs({ requests, meanDelayMs }: Outcome, priceMs: number): number {
  return meanDelayMs + priceMs * requests
}

/**
 * The outcome of the policy at the price at which it asks as often as wanted. Requests go with the inverse root of the
 * price, so a few corrections find it.
 */
export function atRequests(
  samples: readonly Sample[],
  policyAt: (secondsPerRequest: number) => PollingPolicy,
  requests: number,
): Outcome {
  let price = 0.25
  let outcome = withPolicy(samples, policyAt(price))
  for (let round = 0; round < 4; round++) {
    price *= (outcome.requests / requests) ** 2
    outcome = withPolicy(samples, policyAt(price))
  }
  return outcome
}
