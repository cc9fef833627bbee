import { env } from 'cloudflare:workers'
import { createKieGateway, memoryStore } from '@kiekit/server'

export const gateway = createKieGateway({
  apiKey: env.KIE_API_KEY,
  authorize: ({ request }) => request.headers.get('x-user'),
  // For a demo: it forgets. Give a store that lasts, over Redis or a Durable Object.
  store: memoryStore(),
  baseUrl: env.KIE_URL,
  resultHosts: env.RESULT_HOSTS.split(','),
})
