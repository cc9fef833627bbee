'use client'

import { createDurationStats, type DurationStats, type KieClient, type PollingPolicy } from '@kiekit/core'
import { QueryClient, QueryClientContext, QueryClientProvider, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { browserStorage, type KeyValueStorage, memoryStorage } from './key-value-storage.ts'
import { type Kie, KieContext } from './kie-context.ts'
import { createPush } from './push.ts'
import { connectTabs } from './tab-channel.ts'

export interface KieProviderProps {
  /** Made by `createKieClient`; in a browser its `baseUrl` is your gateway. */
  client: KieClient
  /**
   * Whose tasks these are, for example the user's id: parts cache, history, locks and channels.
   * @default ''
   */
  scope?: string | undefined
  /**
   * Opens the gateway's event stream, so that changes arrive by themselves and requests are only a safety net.
   * @default false
   */
  push?: boolean | undefined
  /** When hooks ask, unless they are told otherwise. */
  polling?: PollingPolicy | undefined
  /** What is learned of how long models take. @default kept in `storage` */
  durations?: DurationStats | undefined
  /** Where what must survive a reload is kept: history, generations, durations. @default `localStorage` */
  storage?: KeyValueStorage | undefined
  children?: ReactNode
}

/**
 * Tells the hooks below it which server to ask, and for whom. Brings a `QueryClient` where the app has none.
 *
 * @example
 * ```tsx
 * const client = createKieClient({ baseUrl: '/api/kie' })
 *
 * <KieProvider client={client} scope={user.id}>
 *   <App />
 * </KieProvider>
 * ```
 */
export function KieProvider(props: KieProviderProps) {
  const provided = <KieContextProvider {...props} />
  return useContext(QueryClientContext) ? provided : <OwnQueryClient>{provided}</OwnQueryClient>
}

function OwnQueryClient({ children }: { children: ReactNode }) {
  const [queryClient] = useState(() => new QueryClient())
  return <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
}

function KieContextProvider({ client, scope = '', push = false, polling, children, ...given }: KieProviderProps) {
  const queryClient = useQueryClient()
  const [usualStorage] = useState(() => browserStorage() ?? memoryStorage)
  const storage = given.storage ?? usualStorage
  const [usualDurations] = useState(() => createDurationStats({ storage }))
  const durations = given.durations ?? usualDurations
  const [stream] = useState(createPush)

  useEffect(() => connectTabs(queryClient, scope), [queryClient, scope])
  useEffect(
    () => (push ? stream.start({ client, queryClient, scope, durations }) : undefined),
    [push, stream, client, queryClient, scope, durations],
  )
  const kie = useMemo<Kie>(
    () => ({ client, scope, polling, durations, storage, push: stream.isOpen }),
    [client, scope, polling, durations, storage, stream],
  )
  return <KieContext.Provider value={kie}>{children}</KieContext.Provider>
}
