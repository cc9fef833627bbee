import { isTerminal, type KieTask, type TaskState } from '@kiekit/core'

const order: Record<TaskState, number> = { waiting: 0, queuing: 1, generating: 2, success: 3, fail: 3 }

/** Whether a task is older news than what is known of it: answers and events come over several ways and processes. */
export function isOvertaken(task: KieTask, known: KieTask): boolean {
  // Files that come after the "success" are news, anything else after an end is none.
  if (isTerminal(known.state)) return !(known.state === 'success' && known.results.length === 0 && hasResults(task))
  if (isTerminal(task.state)) return false
  const [time, knownTime] = [task.updateTime, known.updateTime]
  if (time !== null && knownTime !== null && time !== knownTime) return time < knownTime
  return order[task.state] < order[known.state]
}

function hasResults(task: KieTask): boolean {
  return task.state === 'success' && task.results.length > 0
}
