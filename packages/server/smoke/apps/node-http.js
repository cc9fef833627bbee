import { createServer } from 'node:http'
import { toNodeHandler } from '@kiekit/server/node'
import { gateway } from './gateway.js'

createServer(toNodeHandler(gateway)).listen(process.env.PORT)
