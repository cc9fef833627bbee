import type { KieError, KieTask } from '@kiekit/core'
import type { Query } from '@tanstack/react-query'

/** The cache entry of one task. */
export type TaskQuery = Query<KieTask, KieError>
