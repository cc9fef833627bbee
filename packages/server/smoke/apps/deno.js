import { gateway } from './gateway.js'

Deno.serve({ port: Number(process.env.PORT) }, gateway.fetch)
