import { createKieGateway } from '@kiekit/server'

export const gateway = createKieGateway({
  apiKey: process.env.KIE_API_KEY,
  authorize: ({ request }) => request.headers.get('x-user'),
  callbackKey: process.env.KIE_CALLBACK_KEY,
  publicUrl: process.env.PUBLIC_URL,
  baseUrl: process.env.KIE_URL,
  resultHosts: process.env.RESULT_HOSTS?.split(','),
})
