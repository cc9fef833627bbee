interface Scope {
  process?: { versions?: { node?: unknown }; env?: Record<string, string | undefined> }
  navigator?: { userAgent?: unknown }
  EdgeRuntime?: unknown
}

const scope = (): Scope => globalThis

/**
 * Whether Node's modules are there (Node, Bun, Deno), and one request may wait for what another has started. Workers and
 * edge runtimes also claim a Node version, for compatibility, but each of their requests is an island.
 */
export function hasNode(): boolean {
  const { EdgeRuntime, navigator, process } = scope()
  if (EdgeRuntime !== undefined || navigator?.userAgent === 'Cloudflare-Workers') return false
  return typeof process?.versions?.node === 'string'
}

/** Whether this process, its timers and its disk outlive a request. Functions of Lambda's kind are frozen in between. */
export function isLasting(): boolean {
  const env = scope().process?.env
  return hasNode() && env?.['AWS_LAMBDA_FUNCTION_NAME'] === undefined && env?.['VERCEL'] === undefined
}

/**
 * Whether the app is only being built: Next.js loads every route then, in an environment that need not be the one it will
 * run in.
 */
export function isBuilding(): boolean {
  return scope().process?.env?.['NEXT_PHASE'] === 'phase-production-build'
}

/** The environment's name for itself, `NODE_ENV`, where there is one. */
export function isProduction(): boolean {
  return scope().process?.env?.['NODE_ENV'] === 'production'
}
