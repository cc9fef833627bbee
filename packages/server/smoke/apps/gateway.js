import { createKieGateway } from '@kiekit/server'

const { KIE_API_KEY, KIE_CALLBACK_KEY, KIE_URL, PUBLIC_URL, RESULT_HOSTS } = process.env

export const gateway = createKieGateway({
  apiKey: KIE_API_KEY,
  authorize: ({ request }) => request.headers.get('x-user'),
  callbackKey: KIE_CALLBACK_KEY,
  publicUrl: PUBLIC_URL,
  baseUrl: KIE_URL,
  resultHosts: RESULT_HOSTS?.split(','),
})
