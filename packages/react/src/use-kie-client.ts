'use client'

import type { KieClient } from '@kiekit/core'
import { useContext } from 'react'
import { KieContext } from './kie-context.ts'

/**
 * The client that the nearest `<KieProvider>` was given, for requests that no hook makes. `null` without a provider, so
 * that a component which only offers more with one can be used without.
 *
 * @example
 * ```tsx
 * const client = useKieClient()
 * if (!client) return <a href={url}>Open</a>
 * return <button onClick={async () => window.open(await client.getDownloadUrl(url, { taskId }))}>Open</button>
 * ```
 */
export function useKieClient(): KieClient | null {
  return useContext(KieContext)?.client ?? null
}
