import type { KieClient, KieTask } from '@kiekit/core'
import { asKieError } from './as-kie-error.ts'
import { elapsedAt } from './task-look.ts'
import { memoryOf } from './task-memory.ts'
import type { TaskQuery } from './task-query.ts'

/** Kie may say "success" before the files are there. So many answers without a file are not taken at their word. */
const emptyAnswersDoubted = 3

/** Asks for a task once, and takes note of how it went. */
export async function askTask(
  client: KieClient,
  taskId: string,
  query: TaskQuery,
  signal: AbortSignal,
): Promise<KieTask> {
  // StrictMode mounts, unmounts and mounts again at once: what was aborted in between is not sent.
  await Promise.resolve()
  signal.throwIfAborted()

  const memory = memoryOf(query)
  try {
    const task = await client.getTask(taskId, { signal })
    memory.failures = 0
    memory.error = null
    measure(query)
    return doubted(task, query)
  } catch (thrown) {
    if (!signal.aborted) {
      memory.failures += 1
      memory.error = asKieError(thrown)
      measure(query)
    }
    throw thrown
  }
}

/** The age is measured by a clock that nobody sets, and by the wall's, whichever tells more. */
function measure(query: TaskQuery): void {
  const memory = memoryOf(query)
  const now = performance.now()
  memory.elapsedMs = Math.max(memory.elapsedMs + (now - memory.measuredAt), elapsedAt(query, Date.now()))
  memory.measuredAt = now
}

function doubted(task: KieTask, query: TaskQuery): KieTask {
  if (task.state !== 'success' || task.results.length > 0) return task
  const memory = memoryOf(query)
  memory.emptyAnswers += 1
  if (memory.emptyAnswers > emptyAnswersDoubted) return task
  const { results: _none, ...fields } = task
  return { ...fields, state: 'generating', progress: null }
}
