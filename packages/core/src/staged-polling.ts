import { backoffMs } from './backoff.ts'
import type { PollingPolicy } from './polling-policy.ts'
import { isTerminal } from './task.ts'

/**
 * The table of Kie's own documentation (get-task-detail): every 2.5 s for the first 30 s, every 7.5 s until 2 minutes,
 * every 20 s after that. After errors later, and never before `Retry-After`.
 *
 * @example
 * ```ts
 * await waitForTask(client, taskId, { polling: stagedPolling() })
 * ```
 */
export function stagedPolling(): PollingPolicy {
  return (context) => (isTerminal(context.state) ? false : Math.max(stageMs(context.elapsedMs), backoffMs(context)))
}

function stageMs(elapsedMs: number): number {
  if (elapsedMs < 30_000) return 2500
  if (elapsedMs < 120_000) return 7500
  return 20_000
}
