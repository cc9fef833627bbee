import { safeUrl } from '../result-gallery/safe-url.ts'

/** Gives a fresh address for one that has expired. */
export type RefreshUrl = (url: string) => Promise<string>

/** What became of a file whose address failed. The number of the attempt tells one showing of a file from the next. */
export type Renewal =
  | { state: 'shown'; url: string; attempt: number; isRenewed: boolean }
  /** `isByHand` where somebody asked for it, who is looking at a message. */
  | { state: 'renewing'; attempt: number; isByHand: boolean }
  | { state: 'broken'; attempt: number; since: number }

/** The files whose addresses failed, by the address that their task gave. */
export interface Renewals {
  /** Those that have not failed are not in it. */
  read: () => ReadonlyMap<string, Renewal>
  subscribe: (urls: readonly string[], listener: () => void) => () => void
  /** Tells that a file could not be shown from the address `shown`. */
  fail: (url: string, shown: string, refreshUrl: RefreshUrl | undefined) => void
  /** Tries again from the start. */
  retry: (url: string, refreshUrl: RefreshUrl | undefined) => void
}

/** A file that was broken is tried anew by who comes to show it after this time: the network may be back. */
const brokenMs = 60_000

/**
 * Kie's links die within days: when one fails, a fresh one is asked for once, and only then the file counts as broken.
 * Whoever else shows the same file shows it from the fresh address too.
 */
export function createRenewals(): Renewals {
  let renewals: ReadonlyMap<string, Renewal> = new Map()
  const listeners = new Set<() => void>()

  const settle = (url: string, renewal: Renewal) => {
    renewals = new Map(renewals).set(url, renewal)
    for (const listener of listeners) listener()
  }
  const giveUp = (url: string, attempt: number) => settle(url, { state: 'broken', attempt, since: Date.now() })
  const renew = async (url: string, attempt: number, refreshUrl: RefreshUrl, isByHand: boolean) => {
    settle(url, { state: 'renewing', attempt, isByHand })
    try {
      const fresh = safeUrl(await refreshUrl(url))
      if (fresh === null) giveUp(url, attempt)
      else settle(url, { state: 'shown', url: fresh, attempt, isRenewed: true })
    } catch {
      giveUp(url, attempt)
    }
  }
  const show = (url: string, attempt: number) => settle(url, { state: 'shown', url, attempt, isRenewed: false })

  return {
    read: () => renewals,
    subscribe: (urls, listener) => {
      for (const url of urls) {
        const known = renewals.get(url)
        if (known?.state === 'broken' && Date.now() - known.since > brokenMs) show(url, known.attempt + 1)
      }
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    fail: (url, shown, refreshUrl) => {
      const known = renewals.get(url) ?? { state: 'shown', url, attempt: 0, isRenewed: false }
      // Of several who show a file, each tells of its failure; and one may learn late of that of the address before.
      if (known.state !== 'shown' || known.url !== shown) return
      if (known.isRenewed || !refreshUrl) giveUp(url, known.attempt)
      else void renew(url, known.attempt + 1, refreshUrl, false)
    },
    retry: (url, refreshUrl) => {
      const known = renewals.get(url)
      if (known?.state !== 'broken') return
      const attempt = known.attempt + 1
      if (refreshUrl) void renew(url, attempt, refreshUrl, true)
      else show(url, attempt)
    },
  }
}
