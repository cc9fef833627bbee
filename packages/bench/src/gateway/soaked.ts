import { mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKieGateway } from '@kiekit/server'
import { fileStore, toNodeHandler } from '@kiekit/server/node'
import { answerParent } from './child.ts'
import { runFast } from './fast-clock.ts'

// A gateway whose clock runs fast, with all that it can do switched on.

const [, , kieUrl = '', callbackKey = '', speed = '1', origin = '0', rememberedTasks = '500'] = process.argv
runFast(Number(speed), Number(origin))
const server = createServer((incoming, outgoing) => void handle(incoming, outgoing)).listen(0, '127.0.0.1')
await new Promise((resolve) => server.once('listening', resolve))
const { port } = server.address() as AddressInfo

let ended = 0
const gateway = createKieGateway({
  apiKey: 'a-key-that-the-fake-takes',
  baseUrl: kieUrl,
  callbackKey,
  publicUrl: `http://127.0.0.1:${port}`,
  resultHosts: [new URL(kieUrl).host],
  store: fileStore({ folder: await mkdtemp(join(tmpdir(), 'kiekit-soak-')) }),
  authorize: ({ request }) => request.headers.get('x-user'),
  limits: { rememberedTasks: Number(rememberedTasks), createsPerMinute: 1_000, runningTasks: 20 },
  onTaskFinished: () => void (ended += 1),
  logger: { debug() {}, info() {}, warn: console.warn, error: console.error },
})
const handle = toNodeHandler(gateway)

answerParent((command) => {
  if (command.do === 'listen') return port
  return command.do === 'ended' ? ended : 0
})
