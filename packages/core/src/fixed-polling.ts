import { backoffMs } from './backoff.ts'
import type { PollingPolicy } from './polling-policy.ts'
import { isTerminal } from './task.ts'

/**
 * Asks every `ms` milliseconds; after errors later (doubling up to 30 s), and never before `Retry-After`.
 *
 * @example
 * ```ts
 * await waitForTask(client, taskId, { polling: fixedPolling(3000) })
 * ```
 */
export function fixedPolling(ms: number): PollingPolicy {
  return (context) => (isTerminal(context.state) ? false : Math.max(ms, backoffMs(context)))
}
