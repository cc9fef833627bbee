import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createFakeKie } from './fake-kie.ts'

const script = fileURLToPath(new URL('./cli.ts', import.meta.url))

function start(...args: string[]) {
  return spawn(process.execPath, ['--conditions=@kiekit/source', '--no-warnings', script, ...args])
}
async function run(...args: string[]) {
  const child = start(...args)
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk) => (out += String(chunk)))
  child.stderr.on('data', (chunk) => (err += String(chunk)))
  const [code] = (await once(child, 'close')) as [number]
  return { code, out, err }
}

test('it serves the fake and says where, until it is told to stop', async () => {
  const child = start('--port', '0', '--speed', '10')
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(String(line))?.[0] ?? ''
  const response = await fetch(`${url}/api/v1/chat/credit`)
  expect(await response.json()).toEqual({ code: 200, msg: 'success', data: 10_000 })
  child.kill('SIGTERM')
  const [code] = (await once(child, 'close')) as [number]
  expect(code).toBe(0)
})

test('--help explains the flags', async () => {
  const { code, out, err } = await run('--help')
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain('--speed')
})

test.each([
  [['--port', 'http'], /--port is "http", but a port is a number/],
  [['--port', '70000'], /from 0 to 65535/],
  [['--speed', '0'], /--speed is "0", but it has to be a number above 0/],
  [['--prot', '1'], /Unknown option '--prot'/],
])('%j is refused with a sentence that helps', async (args, sentence) => {
  const { code, out, err } = await run(...args)
  expect([code, out]).toEqual([1, ''])
  expect(err).toMatch(sentence)
  expect(err).not.toContain('    at ')
})

test('a taken port is told without a stack trace', async () => {
  const server = await createFakeKie().listen(0)
  const { code, err } = await run('--port', String(server.port))
  await server.close()
  expect(code).toBe(1)
  expect(err).toBe(
    `Kiekit: port ${server.port} is taken by another program. The fake cannot listen there. Choose another port, or 0 for any free one.\n`,
  )
})
