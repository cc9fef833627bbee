import type { PollContext } from './polling-policy.ts'

const baseMs = 1000
const ceilingMs = 30_000
const longestRetryAfterMs = 300_000

/**
 * The least wait that errors ask for: doubling from 1 s up to 30 s, with up to 25 % of jitter from task id and attempt,
 * and never less than `Retry-After` (believed up to 5 minutes). 0 after a good answer.
 */
export function backoffMs({ taskId, attempt, failures, retryAfterMs }: PollContext): number {
  if (failures <= 0) return 0
  const doubled = Math.min(ceilingMs, baseMs * 2 ** Math.min(failures - 1, 10))
  const waitMs = Math.round(doubled * (1 + jitter(taskId, attempt) / 4))
  return Math.max(waitMs, Math.min(retryAfterMs ?? 0, longestRetryAfterMs))
}

/** 0..1, the same for the same task and attempt, so that a policy stays pure; FNV-1a over both. */
export function jitter(taskId: string, attempt: number): number {
  let hash = 0x811c9dc5 ^ attempt
  for (let index = 0; index < taskId.length; index++) hash = Math.imul(hash ^ taskId.charCodeAt(index), 0x01000193)
  // FNV's low bits follow the last characters closely; one more mix spreads them.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return ((hash ^ (hash >>> 13)) >>> 0) / 0x1_0000_0000
}
