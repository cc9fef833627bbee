import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pnpm } from './pnpm.mjs'
import { root } from './run.mjs'

const oldestNode = 20

/** Installs what the lockfile names, unless exactly that is installed already. */
export async function install() {
  const major = Number(process.versions.node.split('.')[0])
  if (major < oldestNode) {
    console.error(
      `Kiekit: this is Node.js ${process.versions.node}. The workspace needs Node.js ${oldestNode} or later.`,
    )
    process.exit(1)
  }
  if (read('pnpm-lock.yaml') === read('node_modules/.pnpm/lock.yaml')) return
  await pnpm('install', '--frozen-lockfile')
}

function read(path) {
  try {
    return readFileSync(join(root, path), 'utf8')
  } catch {
    return null
  }
}
