import { toNodeHandler } from '@kiekit/server/node'
import express from 'express'
import { gateway } from './gateway.js'

const app = express()
app.use('/api/kie', toNodeHandler(gateway))
app.listen(process.env.PORT)
