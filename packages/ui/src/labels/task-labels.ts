import { numbersOf } from './numbers-of.ts'

/** The words of {@link TaskCard} and {@link TaskList}. */
export interface TaskLabels {
  'task.label': string
  'task.untitled': string
  'task.more': (count: number) => string
  'list.label': string
  'list.empty': string
}

const { write, choose } = numbersOf('en')

export const taskLabels: TaskLabels = {
  'task.label': 'Task',
  'task.untitled': 'Task without a prompt',
  'task.more': (count) => `and ${write(count)} more ${choose(count, { one: 'result', other: 'results' })}`,
  'list.label': 'Tasks',
  'list.empty': 'No tasks yet. They appear here once you start one.',
}
