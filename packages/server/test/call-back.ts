import { type FakeKieOptions, signCallback } from '@kiekit/testing'
import type { KieGateway } from '../src/gateway.ts'
import type { GatewayOptions } from '../src/options.ts'

const KEY = 'webhook-key'

/** The options with which a gateway takes callbacks. */
export const taking: Partial<GatewayOptions> = { callbackKey: KEY, publicUrl: 'https://app.test/api/kie' }

/** A Kie that calls nobody back by itself: the test does. */
export const silent: FakeKieOptions = { fetch: async () => new Response(null) }

/** The callback that Kie would send now. */
export async function callBack(gateway: KieGateway, taskId: string): Promise<Response> {
  const timestamp = String(Math.floor(Date.now() / 1_000))
  return gateway.fetch(
    new Request(`${taking.publicUrl}/api/v1/kiekit/callback`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-webhook-timestamp': timestamp,
        'x-webhook-signature': await signCallback(taskId, timestamp, KEY),
      },
      body: JSON.stringify({ code: 200, msg: 'ok', data: { taskId, state: 'success' } }),
    }),
  )
}
