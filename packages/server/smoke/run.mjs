// Mounts the built gateway, as it is published, in every runtime and framework that its README names, and asks the same of
// each over HTTP. The runtimes are fetched from the npm registry, in the versions of apps/package.json.
// Usage, after a build: node packages/server/smoke/run.mjs [Bun Deno ...]
// KIEKIT_SMOKE_FOLDER=/a/folder keeps what was fetched for the next time.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import { pnpm } from '../../../scripts/pnpm.mjs'
import { startApp } from './app.mjs'
import { checks } from './checks.mjs'
import { keys } from './kie.mjs'
import { runtimes } from './runtimes.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const published = ['core', 'server']
for (const name of [...published, 'testing']) {
  if (existsSync(here(`../../${name}/dist/index.js`))) continue
  console.error(`Kiekit: packages/${name} is not built. The smoke tests run what is published. Run \`npm run build\`.`)
  process.exit(1)
}

const wanted = process.argv.slice(2)
const chosen = Object.entries(runtimes).filter(([name]) => wanted.length === 0 || wanted.includes(name))
const kept = process.env.KIEKIT_SMOKE_FOLDER
const folder = kept ?? (await mkdtemp(join(tmpdir(), 'kiekit-smoke-')))

/** Runs a command to its end; what it prints is shown only when it fails. */
async function run([command, ...args], cwd) {
  // No key in this environment: an app must also build where there is none.
  const child = spawn(command, args, { cwd, env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' } })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data))
  const [status] = await once(child, 'close')
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${output}`)
}

async function install() {
  await cp(here('apps'), folder, { recursive: true })
  for (const name of published)
    await pnpm('--silent', '--filter', `@kiekit/${name}`, 'pack', '--pack-destination', folder)
  const tarballs = (await readdir(folder)).filter((file) => file.endsWith('.tgz')).map((file) => join(folder, file))
  await run(['npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts', ...tarballs], folder)
  // The package holds a note that says so until this has put its binary in place.
  await run([process.execPath, 'install.js'], join(folder, 'node_modules/bun'))
}

/** Gives the names of the checks that failed, with why. */
async function check(runtime) {
  const app = await startApp(runtime, folder)
  const failures = []
  let passed = 0
  const attempt = async (name, check) => {
    try {
      await check(app)
      passed += 1
    } catch (error) {
      failures.push(`  ${name}: ${inspect(error)}`)
    }
  }
  try {
    for (const [name, { needs, check = checks[name] }] of Object.entries(checks)) {
      const suits = {
        node: runtime.node,
        lasting: runtime.lasting,
        'short-lived': !runtime.lasting,
        impatient: runtime.impatient,
      }
      if (needs === undefined || suits[needs]) await attempt(name, check)
    }
    await attempt('says no key to anybody', ({ said }) => {
      for (const key of Object.values(keys)) if (said().includes(key)) throw new Error(`found ${key}`)
    })
  } finally {
    await app.close()
  }
  return { passed, failures, said: app.said() }
}

try {
  await install()
  // Next.js takes longest to build; the others are checked meanwhile.
  const builds = new Map(
    chosen.map(([name, { build }]) => {
      const job = build?.(folder)
      const building = job ? run(job.command, job.cwd) : Promise.resolve()
      building.catch(() => undefined)
      return [name, building]
    }),
  )
  for (const [name, runtime] of chosen) {
    const { passed, failures, said } = await Promise.resolve(builds.get(name))
      .then(() => check(runtime))
      .catch((error) => ({ passed: 0, failures: [inspect(error)], said: '' }))
    console.log(`Gateway in ${name} (${runtime.version(folder)}): ${passed} passed, ${failures.length} failed`)
    if (failures.length === 0) continue
    process.exitCode = 1
    console.error(`${failures.join('\n')}\n  It said: ${said.slice(-4_000)}`)
  }
} finally {
  if (!kept) await rm(folder, { recursive: true, force: true })
}
