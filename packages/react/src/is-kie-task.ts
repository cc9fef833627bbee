import type { KieTask } from '@kiekit/core'

/** Whether a value from another tab or a storage is a task, as far as the hooks rely on it. */
export function isKieTask(value: unknown): value is KieTask {
  if (typeof value !== 'object' || value === null) return false
  const { taskId, state, results, failure, model } = value as Record<string, unknown>
  if (typeof taskId !== 'string' || taskId === '' || typeof model !== 'string') return false
  if (state === 'success') return Array.isArray(results)
  if (state === 'fail') return typeof failure === 'object' && failure !== null
  return state === 'waiting' || state === 'queuing' || state === 'generating'
}
