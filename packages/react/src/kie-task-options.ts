import {
  adaptivePolling,
  createDurationStats,
  type DurationStats,
  type KieClient,
  type KieError,
  type KieTask,
  type PollingPolicy,
} from '@kiekit/core'
import { focusManager, queryOptions } from '@tanstack/react-query'
import { askTask } from './ask-task.ts'
import { kieKeys } from './kie-keys.ts'
import { dueInMs, type FollowSettings, lookAt } from './task-look.ts'
import { findTaskQuery, type TaskQuery } from './task-query.ts'

/** How a task is followed. */
export interface FollowOptions {
  /**
   * Whether to ask at all.
   * @default true
   */
  enabled?: boolean | undefined
  /**
   * When to ask.
   * @default the provider's
   */
  polling?: PollingPolicy | undefined
  /**
   * How long after its creation a task is asked for, in ms. Then it is `timed-out`, which is not `fail`: it may still
   * finish, and `resume()` goes on.
   * @default 900_000
   */
  timeoutMs?: number | undefined
  /**
   * Whether to ask while the tab is hidden, too.
   * @default false
   */
  background?: boolean | undefined
  /**
   * Whether the user sees the task: when more questions fall due than Kie's limit allows, hidden tasks wait.
   * @default 'visible'
   */
  priority?: 'visible' | 'hidden' | undefined
}

export interface KieTaskOptions<TData = KieTask> extends FollowOptions {
  /**
   * The provider's `scope`.
   * @default ''
   */
  scope?: string | undefined
  /** What has been learned of how long models take. */
  durations?: DurationStats | undefined
  /** Whether changes are pushed at this moment, so that asking is only a safety net. */
  push?: (() => boolean) | undefined
  /** Derives what the component needs from the task. */
  select?: ((task: KieTask) => TData) | undefined
}

const defaultPolling = adaptivePolling()
const defaultTimeoutMs = 15 * 60_000
/** What is over is not asked for by itself, but shown anew after a while it gets one look. */
const restMs = 60_000
const nothing = () => undefined

let learned: DurationStats | undefined
/** What this page has learned of durations, where nobody gave it statistics to add to. */
export const pageDurations = () => (learned ??= createDurationStats())

/** What decides when to ask, with the defaults filled in. */
export function followSettings(taskId: string, options: Omit<KieTaskOptions, 'select'>): FollowSettings {
  return {
    taskId,
    polling: options.polling ?? defaultPolling,
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    durations: options.durations ?? pageDurations(),
    push: options.push ?? (() => false),
  }
}

/**
 * What {@link useKieTask} asks with, as query options for `useQuery`, `useSuspenseQuery`, `prefetchQuery` and loaders.
 *
 * The query's data is the `KieTask`. It asks again by itself until the task has finished, failed for good or is out of
 * time; `retry` is off, because failed requests are ordinary turns of the schedule.
 *
 * @example
 * ```ts
 * export const loader = ({ params }) => queryClient.ensureQueryData(kieTaskOptions(client, params.taskId))
 * ```
 */
export function kieTaskOptions<TData = KieTask>(
  client: KieClient,
  taskId: string,
  options: KieTaskOptions<TData> = {},
) {
  const { enabled = true, background = false, scope = '', priority = 'visible', select } = options
  const settings = followSettings(taskId, options)
  const look = (query: TaskQuery) => lookAt(query, settings)
  const isDue = (query: TaskQuery) => {
    const now = look(query)
    if (now.over === 'finished') return false
    return now.over ? Math.abs(Date.now() - now.answeredAt) > restMs : dueInMs(now) === 1
  }
  const onReturn = (query: TaskQuery) => (look(query).over === null ? 'always' : false)

  return queryOptions<KieTask, KieError, TData>({
    queryKey: kieKeys.task(taskId, scope),
    queryFn: ({ client: queryClient, signal }) => {
      const query = findTaskQuery(queryClient, taskId, scope)
      return query
        ? askTask({ client, queryClient, query, scope, settings, signal })
        : client.getTask(taskId, { signal })
    },
    ...(select && { select }),
    meta: { priority },
    // A hidden tab asks nothing, not even at first; `refetchOnWindowFocus` makes up for it.
    enabled: () => enabled && taskId !== '' && (background || focusManager.isFocused()),
    // Failed requests are ordinary turns; TanStack's own retries stop in hidden tabs.
    retry: false,
    throwOnError: false,
    networkMode: 'online',
    staleTime: (query) => {
      const { waitMs } = look(query)
      return waitMs === false ? Infinity : waitMs
    },
    refetchInterval: (query) => query.state.fetchStatus === 'idle' && dueInMs(look(query)),
    refetchIntervalInBackground: background,
    refetchOnWindowFocus: onReturn,
    refetchOnReconnect: onReturn,
    refetchOnMount: (query) => (isDue(query) ? 'always' : query.state.status !== 'error'),
    retryOnMount: isDue,
    // An app whose queries keep the previous data by default would show one task under another's id.
    placeholderData: nothing,
    structuralSharing: true,
  })
}
