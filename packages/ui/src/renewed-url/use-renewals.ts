'use client'
import type { KieClient } from '@kiekit/core'
import { useKieClient } from '@kiekit/react'
import { useState } from 'react'
import { createRenewals, type RefreshUrl, type Renewals } from './renewals.ts'

/** The renewals that a component takes part in, and where fresh addresses come from, if from anywhere. */
export interface RenewalSource {
  renewals: Renewals
  refreshUrl: RefreshUrl | undefined
}

/** Shared by all components on one client: a list's rows come and go, and ask once for each file. */
const ofClients = new WeakMap<KieClient, Renewals>()

function renewalsOf(client: KieClient): Renewals {
  const known = ofClients.get(client)
  if (known) return known
  const made = createRenewals()
  ofClients.set(client, made)
  return made
}

/**
 * Where the files of a task get fresh addresses: from the app where it says so, else from the client around it. A gateway
 * gives them to the task's owner.
 */
export function useRenewals(taskId: string | null, given?: RefreshUrl): RenewalSource {
  const client = useKieClient()
  const [own] = useState(createRenewals)
  if (given || !client) return { renewals: own, refreshUrl: given }
  return {
    renewals: renewalsOf(client),
    refreshUrl: (url) => client.getDownloadUrl(url, { taskId: taskId ?? undefined }),
  }
}
