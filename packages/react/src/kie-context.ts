'use client'

import type { DurationStats, KieClient, PollingPolicy } from '@kiekit/core'
import { createContext, useContext } from 'react'
import type { KeyValueStorage } from './key-value-storage.ts'

/** What `<KieProvider>` hands to the hooks. */
export interface Kie {
  client: KieClient
  scope: string
  polling: PollingPolicy | undefined
  durations: DurationStats
  storage: KeyValueStorage
  /** Whether the server's event stream is open at this moment. */
  push: () => boolean
}

export const KieContext = createContext<Kie | null>(null)

/** What the nearest `<KieProvider>` was given. @throws Error outside of one. */
export function useKie(): Kie {
  const kie = useContext(KieContext)
  if (kie) return kie
  throw new Error(
    'Kiekit: There is no <KieProvider> above this component. Without it the hook does not know which server to ask. ' +
      "Wrap your app: <KieProvider client={createKieClient({ baseUrl: '/api/kie' })}>…</KieProvider>.",
  )
}
