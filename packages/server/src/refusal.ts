/** What a request is refused with: one of Kie's codes, a sentence for people, and the HTTP status that fits. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly code: number
  readonly status: number
  readonly headers: Record<string, string>

  constructor(code: number, msg: string, options: { status?: number; headers?: Record<string, string> } = {}) {
    super(msg)
    this.code = code
    this.status = options.status ?? code
    this.headers = options.headers ?? {}
  }
}

/** Said of a task that does not exist and of somebody else's alike, so that nobody learns which one it is. */
export function taskNotFound(): Refusal {
  return new Refusal(404, 'Task not found')
}

/** Said to who comes while the gateway closes: another process, or this one started anew, will answer. */
export function gatewayIsClosing(): Refusal {
  return new Refusal(455, 'The gateway is closing.', { status: 503 })
}
