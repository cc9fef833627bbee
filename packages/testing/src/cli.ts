#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { createFakeKie } from './fake-kie.ts'

const help = `kie-fake: a Kie.ai API that costs nothing, on 127.0.0.1

  npx kie-fake [--port 4010] [--speed 1] [--cors]

  --port   port to listen on, 0 for any free one (default 4010)
  --speed  how many times faster than usual tasks run; a picture takes 6 s at 1 (default 1)
  --cors   let pages of other origins read the answers (Kie itself does not)
  --help   this text

Words in a prompt choose what happens: "a lake #video", "#four", "#slow", "#fail", "#rate-limit".
The README of @kiekit/testing lists them all.`

/** Why the arguments make no sense, in a sentence. */
class UsageError extends Error {}

function readArguments() {
  const options = {
    port: { type: 'string', default: '4010' },
    speed: { type: 'string', default: '1' },
    cors: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  } as const
  try {
    const { values } = parseArgs({ options })
    const port = Number(values.port)
    const speed = Number(values.speed)
    if (!/^\d+$/.test(values.port) || port > 65_535) {
      throw new UsageError(`--port is ${JSON.stringify(values.port)}, but a port is a number from 0 to 65535.`)
    }
    if (!(speed > 0 && Number.isFinite(speed))) {
      throw new UsageError(`--speed is ${JSON.stringify(values.speed)}, but it has to be a number above 0.`)
    }
    return { ...values, port, speed }
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(error.message) : error
  }
}

try {
  const { help: wantsHelp, port, speed, cors } = readArguments()
  if (wantsHelp) console.log(help)
  else {
    const server = await createFakeKie({ speed, cors, keepRequests: 0 }).listen(port)
    console.log(`The fake Kie listens on ${server.url}`)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close())
  }
} catch (error) {
  if (error instanceof UsageError) console.error(`kie-fake: ${error.message}\n\nTry kie-fake --help.`)
  else console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
