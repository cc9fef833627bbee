// One app in a process of its own, in front of a fake Kie.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { keys, startKie } from './kie.mjs'

const START_MS = 60_000

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address()
  probe.close()
  return port
}

/** Starts an app, and gives what the checks ask it with. */
export async function startApp(runtime, folder) {
  const kie = await startKie()
  const port = await freePort()
  const base = `http://127.0.0.1:${port}/api/kie`
  const cwd = runtime.place?.(folder) ?? (await mkdtemp(join(folder, 'place-')))
  // What an app of an earlier run has stored.
  await rm(join(cwd, '.kiekit'), { recursive: true, force: true })
  const [command, ...args] = runtime.command({ folder, port })
  // Everything that the app says: to its log, and to its visitors.
  const said = []
  let child = null

  async function start() {
    child = spawn(command, args, {
      cwd,
      // A group of its own, so that nothing that it starts stays behind.
      detached: true,
      env: {
        ...process.env,
        NEXT_TELEMETRY_DISABLED: '1',
        PORT: String(port),
        PUBLIC_URL: base,
        KIE_URL: kie.url,
        KIE_API_KEY: keys.api,
        KIE_CALLBACK_KEY: keys.callback,
        RESULT_HOSTS: [kie.host, kie.privateName].join(),
      },
    })
    for (const output of [child.stdout, child.stderr]) output.on('data', (data) => said.push(data.toString()))
    for (const deadline = Date.now() + START_MS; ; ) {
      const response = await fetch(`${base}/api/v1/kiekit/health`).catch(() => null)
      if (response?.ok) return
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`it did not start: ${said.join('')}`)
      await new Promise((later) => setTimeout(later, 100))
    }
  }

  async function stop() {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    process.kill(-child.pid, 'SIGKILL')
    await ended
  }

  async function ask(path, { user = 'ann', headers, ...init } = {}) {
    const sent = new Headers(headers)
    if (user !== null) sent.set('x-user', user)
    const response = await fetch(`${base}${path}`, { ...init, headers: sent })
    said.push(JSON.stringify([...response.headers]))
    // Streams without an end are not read.
    if (response.headers.has('content-length') || response.headers.get('content-type')?.includes('json'))
      said.push(await response.clone().text())
    return response
  }

  await start()
  return {
    kie,
    ask,
    post: (path, body, { headers, ...options } = {}) =>
      ask(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
        ...options,
      }),
    said: () => said.join('\n'),
    async restart() {
      await stop()
      await start()
    },
    async close() {
      await stop()
      await kie.close()
    },
  }
}
