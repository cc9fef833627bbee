'use client'

import { createDurationStats, type DurationStats, type KieClient, type PollingPolicy } from '@kiekit/core'
import { QueryClient, QueryClientContext, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useContext, useMemo, useState } from 'react'
import { type Kie, KieContext } from './kie-context.ts'

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
  /** What is learned of how long models take. @default kept in `localStorage`, where there is one */
  durations?: DurationStats | undefined
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
export function KieProvider({ client, scope = '', polling, durations, children }: KieProviderProps) {
  const [learned] = useState(() => durations ?? createDurationStats())
  const stats = durations ?? learned
  const kie = useMemo<Kie>(
    () => ({ client, scope, polling, durations: stats, push: () => false }),
    [client, scope, polling, stats],
  )
  const provided = <KieContext.Provider value={kie}>{children}</KieContext.Provider>
  return useContext(QueryClientContext) ? provided : <OwnQueryClient>{provided}</OwnQueryClient>
}

function OwnQueryClient({ children }: { children: ReactNode }) {
  const [queryClient] = useState(() => new QueryClient())
  return <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
}
