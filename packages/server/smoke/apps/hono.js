import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { gateway } from './gateway.js'

const app = new Hono()
app.all('/api/kie/*', (context) => gateway.fetch(context.req.raw))
serve({ fetch: app.fetch, port: Number(process.env.PORT) })
