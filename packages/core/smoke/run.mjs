// Runs the smoke tests against the built package, under every Node.js that can be had: the one that runs this file, the
// workspace's own, and those that are named, fetched from the npm registry.
// Usage, after a build: node packages/core/smoke/run.mjs [20 22 24]
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const file = fileURLToPath(new URL('core.test.mjs', import.meta.url))
const root = fileURLToPath(new URL('../../..', import.meta.url))
if (!existsSync(new URL('../dist/index.js', import.meta.url))) {
  console.error(
    'Kiekit: packages/core is not built. The smoke tests run what is published. Run `pnpm --filter @kiekit/core build`.',
  )
  process.exit(1)
}

const engines = new Map([[process.version, process.execPath]])
for (const major of process.argv.slice(2)) {
  const found = spawnSync('npx', ['--yes', '--package', `node@${major}`, 'node', '-p', 'process.execPath'], {
    cwd: '/',
    encoding: 'utf8',
  })
  const executable = found.stdout?.trim()
  if (found.status !== 0 || !executable) {
    console.error(`Kiekit: Node.js ${major} could not be had: ${found.stderr?.trim().split('\n').at(-1)}`)
    process.exitCode = 1
    continue
  }
  const version = spawnSync(executable, ['-v'], { encoding: 'utf8' }).stdout.trim()
  engines.set(version, executable)
}

for (const [version, executable] of engines) {
  const { status } = spawnSync(executable, ['--test', file], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  console.log(`${version}: ${status === 0 ? 'passed' : 'FAILED'}`)
  if (status !== 0) process.exitCode = 1
}
