/** Kie's published limits per key: 10 queries a second, 20 new tasks in 10 seconds. */
const limits = {
  query: { requests: 10, perMs: 1000 },
  create: { requests: 20, perMs: 10_000 },
}

/** Counts requests per key in a sliding window; a request above the limit is refused and does not count. */
export function createLimits(): (kind: keyof typeof limits, key: string, at: number) => boolean {
  const times = new Map<string, number[]>()
  return (kind, key, at) => {
    const { requests, perMs } = limits[kind]
    const recent = (times.get(kind + key) ?? []).filter((time) => time > at - perMs)
    const allowed = recent.length < requests
    times.set(kind + key, allowed ? [...recent, at] : recent)
    return allowed
  }
}
