import { parseArgs } from 'node:util'
import { createFakeKie } from '@kiekit/testing'
import { listenOnFreePort } from './listen-on-free-port.ts'
import { createPlaygroundServer, type UpstreamKie } from './playground-server.ts'

const usage = `Usage: npm start -- [options]
  --port <number>     port of the page (default 5230, or the next free one)
  --kie-url <url>     another Kie-like server; needs KIE_API_KEY
  --data <folder>     where the gateway keeps who owns which task (default .kiekit)
  --speed <factor>    how fast the embedded fake Kie plays its tasks (default 1)
  --built             serve the built page instead of the development one
With KIE_API_KEY set, tasks go to api.kie.ai and cost credits. Without it, the embedded fake Kie answers.`

const options = readOptions()
const upstream = await chooseUpstream()
const server = await createPlaygroundServer({ upstream, dataFolder: options.data, built: options.built })
const port = await listenOnFreePort(server, options.port)

console.log(`\n  Kiekit playground  http://127.0.0.1:${port}`)
console.log(
  upstream.kind === 'fake'
    ? '  Answered by        the embedded fake Kie: no key, no cost. Set KIE_API_KEY to use the real one.\n'
    : `  Answered by        ${upstream.baseUrl}, with your KIE_API_KEY: tasks cost credits.\n`,
)

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0))

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '5230' },
        'kie-url': { type: 'string' },
        data: { type: 'string', default: '.kiekit' },
        speed: { type: 'string', default: '1' },
        built: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) exit(usage, 0)
    const port = Number(values.port)
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      exit(`--port must be a number from 1 to 65535.\n\n${usage}`)
    const speed = Number(values.speed)
    if (!(speed > 0)) exit(`--speed must be a number above 0.\n\n${usage}`)
    return { port, speed, kieUrl: values['kie-url'], data: values.data, built: values.built }
  } catch (error) {
    return exit(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
  }
}

async function chooseUpstream(): Promise<UpstreamKie> {
  const apiKey = process.env.KIE_API_KEY?.trim()
  if (apiKey) return { kind: 'live', baseUrl: options.kieUrl ?? 'https://api.kie.ai', apiKey }
  if (options.kieUrl) return exit('--kie-url needs the key of that server in KIE_API_KEY.')
  const fake = await createFakeKie({ speed: options.speed }).listen(0)
  return { kind: 'fake', baseUrl: fake.url, apiKey: 'the-fake-takes-any-key' }
}

function exit(message: string, code = 1): never {
  console[code === 0 ? 'log' : 'error'](message)
  process.exit(code)
}
