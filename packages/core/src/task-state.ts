import type { TaskState } from './task.ts'
import type { TaskRecord } from './task-record.ts'

/** The documented states, what developers saw or expected beside them, and the flags and stages of the old families. */
const states: ReadonlyMap<string, TaskState> = new Map(
  Object.entries({
    waiting: 'waiting wait pending',
    queuing: 'queuing queueing queued',
    generating: 'generating processing running active 0 text text_success first first_success',
    // Flag 4 and callback_exception: the result was made, only Kie's own callback failed.
    success: 'success succeed succeeded completed complete done 1 4 callback_exception',
    fail: 'fail failed error 2 3 sensitive_word_error',
  } satisfies Record<TaskState, string>).flatMap(([state, words]) =>
    words.split(' ').map((word): [string, TaskState] => [word, state as TaskState]),
  ),
)

/** The state of a record, with the word that says so. A state that nobody knows is a task still being worked on. */
export function readState(record: TaskRecord): { state: TaskState; rawState: string } {
  const rawState = record.state ?? record.status ?? record.successFlag ?? record.callbackType ?? ''
  return { state: stateOf(rawState.trim().toLowerCase(), record), rawState }
}

function stateOf(word: string, { info, resultUrl }: TaskRecord): TaskState {
  // Callbacks of the old families say no state, they just bring the files.
  if (word === '') return (info ?? resultUrl) === undefined ? 'waiting' : 'success'
  return states.get(word) ?? (word.endsWith('_failed') ? 'fail' : 'generating')
}
