import { type DurationStats, isTerminal, type KieClient, type KieTask } from '@kiekit/core'
import type { QueryClient, QueryFilters } from '@tanstack/react-query'
import { delay } from './delay.ts'
import { mayHaveEvents, readEvents, type StreamPosition, silenceMs } from './event-reader.ts'
import { isKieTask } from './is-kie-task.ts'
import { isOvertaken } from './is-overtaken.ts'
import { kieKeys } from './kie-keys.ts'
import { beginOpening } from './stream-opening.ts'
import { connectTabs, type TabMessage, tellTabs } from './tab-channel.ts'
import { takeAnswer } from './take-answer.ts'
import { memoryOf } from './task-memory.ts'
import type { StateChange, TaskNews } from './task-news.ts'
import { findTaskQuery } from './task-query.ts'

/** An answer may come from a server that gives what it read up to a second ago, and files later than the "success". */
const lookAgainMs = [1100, 2200, 4400, 8800]

/** The gateway's event stream: with it open the hooks ask rarely, and fall back when it is lost. */
export interface Push {
  isOpen: () => boolean
  /** Reads the stream until the returned function is called. */
  start: (parts: PushParts) => () => void
}

interface PushParts {
  client: KieClient
  queryClient: QueryClient
  scope: string
  durations: DurationStats
}

export function createPush(): Push {
  let openUntil = 0
  const isOpen = () => Date.now() < openUntil

  return {
    isOpen,
    start({ client, queryClient, scope, durations }) {
      const stopping = new AbortController()
      const { signal } = stopping
      const position: StreamPosition = { lastId: undefined }
      const endOpening = mayHaveEvents(client) ? beginOpening(queryClient, scope) : () => {}
      const tell = (message: TabMessage) => tellTabs(queryClient, scope, message)
      let isReading = false
      let watchdog: ReturnType<typeof setTimeout> | undefined

      function setOpen(open: boolean) {
        const wasOpen = isOpen()
        openUntil = open ? Date.now() + silenceMs : 0
        clearTimeout(watchdog)
        if (open) watchdog = setTimeout(() => setOpen(false), silenceMs)
        if (open !== wasOpen || !open) replan(queryClient, scope)
        endOpening()
      }

      function onLife(isOpenNow: boolean) {
        setOpen(isOpenNow)
        tell({ kind: 'stream', isOpen: isOpenNow, lastId: position.lastId })
      }

      /** Makes what the server tells the answer of this moment; `false` where this tab does not follow the task. */
      function take(task: KieTask): boolean {
        const query = findTaskQuery(queryClient, task.taskId, scope)
        if (!query || (query.state.data && isOvertaken(task, query.state.data))) return false
        takeAnswer({ queryClient, query, scope, durations }, task)
        queryClient.setQueryData(kieKeys.task(task.taskId, scope), task)
        return true
      }

      /** Asks for what has changed: one task, or any that runs. */
      async function look(change: StateChange | null) {
        if (change && stateOf(change) === change.state) return
        const queryKey = change ? kieKeys.task(change.taskId, scope) : kieKeys.tasks(scope)
        // A question that is on its way may have been asked before the change, or bring it: only its answer tells.
        const asked = queryClient.getQueryCache().findAll({ queryKey, predicate: (query) => memoryOf(query).isAsking })
        await askAnew(queryClient, { queryKey })
        if (!change || isBehind(change)) {
          await Promise.all(asked.map((query) => askAnew(queryClient, { queryKey: query.queryKey })))
        }
        if (!change || !isTerminal(change.state)) return
        for (const pauseMs of lookAgainMs) {
          if (!isBehind(change)) return
          await delay(pauseMs, signal)
          if (signal.aborted) return
          await askAnew(queryClient, { queryKey })
        }
      }

      const stateOf = ({ taskId }: StateChange) => findTaskQuery(queryClient, taskId, scope)?.state.data?.state

      function isBehind(change: StateChange): boolean {
        const state = stateOf(change)
        return state !== undefined && state !== change.state && !isTerminal(state)
      }

      function onTask({ task, change }: TaskNews) {
        if (task) {
          tell({ kind: take(task) ? 'task' : 'told', task })
          return
        }
        tell({ kind: 'changed', change })
        void look(change)
      }

      function onGap() {
        tell({ kind: 'changed', change: null })
        void look(null)
      }

      const disconnect = connectTabs(queryClient, scope, (message) => {
        if (message.kind === 'told') take(message.task)
        if (message.kind === 'changed') void look(message.change)
        if (message.kind === 'is-open' && isReading && isOpen()) onLife(true)
        if (message.kind !== 'stream' || isReading) return
        position.lastId = message.lastId
        setOpen(message.isOpen)
      })
      tell({ kind: 'is-open' })
      void inOneTab(`kiekit:1:${scope}:events`, signal, async () => {
        isReading = true
        await readEvents(client, signal, position, { onLife, onTask, onGap })
        isReading = false
      })
      return () => {
        stopping.abort()
        setOpen(false)
        disconnect()
      }
    },
  }
}

/** Browsers allow few connections to one server, so one tab reads for all; when it closes, another one takes over. */
async function inOneTab(name: string, signal: AbortSignal, read: () => Promise<void>): Promise<void> {
  const locks = 'navigator' in globalThis ? (globalThis.navigator as Partial<Navigator>).locks : undefined
  // Given up at once by StrictMode's first mount: not opened at all.
  await Promise.resolve()
  if (signal.aborted) return
  try {
    await (locks ? locks.request(name, { signal }, read) : read())
  } catch {
    if (!signal.aborted) await read()
  }
}

/** Asks for the tasks that have not ended, unless they are being asked for; resolves when all have their answers. */
function askAnew(queryClient: QueryClient, filters: QueryFilters): Promise<void> {
  return queryClient.invalidateQueries(
    { ...filters, predicate: ({ state }) => !(isKieTask(state.data) && isTerminal(state.data.state)) },
    { cancelRefetch: false },
  )
}

/** Lets all observers work out anew when they ask. Nothing that components see changes by it. */
function replan(queryClient: QueryClient, scope: string): void {
  for (const query of queryClient.getQueryCache().findAll({ queryKey: kieKeys.tasks(scope) })) query.setState({})
}
