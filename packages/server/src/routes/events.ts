import type { GatewayParts, Route } from '../parts.ts'
import { Refusal } from '../refusal.ts'

/** The user's event stream: one per browser, told of each of the user's tasks that is in another state now. */
export function events({ authorize, events: hub, callbackHealth }: GatewayParts): Route {
  return async (context) => {
    const user = await authorize({ request: context.req.raw, action: 'events', taskId: null })
    if (!callbackHealth.isArriving()) {
      throw new Refusal(505, 'This gateway pushes no events: Kie.ai cannot call it back. Poll instead.', {
        status: 501,
      })
    }
    return new Response(await hub.open(user.id, context.req.header('last-event-id') ?? null), {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        // Proxies that compress or buffer would hold events back.
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
        'x-content-type-options': 'nosniff',
      },
    })
  }
}
