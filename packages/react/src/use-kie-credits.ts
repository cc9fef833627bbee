'use client'

import type { KieError } from '@kiekit/core'
import { focusManager, useQuery } from '@tanstack/react-query'
import { asKieError } from './as-kie-error.ts'
import { useKie } from './kie-context.ts'
import { kieKeys } from './kie-keys.ts'

export interface UseKieCreditsResult {
  /** What is left on the account, possibly a fraction; `undefined` until the first answer. 1 credit is $0.005. */
  credits: number | undefined
  /** Why the last request failed. */
  error: KieError | null
  isLoading: boolean
  refetch: () => void
}

const freshMs = 60_000

/**
 * The credits that are left. It asks again when a task that the page follows has finished, and when a tab that was away
 * for more than a minute is back.
 *
 * @example
 * ```tsx
 * const { credits } = useKieCredits()
 * return <p>{credits ?? '…'} credits</p>
 * ```
 */
export function useKieCredits(options: { enabled?: boolean | undefined } = {}): UseKieCreditsResult {
  const { client, scope } = useKie()
  const { data, error, isLoading, refetch } = useQuery({
    queryKey: kieKeys.credits(scope),
    queryFn: ({ signal }) => client.getCredits({ signal }),
    // A hidden tab asks nothing; it asks when it is shown again, if there is anything new to learn.
    enabled: () => (options.enabled ?? true) && focusManager.isFocused(),
    staleTime: freshMs,
    retry: (failures, thrown) => failures < 3 && asKieError(thrown).retryable,
    throwOnError: false,
  })
  return { credits: data, error: error && asKieError(error), isLoading, refetch: () => void refetch() }
}
