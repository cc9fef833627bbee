import { createPageScheduler, isTerminal, type KieClient, type KieTask, type PageScheduler } from '@kiekit/core'
import { focusManager, type QueryClient } from '@tanstack/react-query'
import { asKieError } from './as-kie-error.ts'
import { kieKeys } from './kie-keys.ts'
import { oneTabAtATime } from './one-tab-at-a-time.ts'
import { tellTabs } from './tab-channel.ts'
import { type FollowSettings, startOf } from './task-look.ts'
import { memoryOf } from './task-memory.ts'
import type { TaskQuery } from './task-query.ts'

/** Kie may say "success" before the files are there. So many answers without a file are not taken at their word. */
const emptyAnswersDoubted = 3

/**
 * An end that Kie gives no time for was some time between two looks. Where they lie further apart than this, or than a
 * quarter of the task's age, nobody was looking: the page was hidden, or the laptop asleep.
 */
const longestDoubtMs = 10_000

/** Kie's limit is per key, so all tasks that are followed through one client share it. */
const schedulers = new WeakMap<KieClient, PageScheduler>()

function schedulerOf(client: KieClient): PageScheduler {
  const scheduler = schedulers.get(client) ?? createPageScheduler()
  schedulers.set(client, scheduler)
  return scheduler
}

interface Question {
  client: KieClient
  queryClient: QueryClient
  query: TaskQuery
  scope: string
  settings: FollowSettings
  signal: AbortSignal
}

/** Asks for a task once, when its turn comes, and takes note of how it went. */
export async function askTask(question: Question): Promise<KieTask> {
  const { client, queryClient, query, scope, settings, signal } = question
  const { taskId } = settings
  const answersBefore = query.state.dataUpdateCount

  // StrictMode mounts, unmounts and mounts again at once: what is given up in between is not asked.
  await Promise.resolve()
  signal.throwIfAborted()
  return oneTabAtATime(`kiekit:1:${scope}:${taskId}`, signal, async () => {
    // While this tab waited for its turn another one has told it the answer.
    if (query.state.data && query.state.dataUpdateCount > answersBefore) return query.state.data
    try {
      const turn = { signal, priority: priorityOf(query) }
      const answer = await schedulerOf(client).schedule(() => client.getTask(taskId, { signal }), turn)
      const task = doubted(answer, query)
      const { elapsedMs: lookedAtMs } = memoryOf(query)
      takeNote(query, task, null)
      if (isTerminal(task.state)) finished(question, task, lookedAtMs)
      tellTabs(queryClient, scope, { kind: 'task', task })
      return task
    } catch (error) {
      if (!signal.aborted) takeNote(query, null, error)
      throw error
    }
  })
}

/** A task is as urgent as the most urgent of those who follow it. A loader, which does not follow, is waited for. */
function priorityOf({ observers }: TaskQuery): 'visible' | 'hidden' {
  const isHidden = observers.length > 0 && observers.every(({ options }) => options.meta?.priority === 'hidden')
  return isHidden || !focusManager.isFocused() ? 'hidden' : 'visible'
}

/** From the first answer on, the age is also measured by a clock that nobody sets. */
function takeNote(query: TaskQuery, task: KieTask | null, error: unknown): void {
  const memory = memoryOf(query)
  const now = performance.now()
  memory.elapsedMs += now - memory.measuredAt
  memory.measuredAt = now
  if (task && !query.state.data) memory.elapsedMs = Math.max(memory.elapsedMs, Date.now() - startOf(query, task))
  memory.failures = task ? 0 : memory.failures + 1
  memory.error = task ? null : asKieError(error)
}

function doubted(task: KieTask, query: TaskQuery): KieTask {
  if (task.state !== 'success' || task.results.length > 0) return task
  const memory = memoryOf(query)
  memory.emptyAnswers += 1
  if (memory.emptyAnswers > emptyAnswersDoubted) return task
  const { results: _none, ...fields } = task
  return { ...fields, state: 'generating', progress: null }
}

/** A task that ends before our eyes has cost something, and says how long its model takes, also where it failed. */
function finished({ queryClient, query, scope, settings }: Question, task: KieTask, lookedAtMs: number): void {
  const before = query.state.data
  if (before ? isTerminal(before.state) : memoryOf(query).createdAt === null) return
  const ageMs = ageAtEnd(query, task, lookedAtMs)
  if (ageMs !== null) settings.durations.observe(task.model, ageMs)
  void queryClient.invalidateQueries({ queryKey: kieKeys.credits(scope) })
}

/** How old a task was when it ended, in ms: by Kie's clock, else when it was seen; `null` where that says too little. */
function ageAtEnd(query: TaskQuery, { createTime, completeTime }: KieTask, lookedAtMs: number): number | null {
  if (createTime !== null && completeTime !== null) return completeTime - createTime
  const { createdAt, elapsedMs } = memoryOf(query)
  const isKnown = createTime !== null || createdAt !== null
  return isKnown && elapsedMs - lookedAtMs <= Math.max(longestDoubtMs, elapsedMs / 4) ? elapsedMs : null
}
