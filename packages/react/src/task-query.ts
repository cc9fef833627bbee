import type { KieError, KieTask } from '@kiekit/core'
import type { Query, QueryClient } from '@tanstack/react-query'
import { kieKeys } from './kie-keys.ts'

/** The cache entry of one task. */
export type TaskQuery = Query<KieTask, KieError>

/** The entry of a task that is in the cache already. `find` would hash the keys of all entries to find one. */
export function findTaskQuery(queryClient: QueryClient, taskId: string, scope: string): TaskQuery | undefined {
  const { queryHash } = queryClient.defaultQueryOptions({ queryKey: kieKeys.task(taskId, scope) })
  return queryClient.getQueryCache().get<KieTask, KieError>(queryHash)
}
