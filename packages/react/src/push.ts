import { isTerminal, type KieClient } from '@kiekit/core'
import type { QueryClient, QueryFilters } from '@tanstack/react-query'
import { asKieError } from './as-kie-error.ts'
import { isKieTask } from './is-kie-task.ts'
import { kieKeys } from './kie-keys.ts'
import { readServerEvents } from './server-events.ts'
import { connectTabs, tellTabs } from './tab-channel.ts'

const eventsPath = '/api/v1/kiekit/events'
/** The server sends a sign of life every 15 s. After three missed ones the stream is taken for dead. */
const silenceMs = 50_000
const firstBackoffMs = 1000
const longestBackoffMs = 60_000

/** The gateway's event stream: with it open the hooks ask rarely, and fall back when it is lost. */
export interface Push {
  isOpen: () => boolean
  /** Reads the stream until the returned function is called. */
  start: (parts: { client: KieClient; queryClient: QueryClient; scope: string }) => () => void
}

export function createPush(): Push {
  let openUntil = 0
  const isOpen = () => Date.now() < openUntil

  return {
    isOpen,
    start({ client, queryClient, scope }) {
      const stopping = new AbortController()
      let watchdog: ReturnType<typeof setTimeout> | undefined

      function setOpen(open: boolean) {
        const wasOpen = isOpen()
        openUntil = open ? Date.now() + silenceMs : 0
        clearTimeout(watchdog)
        if (open) watchdog = setTimeout(() => setOpen(false), silenceMs)
        if (open !== wasOpen || !open) replan(queryClient, scope)
      }
      // A question that is under way may have been asked before the change, or bring it: only its answer tells.
      async function ask(taskId: string | null) {
        const queryKey = taskId === null ? kieKeys.tasks(scope) : kieKeys.task(taskId, scope)
        const underWay = queryClient.getQueryCache().findAll({ queryKey, fetchStatus: 'fetching' })
        await askAnew(queryClient, { queryKey })
        for (const query of underWay) void askAnew(queryClient, { queryKey: query.queryKey, exact: true })
      }
      const disconnect = connectTabs(queryClient, scope, (message) => {
        if (message.kind === 'stream') setOpen(message.isOpen)
        if (message.kind === 'changed') void ask(message.taskId)
      })
      const onLife = (isOpenNow: boolean) => {
        setOpen(isOpenNow)
        tellTabs(queryClient, scope, { kind: 'stream', isOpen: isOpenNow })
      }
      const onChange = (taskId: string | null) => {
        tellTabs(queryClient, scope, { kind: 'changed', taskId })
        void ask(taskId)
      }
      void inOneTab(`kiekit:1:${scope}:events`, stopping.signal, () =>
        readForEver(client, stopping.signal, onLife, onChange),
      )
      return () => {
        stopping.abort()
        clearTimeout(watchdog)
        openUntil = 0
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

async function readForEver(
  client: KieClient,
  signal: AbortSignal,
  onLife: (isOpen: boolean) => void,
  onChange: (taskId: string | null) => void,
): Promise<void> {
  if (!client.open) return
  let lastId: string | undefined
  let failures = 0
  while (!signal.aborted) {
    const attempt = new AbortController()
    const stop = () => attempt.abort()
    signal.addEventListener('abort', stop)
    let silence = setTimeout(stop, silenceMs)
    try {
      const headers = { Accept: 'text/event-stream', ...(lastId !== undefined && { 'Last-Event-ID': lastId }) }
      const { body } = await client.open(eventsPath, { signal: attempt.signal, headers })
      if (!body) throw new TypeError('Kiekit: The event stream has no body.')
      onLife(true)
      for await (const { type, data, id } of readServerEvents(body)) {
        failures = 0
        clearTimeout(silence)
        silence = setTimeout(stop, silenceMs)
        onLife(true)
        lastId = id ?? lastId
        const taskId = type === 'task' ? readTaskId(data) : undefined
        if (taskId !== undefined) onChange(taskId)
        // The server does not know any more what this browser has missed.
        if (type === 'resync') onChange(null)
      }
    } catch (error) {
      // Whatever ended it, the hooks ask by themselves until it is open again; unless the gateway has no such thing.
      const { kind } = asKieError(error)
      if (kind === 'unsupported' || kind === 'not-found') return
    } finally {
      clearTimeout(silence)
      signal.removeEventListener('abort', stop)
    }
    if (signal.aborted) return
    onLife(false)
    await delay(Math.min(longestBackoffMs, firstBackoffMs * 2 ** failures++), signal)
  }
}

function readTaskId(data: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(data)
    if (typeof parsed !== 'object' || parsed === null || !('taskId' in parsed)) return undefined
    return typeof parsed.taskId === 'string' ? parsed.taskId : undefined
  } catch {
    return undefined
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

function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
