// Runs the tests of hooks and components under the oldest React that they support, in a copy of the workspace.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { root } from './run.mjs'

const oldest = '18.3.1'

const copy = mkdtempSync(join(tmpdir(), 'kiekit-oldest-react-'))
process.on('exit', () => rmSync(copy, { recursive: true, force: true }))

const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
if (listed.status !== 0) throw new Error(`Kiekit: git does not list the files of ${root}. Run this in a checkout.`)
for (const file of new Set(listed.stdout.toString().split('\0').filter(Boolean))) {
  cpSync(join(root, file), join(copy, file))
}

const workspace = join(copy, 'pnpm-workspace.yaml')
const catalog = readFileSync(workspace, 'utf8')
const changed = catalog.replace(/^( {2}react(?:-dom)?): .+$/gm, `$1: ${oldest}`)
if (changed === catalog) throw new Error('Kiekit: pnpm-workspace.yaml names no version of React to replace.')
writeFileSync(workspace, changed)

mustRun('node', ['scripts/pnpm.mjs', 'install', '--no-frozen-lockfile', '--reporter', 'silent'])
const { version } = JSON.parse(readFileSync(join(copy, 'node_modules', 'react', 'package.json'), 'utf8'))
if (version !== oldest) throw new Error(`Kiekit: React ${version} was installed, not ${oldest}.`)
mustRun('vitest', ['run', '--project', 'dom'])
console.log(`React ${version}: passed`)

function mustRun(command, args) {
  const PATH = [join(copy, 'node_modules', '.bin'), process.env.PATH].join(delimiter)
  const { status } = spawnSync(command, args, { cwd: copy, stdio: 'inherit', env: { ...process.env, PATH } })
  if (status !== 0) process.exit(status ?? 1)
}
