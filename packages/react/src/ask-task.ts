import { createPageScheduler, type KieClient, type KieTask, type PageScheduler } from '@kiekit/core'
import { focusManager, type QueryClient } from '@tanstack/react-query'
import { isOvertaken } from './is-overtaken.ts'
import { oneTabAtATime } from './one-tab-at-a-time.ts'
import { streamOpening } from './stream-opening.ts'
import { tellTabs } from './tab-channel.ts'
import { takeAnswer, takeNote } from './take-answer.ts'
import type { FollowSettings } from './task-look.ts'
import { memoryOf } from './task-memory.ts'
import type { TaskQuery } from './task-query.ts'

/** Kie may say "success" before the files are there. So many answers without a file are not taken at their word. */
const emptyAnswersDoubted = 3

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
  await streamOpening(queryClient, scope)
  signal.throwIfAborted()
  return oneTabAtATime(`kiekit:1:${scope}:${taskId}`, signal, async () => {
    const told = () => (query.state.dataUpdateCount > answersBefore ? query.state.data : undefined)
    // While this tab waited for its turn another one, or the server, has told it the answer.
    const answered = told()
    if (answered) return answered
    const memory = memoryOf(query)
    const ask = () => {
      memory.isAsking = true
      return client.getTask(taskId, { signal })
    }
    try {
      const answer = await schedulerOf(client).schedule(ask, { signal, priority: priorityOf(query) })
      const news = told()
      if (news && isOvertaken(answer, news)) return news
      const task = doubted(answer, query)
      takeAnswer({ queryClient, query, scope, durations: settings.durations }, task)
      tellTabs(queryClient, scope, { kind: 'task', task })
      return task
    } catch (error) {
      if (!signal.aborted) takeNote(query, null, error)
      throw error
    } finally {
      memory.isAsking = false
    }
  })
}

/** A task is as urgent as the most urgent of those who follow it. A loader, which does not follow, is waited for. */
function priorityOf({ observers }: TaskQuery): 'visible' | 'hidden' {
  const isHidden = observers.length > 0 && observers.every(({ options }) => options.meta?.priority === 'hidden')
  return isHidden || !focusManager.isFocused() ? 'hidden' : 'visible'
}

function doubted(task: KieTask, query: TaskQuery): KieTask {
  if (task.state !== 'success' || task.results.length > 0) return task
  const memory = memoryOf(query)
  memory.emptyAnswers += 1
  if (memory.emptyAnswers > emptyAnswersDoubted) return task
  const { results: _none, ...fields } = task
  return { ...fields, state: 'generating', progress: null }
}
