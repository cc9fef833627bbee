import { gateway } from './gateway.js'

// Bun hangs up after ten quiet seconds otherwise: before a slow create is answered, and between two events.
Bun.serve({ port: process.env.PORT, fetch: gateway.fetch, idleTimeout: 120 })
