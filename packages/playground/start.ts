import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { parseArgs } from 'node:util'
import { createFakeKie } from '@kiekit/testing'
import { listenOnFreePort } from './listen-on-free-port.ts'
import { servePlayground, type UpstreamKie } from './playground-server.ts'

const usage = `Usage: npm start -- [options]
  --port <number>     port of the page (default 5230, or the next free one)
  --kie-url <url>     a fake Kie that runs elsewhere, for example \`npx kie-fake\`
  --data <folder>     where the gateway keeps who owns which task (default .kiekit)
  --speed <factor>    how fast the embedded fake Kie plays its tasks (default 1)
  --push              let the fake Kie call back, so that the page need not ask (with the real one: KIEKIT_PUBLIC_URL
                      and KIEKIT_CALLBACK_KEY, the webhookHmacKey of your Kie account)
  --built             serve the built page instead of the development one
With KIE_API_KEY set, tasks go to api.kie.ai and cost credits. Without it, the embedded fake Kie answers.`

const options = readOptions()
/** The fake takes any. */
const anyKey = 'any-key-will-do'
const fakeCallbackKey = randomUUID()
const server = createServer()
const port = await listenOnFreePort(server, options.port)
const pageUrl = `http://127.0.0.1:${port}`
const upstream = await chooseUpstream()
const gateway = await servePlayground(server, {
  upstream,
  dataFolder: options.data,
  built: options.built,
  callbacks: chooseCallbacks(),
})

console.log(`\n  Kiekit playground  ${pageUrl}`)
console.log(
  upstream.isFake
    ? '  Answered by        the fake Kie: no key, no cost. Set KIE_API_KEY to use the real one.\n'
    : `  Answered by        ${upstream.baseUrl}, with your KIE_API_KEY: tasks cost credits.\n`,
)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void gateway.close().finally(() => process.exit(0))
  })
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '5230' },
        'kie-url': { type: 'string' },
        data: { type: 'string', default: '.kiekit' },
        speed: { type: 'string', default: '1' },
        push: { type: 'boolean', default: false },
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
    return { port, speed, kieUrl: values['kie-url'], data: values.data, push: values.push, built: values.built }
  } catch (error) {
    return exit(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
  }
}

async function chooseUpstream(): Promise<UpstreamKie> {
  const apiKey = process.env.KIE_API_KEY?.trim()
  if (options.kieUrl) return { isFake: true, baseUrl: options.kieUrl, apiKey: apiKey || anyKey }
  if (apiKey) return { isFake: false, baseUrl: 'https://api.kie.ai', apiKey }
  const fake = await createFakeKie({ speed: options.speed, webhookHmacKey: fakeCallbackKey }).listen(0)
  return { isFake: true, baseUrl: fake.url, apiKey: anyKey }
}

function chooseCallbacks() {
  const { KIEKIT_PUBLIC_URL: publicUrl, KIEKIT_CALLBACK_KEY: key } = process.env
  if (publicUrl && key) return { publicUrl, key }
  return upstream.isFake && options.push ? { publicUrl: pageUrl, key: key ?? fakeCallbackKey } : null
}

function exit(message: string, code = 1): never {
  console[code === 0 ? 'log' : 'error'](message)
  process.exit(code)
}
