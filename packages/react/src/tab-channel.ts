import { isTerminal, type KieTask } from '@kiekit/core'
import type { QueryClient } from '@tanstack/react-query'
import { isKieTask } from './is-kie-task.ts'
import { kieKeys } from './kie-keys.ts'
import { isStateChange, type StateChange } from './task-news.ts'
import { findTaskQuery } from './task-query.ts'

/** What tabs of one user tell each other. */
export type TabMessage =
  /** An answer, so that no other tab has to ask. */
  | { kind: 'task'; task: KieTask }
  /** What the server has told of a task that the tab which reads the stream does not follow. */
  | { kind: 'told'; task: KieTask }
  /** The server says that this task is in another state now; `null`: that it cannot say any more which ones are. */
  | { kind: 'changed'; change: StateChange | null }
  /** The event stream, which one tab reads for all, is open or lost; `lastId` is where the next one goes on. */
  | { kind: 'stream'; isOpen: boolean; lastId: string | undefined }
  /** Whether it is open, asked by a tab that is new. */
  | { kind: 'is-open' }

interface TabChannel {
  port: BroadcastChannel
  listeners: Set<(message: TabMessage) => void>
}

const channels = new WeakMap<QueryClient, Map<string, TabChannel>>()

/**
 * Listens to the other tabs until the returned function is called. Their answers go into the cache, so that the turns
 * of this tab start anew with them.
 */
export function connectTabs(
  queryClient: QueryClient,
  scope: string,
  listener: (message: TabMessage) => void = () => {},
): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => {}
  const byScope = channels.get(queryClient) ?? new Map<string, TabChannel>()
  channels.set(queryClient, byScope)
  const channel = byScope.get(scope) ?? openChannel(queryClient, scope)
  byScope.set(scope, channel)
  channel.listeners.add(listener)
  return () => {
    channel.listeners.delete(listener)
    if (channel.listeners.size > 0) return
    channel.port.close()
    byScope.delete(scope)
  }
}

export function tellTabs(queryClient: QueryClient, scope: string, message: TabMessage): void {
  channels.get(queryClient)?.get(scope)?.port.postMessage(message)
}

function openChannel(queryClient: QueryClient, scope: string): TabChannel {
  const port = new BroadcastChannel(`kiekit:1:${scope}`)
  const listeners = new Set<(message: TabMessage) => void>()
  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    const message = readMessage(data)
    if (!message) return
    if (message.kind === 'task') keep(queryClient, scope, message.task)
    for (const listener of listeners) listener(message)
  }
  return { port, listeners }
}

/** What nobody here asks about is not kept, and an answer that was overtaken does not undo the end. */
function keep(queryClient: QueryClient, scope: string, task: KieTask): void {
  const known = findTaskQuery(queryClient, task.taskId, scope)?.state
  if (!known || (known.data && isTerminal(known.data.state))) return
  queryClient.setQueryData(kieKeys.task(task.taskId, scope), task)
  if (isTerminal(task.state)) void queryClient.invalidateQueries({ queryKey: kieKeys.credits(scope) })
}

/** Any script of this origin can write to the channel. */
function readMessage(data: unknown): TabMessage | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  const { kind, task, change, isOpen, lastId } = data as Record<string, unknown>
  if ((kind === 'task' || kind === 'told') && isKieTask(task)) return { kind, task }
  if (kind === 'changed' && (change === null || isStateChange(change))) return { kind, change }
  if (kind === 'stream' && typeof isOpen === 'boolean')
    return { kind, isOpen, lastId: isEventId(lastId) ? lastId : undefined }
  if (kind === 'is-open') return { kind }
  return undefined
}

/** It goes into a header. */
function isEventId(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]{1,100}$/.test(value)
}
