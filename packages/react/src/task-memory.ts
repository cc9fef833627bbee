import type { CreateTaskRequest, KieError, KieTask, TaskRequest } from '@kiekit/core'
import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { kieKeys } from './kie-keys.ts'
import { readRequest } from './read-request.ts'

/** What is known of a task's requests beyond what the query's state tells. It is written by requests, never by renders. */
export interface TaskMemory {
  /** Epoch ms at which this page created the task; `null` when it came from elsewhere. */
  createdAt: number | null
  /** What this page created the task with, for as long as Kie has not told it; `null` when it came from elsewhere. */
  request: TaskRequest | null
  /** Epoch ms at which this page first heard of the task. */
  firstSeenAt: number
  /** Age of the task at the last request, in ms: as the first answer told it, then by a clock that nobody sets. */
  elapsedMs: number
  /** `performance.now()` when `elapsedMs` was written. */
  measuredAt: number
  /** Whether a question of this page's is on its way. */
  isAsking: boolean
  /** Failed requests in a row. */
  failures: number
  /** Why the last request failed: TanStack Query forgets it when it asks again before the first answer. */
  error: KieError | null
  /** Answers of "success" without a file, so far. */
  emptyAnswers: number
  /** Age of the task, in ms, at which someone asked to go on after the time limit. */
  resumedAtMs: number | null
}

const memories = new WeakMap<object, TaskMemory>()

export function memoryOf(query: { state: { dataUpdatedAt: number } }): TaskMemory {
  let memory = memories.get(query)
  if (!memory) {
    memory = {
      createdAt: null,
      request: null,
      firstSeenAt: query.state.dataUpdatedAt || Date.now(),
      elapsedMs: 0,
      measuredAt: performance.now(),
      isAsking: false,
      failures: 0,
      error: null,
      emptyAnswers: 0,
      resumedAtMs: null,
    }
    memories.set(query, memory)
  }
  return memory
}

/**
 * Takes note that this page has just created the task: its age does not depend on two clocks agreeing then, and what it
 * will look like is known before Kie's first answer.
 */
export function rememberCreated(
  queryClient: QueryClient,
  scope: string,
  taskId: string,
  request: CreateTaskRequest,
): void {
  const queryKey = kieKeys.task(taskId, scope)
  const query = queryClient.getQueryCache().build<KieTask, KieError, KieTask, QueryKey>(queryClient, { queryKey })
  const memory = memoryOf(query)
  memory.createdAt ??= Date.now()
  memory.request ??= readRequest(request)
}
