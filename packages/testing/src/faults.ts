/**
 * Each fault by name, and how many answers it spoils when a scenario or a prompt asks for it without saying how many.
 * Those that only make a client wait pass by themselves; those that a task has to live with stay.
 */
const usualTimes = {
  /** Code 429. */
  'rate-limit': 2,
  /** Code 500 in Kie's envelope. */
  'server-error': 2,
  /** HTTP 502 with a page of a CDN instead of JSON. */
  'html-error': 2,
  /** No answer at all, until the caller gives up. */
  timeout: 1,
  /** The connection breaks. */
  offline: 2,
  /** recordInfo does not know the task yet. */
  'fresh-null': 2,
  /** The task stays in the state before its end. */
  stuck: Number.POSITIVE_INFINITY,
  /** `success` with an empty list of files. */
  'success-without-files': Number.POSITIVE_INFINITY,
  /** Result links answer 403 until they are renewed through download-url. */
  'expired-link': Number.POSITIVE_INFINITY,
  /** A state that no page of Kie's documents, instead of the pending one. */
  'unknown-state': Number.POSITIVE_INFINITY,
  /** The callback arrives 30 s late (at speed 1). */
  'callback-late': Number.POSITIVE_INFINITY,
  /** The callback arrives twice. */
  'callback-doubled': Number.POSITIVE_INFINITY,
  /** The callback is signed with a wrong key and claims a failure. */
  'callback-forged': Number.POSITIVE_INFINITY,
  /** The callback never arrives. */
  'callback-missing': Number.POSITIVE_INFINITY,
} as const

export type FaultName = keyof typeof usualTimes

export const faultNames = Object.keys(usualTimes) as readonly FaultName[]

export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(usualTimes, name)
}

export function usualTimesOf(name: FaultName): number {
  return usualTimes[name]
}

/** Where a fault applies. */
export interface FaultOptions {
  /** How many answers it spoils. @default until `clear()` */
  times?: number | undefined
  /** Only answers about this task. */
  taskId?: string | undefined
  /** Only paths that begin with this, e.g. `/api/v1/jobs/createTask`. @default every API path; for `offline` and `expired-link` the files too */
  path?: string | undefined
  /** Sent as `Retry-After` with `rate-limit`. Kie is not known to send one; gateways do. */
  retryAfterSeconds?: number | undefined
}

/** What a request is about, as far as faults care. */
export interface FaultTarget {
  path: string
  taskId: string | null
}

export interface FaultRegister {
  inject: (name: FaultName, options?: FaultOptions) => void
  /** The fault, if it is on for this target, counting it as used. */
  take: (name: FaultName, target: FaultTarget) => FaultOptions | null
  /** Whether the fault is on for this target, without counting. */
  isOn: (name: FaultName, target: FaultTarget) => boolean
  clear: (name?: FaultName) => void
}

const touchesFiles = new Set<FaultName>(['offline', 'expired-link'])

export function createFaultRegister(): FaultRegister {
  let active: { name: FaultName; options: FaultOptions; left: number }[] = []

  const find = (name: FaultName, target: FaultTarget) =>
    active.find(({ name: other, options, left }) => {
      if (other !== name || left <= 0) return false
      if (options.taskId !== undefined && options.taskId !== target.taskId) return false
      if (options.path !== undefined) return target.path.startsWith(options.path)
      return target.path.startsWith('/api/') || touchesFiles.has(name)
    })

  return {
    inject(name, options = {}) {
      if (!isFaultName(name)) {
        throw new TypeError(
          `Kiekit: there is no fault called ${JSON.stringify(name)}. Nothing was injected. Use one of: ${faultNames.join(', ')}.`,
        )
      }
      active.push({ name, options, left: options.times ?? Number.POSITIVE_INFINITY })
    },
    take(name, target) {
      const found = find(name, target)
      if (!found) return null
      found.left--
      active = active.filter(({ left }) => left > 0)
      return found.options
    },
    isOn: (name, target) => find(name, target) !== undefined,
    clear(name) {
      active = name === undefined ? [] : active.filter((entry) => entry.name !== name)
    },
  }
}
