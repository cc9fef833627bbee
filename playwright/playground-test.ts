import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFakeKie, type FakeKie, type FakeKieOptions } from '@kiekit/testing'
import { test as base } from './page-test.ts'

export { expect } from './page-test.ts'

/** The key that the gateway holds in these tests. No page may ever see it. */
export const apiKey = 'kie-e2e-secret-5f1c7d90'

const callbackKey = 'kie-e2e-callback-2b81f3'

/** The built playground in a process of its own, in front of a fake Kie that outlives it. */
export interface Playground {
  url: string
  fake: FakeKie
  /** Ends the server at once, as a crash would. */
  kill(): Promise<void>
  /** Starts it again, on the same port and with the same data. */
  start(): Promise<void>
}

export const test = base.extend<{ fakeOptions: FakeKieOptions; serverFlags: string[]; playground: Playground }>({
  fakeOptions: [{ speed: 20 }, { option: true }],
  serverFlags: [[], { option: true }],
  playground: async ({ fakeOptions, serverFlags }, use) => {
    const fake = createFakeKie({ webhookHmacKey: callbackKey, ...fakeOptions })
    const kie = await fake.listen(0)
    const dataFolder = await mkdtemp(join(tmpdir(), 'kiekit-e2e-'))
    const port = await freePort()
    let server: ChildProcess | null = null

    const playground: Playground = {
      url: `http://127.0.0.1:${port}/`,
      fake,
      async start() {
        server = await startServer([
          ...['--port', String(port), '--kie-url', kie.url, '--data', dataFolder, '--built'],
          ...serverFlags,
        ])
      },
      async kill() {
        if (server) await ended(server)
        server = null
      },
    }
    await playground.start()
    await use(playground)
    await playground.kill()
    await kie.close()
    await rm(dataFolder, { recursive: true, force: true })
  },
})

function startServer(args: string[]): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      'node',
      ['--conditions=@kiekit/source', join(import.meta.dirname, '../packages/playground/start.ts'), ...args],
      {
        env: { ...process.env, KIE_API_KEY: apiKey, KIEKIT_CALLBACK_KEY: callbackKey },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    let output = ''
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('Kiekit playground  http')) resolve(child)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code) => reject(new Error(`The playground ended with ${code}:\n${output}`)))
  })
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}
