'use client'
import { type SyntheticEvent, useCallback, useSyncExternalStore } from 'react'
import { isBroken } from './is-broken.ts'
import type { Renewal } from './renewals.ts'
import type { RenewalSource } from './use-renewals.ts'

const unknown = () => undefined

/** A file as it is now: where to show it from, or why not. */
export function renewalOf(url: string | null, known: Renewal | undefined): Renewal {
  if (url === null) return { state: 'broken', attempt: 0, since: 0 }
  return known ?? { state: 'shown', url, attempt: 0, isRenewed: false }
}

/**
 * The address to show a file from: its own until that fails, then a fresh one. `null`, where a file has no address that
 * a page may open, counts as broken. `watched` are props for the picture, film or sound that shows it.
 */
export function useRenewedUrl(url: string | null, { renewals, refreshUrl }: RenewalSource) {
  const subscribe = useCallback(
    (listener: () => void) => renewals.subscribe(url === null ? [] : [url], listener),
    [renewals, url],
  )
  const known = useSyncExternalStore(subscribe, () => (url === null ? undefined : renewals.read().get(url)), unknown)
  const renewal = renewalOf(url, known)
  const onError = () => {
    if (url !== null && renewal.state === 'shown') renewals.fail(url, renewal.url, refreshUrl)
  }
  const check = (element: EventTarget | null) => {
    if (element && isBroken(element)) onError()
  }
  const onLoad = (event: SyntheticEvent) => check(event.currentTarget)
  return {
    renewal,
    // It may have failed before React listened, hence the ref.
    watched: { ref: check, onLoad, onLoadedMetadata: onLoad, onError },
    retry: () => {
      if (url !== null) renewals.retry(url, refreshUrl)
    },
  }
}

/** Props for the element that shows a file. */
export type Watched = ReturnType<typeof useRenewedUrl>['watched']
