import { adaptivePolling } from './adaptive-polling.ts'
import type { KieClient } from './client.ts'
import { longestTimerMs, withDeadline } from './deadline.ts'
import { kieError } from './describe-error.ts'
import type { DurationStats } from './duration-distribution.ts'
import { isKieError, type KieError } from './kie-error.ts'
import type { PollingPolicy } from './polling-policy.ts'
import { isTerminal, type KieTask, type PendingTask, type SucceededTask } from './task.ts'
import { TaskFailedError, TaskTimedOutError } from './task-errors.ts'

export interface WaitForTaskOptions {
  signal?: AbortSignal | undefined
  /** When to ask. @default adaptivePolling() */
  polling?: PollingPolicy | undefined
  /** What is known of how long models take; it learns from this task too. @default what is usual for the model's media */
  durations?: DurationStats | undefined
  /** How long to wait from now on. @default 15 minutes */
  timeoutMs?: number | undefined
  /** Called with every answer. */
  onUpdate?: ((task: KieTask) => void) | undefined
}

/**
 * Asks for a task until it is done. Lost connections, rate limits and server errors are waited out; a process that dies
 * can take up the same task id again.
 *
 * @throws {@link TaskFailedError} when the task failed
 * @throws {@link TaskTimedOutError} when it still runs after `timeoutMs`, or when the policy gives up; nothing is lost
 * @throws {@link KieError} when asking again has no chance, and of kind `aborted` at once on an abort
 *
 * @example
 * ```ts
 * const task = await waitForTask(client, taskId, { timeoutMs: 5 * 60_000 })
 * console.log(task.results)
 * ```
 */
export async function waitForTask(
  client: Pick<KieClient, 'getTask'>,
  taskId: string,
  options: WaitForTaskOptions = {},
): Promise<SucceededTask> {
  const { signal, polling = adaptivePolling(), durations, timeoutMs = 15 * 60_000, onUpdate } = options
  const startedAt = Date.now()
  const deadline = startedAt + timeoutMs
  let task: PendingTask | null = null
  let failures = 0
  for (let attempt = 1; ; attempt++) {
    const answer = await look(client, taskId, { signal, timeoutMs: deadline - Date.now() })
    const lastError = isKieError(answer) ? answer : null
    failures = lastError ? failures + 1 : 0
    if (!isKieError(answer)) {
      onUpdate?.(answer)
      if (isTerminal(answer.state)) learn(answer, durations)
      if (answer.state === 'success') return answer
      if (answer.state === 'fail') throw new TaskFailedError(answer)
      task = answer
    }
    const delayMs = polling({
      taskId,
      model: task?.model ?? '',
      state: task?.state ?? 'waiting',
      // The server's clock may run ahead of ours.
      elapsedMs: Math.max(0, Date.now() - Math.min(startedAt, task?.createTime ?? startedAt)),
      attempt,
      failures,
      lastError,
      retryAfterMs: lastError?.retryAfterMs ?? null,
      push: false,
      durations: durations ?? null,
    })
    if (delayMs === false) throw new TaskTimedOutError(taskId, task)
    await sleep(Math.min(delayMs, deadline - Date.now()), signal)
    if (Date.now() >= deadline) throw new TaskTimedOutError(taskId, task)
  }
}

function learn({ model, createTime, completeTime }: KieTask, durations: DurationStats | undefined): void {
  if (createTime !== null && completeTime !== null) durations?.observe(model, completeTime - createTime)
}

/** One look: the task, or an error that is worth another look. */
async function look(
  client: Pick<KieClient, 'getTask'>,
  taskId: string,
  until: { signal: AbortSignal | undefined; timeoutMs: number },
): Promise<KieTask | KieError> {
  try {
    return await withDeadline((signal) => client.getTask(taskId, { signal }), until)
  } catch (error) {
    if (isKieError(error) && error.retryable) return error
    throw error
  }
}

function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      if (signal?.aborted) reject(kieError({ kind: 'aborted', cause: signal.reason }))
      else resolve()
    }
    const timer = setTimeout(end, Math.min(ms, longestTimerMs))
    signal?.addEventListener('abort', end)
    if (signal?.aborted) end()
  })
}
