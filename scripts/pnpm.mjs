import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { mustRun, root } from './run.mjs'

const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** Runs the pnpm that package.json names, which need not be on the machine. */
export function pnpm(...args) {
  return mustRun('npx', ['--yes', packageManager, ...args])
}

// Also a command of its own: `node scripts/pnpm.mjs add …`.
if (process.argv[1] === fileURLToPath(import.meta.url)) await pnpm(...process.argv.slice(2))
