'use client'
import { useState } from 'react'

/** Gives a fresh address for one that has expired. */
export type RefreshUrl = (url: string) => Promise<string>

type Loading =
  | { state: 'shown'; url: string; attempt: number; isRenewed: boolean }
  | { state: 'renewing'; attempt: number }
  | { state: 'broken'; attempt: number }

/**
 * The address to show a file from. Kie's links die within days: when one fails, a fresh one is asked for once, and
 * only then the file counts as broken. Trying again by hand begins from the start.
 */
export function useRenewedUrl(url: string | null, refreshUrl: RefreshUrl | undefined) {
  const begin = (attempt: number): Loading =>
    url === null ? { state: 'broken', attempt } : { state: 'shown', url, attempt, isRenewed: false }
  const [loading, setLoading] = useState<Loading>(() => begin(0))

  function renew(from: Loading) {
    const attempt = from.attempt + 1
    if (url === null || !refreshUrl) {
      setLoading({ state: 'broken', attempt })
      return
    }
    setLoading({ state: 'renewing', attempt })
    refreshUrl(url).then(
      (fresh) => setLoading({ state: 'shown', url: fresh, attempt, isRenewed: true }),
      () => setLoading({ state: 'broken', attempt }),
    )
  }
  return {
    loading,
    onError: () => {
      if (loading.state !== 'shown') return
      if (loading.isRenewed) setLoading({ state: 'broken', attempt: loading.attempt })
      else renew(loading)
    },
    retry: () => (refreshUrl ? renew(loading) : setLoading(begin(loading.attempt + 1))),
  }
}
