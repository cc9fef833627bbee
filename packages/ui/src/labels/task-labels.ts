/** The words of {@link TaskCard} and {@link TaskList}. */
export interface TaskLabels {
  'task.label': string
  'task.untitled': string
  'task.more': (count: number) => string
  'list.label': string
  'list.empty': string
}

export const taskLabels: TaskLabels = {
  'task.label': 'Task',
  'task.untitled': 'Task without a prompt',
  'task.more': (count) => (count === 1 ? 'and 1 more result' : `and ${count} more results`),
  'list.label': 'Tasks',
  'list.empty': 'No tasks yet. They appear here once you start one.',
}
