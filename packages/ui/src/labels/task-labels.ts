/** The words of {@link TaskCard} and {@link TaskList}. */
export interface TaskLabels {
  'task.label': string
  'task.untitled': string
  'task.more': (count: number) => string
  'list.label': string
  'list.empty': string
}

const plural = /* @__PURE__ */ new Intl.PluralRules('en')

export const taskLabels: TaskLabels = {
  'task.label': 'Task',
  'task.untitled': 'Task without a prompt',
  'task.more': (count) => (plural.select(count) === 'one' ? `and ${count} more result` : `and ${count} more results`),
  'list.label': 'Tasks',
  'list.empty': 'No tasks yet. They appear here once you start one.',
}
