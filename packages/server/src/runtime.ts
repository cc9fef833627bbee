/**
 * Whether this is a long-lived Node-like process (Node, Bun, Deno) with a disk. Workers and edge runtimes also claim a
 * Node version, for compatibility; their disk forgets and their timers end with the request.
 */
export function hasNode(): boolean {
  const scope: {
    process?: { versions?: { node?: unknown } }
    navigator?: { userAgent?: unknown }
    EdgeRuntime?: unknown
  } = globalThis
  if (scope.EdgeRuntime !== undefined || scope.navigator?.userAgent === 'Cloudflare-Workers') return false
  return typeof scope.process?.versions?.node === 'string'
}

/** The environment's name for itself, `NODE_ENV`, where there is one. */
export function isProduction(): boolean {
  const scope: { process?: { env?: Record<string, string | undefined> } } = globalThis
  return scope.process?.env?.['NODE_ENV'] === 'production'
}
