import type { KieClient } from '@kiekit/core'

/** A client that also reaches the gateway's own paths, with the same base and headers. */
export interface GatewayClient extends KieClient {
  /** The answer is handed over as it came. @throws KieError when there is none, and for a status of 400 and above */
  open: (
    path: string,
    init?: { signal?: AbortSignal | undefined; headers?: Record<string, string> | undefined },
  ) => Promise<Response>
}

export function isGatewayClient(client: KieClient): client is GatewayClient {
  return 'open' in client && typeof client.open === 'function'
}
