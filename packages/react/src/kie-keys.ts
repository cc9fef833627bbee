/**
 * The query keys under which Kiekit keeps its answers, for `invalidateQueries`, `getQueryData` and devtools.
 *
 * `scope` is the one given to `<KieProvider scope>`; it parts the cache by user.
 *
 * @example
 * ```ts
 * queryClient.removeQueries({ queryKey: kieKeys.all(userId) })
 * ```
 */
export const kieKeys = {
  all: (scope = '') => ['kie', 1, scope] as const,
  tasks: (scope = '') => ['kie', 1, scope, 'task'] as const,
  task: (taskId: string, scope = '') => ['kie', 1, scope, 'task', taskId] as const,
  credits: (scope = '') => ['kie', 1, scope, 'credits'] as const,
}
