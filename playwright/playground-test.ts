import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFakeKie, type FakeKie, type FakeKieOptions } from '@kiekit/testing'
import { test as base, expect } from './page-test.ts'
import { layWire, type Wire } from './wire.ts'

export { expect }

/** The key that the gateway holds in these tests. No page may ever see it. */
export const apiKey = 'kie-e2e-secret-5f1c7d90'

const callbackKey = 'kie-e2e-callback-2b81f3'

/** The built playground in a process of its own, in front of a fake Kie that outlives it. */
export interface Playground {
  url: string
  fake: FakeKie
  /** What the browser reaches it over. */
  wire: Wire
  /** All that it has printed. */
  printed(): string
  /** Ends the server at once, as a crash would. */
  kill(): Promise<void>
  /** Starts it again, on the same port and with the same data. */
  start(): Promise<void>
}

interface Fixtures {
  fakeOptions: FakeKieOptions
  serverFlags: string[]
  playground: Playground
  noKeyGetsOut: void
}

/**
 * Playwright's `test` with a playground, and one rule more: whatever the browser received, printed or kept, and whatever the
 * server printed, is searched for the keys after each test.
 */
export const test = base.extend<Fixtures>({
  fakeOptions: [{ speed: 20 }, { option: true }],
  serverFlags: [[], { option: true }],
  playground: async ({ fakeOptions, serverFlags }, use) => {
    const fake = createFakeKie({ webhookHmacKey: callbackKey, ...fakeOptions })
    const kie = await fake.listen(0)
    const dataFolder = await mkdtemp(join(tmpdir(), 'kiekit-e2e-'))
    const port = await freePort()
    const wire = await layWire(port)
    wire.pull()
    const printed: string[] = []
    let server: ChildProcess | null = null

    const playground: Playground = {
      url: `http://127.0.0.1:${wire.port}/`,
      fake,
      wire,
      printed: () => printed.join(''),
      async start() {
        server = await startServer(
          [...['--port', String(port), '--kie-url', kie.url, '--data', dataFolder, '--built'], ...serverFlags],
          printed,
        )
        await wire.plugIn()
      },
      async kill() {
        if (server) await ended(server)
        server = null
        // So that connections are refused, as they would be by the server's own port.
        wire.pull()
      },
    }
    await playground.start()
    await use(playground)
    await playground.kill()
    await kie.close()
    await rm(dataFolder, { recursive: true, force: true })
  },
  noKeyGetsOut: [
    async ({ context, playground }, use) => {
      const lines: string[] = []
      context.on('console', (message) => lines.push(message.text()))
      context.on('weberror', (error) => lines.push(String(error.error().stack)))
      await use()
      const received = playground.wire.received()
      expect(received, 'nothing is packed, so that it can be searched').not.toMatch(/^content-encoding:/im)
      const places = {
        'what the browser received': received,
        'what pages printed': lines.join('\n'),
        'what the browser keeps': JSON.stringify(await context.storageState({ indexedDB: true })),
        'what the server printed': playground.printed(),
      }
      const found = Object.entries(places).filter(([, text]) => text.includes(apiKey) || text.includes(callbackKey))
      expect(
        found.map(([place]) => place),
        'places with a key',
      ).toEqual([])
    },
    { auto: true },
  ],
})

function startServer(args: string[], printed: string[]): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      'node',
      ['--conditions=@kiekit/source', join(import.meta.dirname, '../packages/playground/start.ts'), ...args],
      {
        env: { ...process.env, KIE_API_KEY: apiKey, KIEKIT_CALLBACK_KEY: callbackKey },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    const from = printed.length
    const output = () => printed.slice(from).join('')
    const read = (chunk: Buffer) => {
      printed.push(chunk.toString())
      if (output().includes('Kiekit playground  http')) resolve(child)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code) => reject(new Error(`The playground ended with ${code}:\n${output()}`)))
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
