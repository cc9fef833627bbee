import { type KieTask, parseTask, type TaskState } from '@kiekit/core'

/** What a task event says: that a task is in another state now. */
export interface StateChange {
  taskId: string
  state: TaskState
}

/** An event of the gateway's, with the task itself where its record came along and can be taken at its word. */
export interface TaskNews {
  change: StateChange
  task: KieTask | undefined
}

const states: readonly unknown[] = ['waiting', 'queuing', 'generating', 'success', 'fail'] satisfies TaskState[]

/** Reads the data of a task event; `undefined` where it makes no sense. */
export function readTaskNews(data: string): TaskNews | undefined {
  try {
    const parsed: unknown = JSON.parse(data)
    if (!isStateChange(parsed)) return undefined
    const { taskId, state } = parsed
    return {
      change: { taskId, state },
      task: 'record' in parsed ? readRecord(parsed.record, { taskId, state }) : undefined,
    }
  } catch {
    return undefined
  }
}

export function isStateChange(value: unknown): value is StateChange {
  if (typeof value !== 'object' || value === null) return false
  const { taskId, state } = value as Record<string, unknown>
  return typeof taskId === 'string' && taskId !== '' && states.includes(state)
}

/** Kie may say "success" before the files are there: whether that is the end is for a look of the page's own to tell. */
function readRecord(record: unknown, { taskId, state }: StateChange): KieTask | undefined {
  try {
    const task = parseTask(record, { taskId })
    const isWhole = task.state !== 'success' || task.results.length > 0
    return isWhole && task.taskId === taskId && task.state === state ? task : undefined
  } catch {
    return undefined
  }
}
