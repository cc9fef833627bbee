import { readFileSync } from 'node:fs'
import { run } from './run.mjs'

/** Installs a package of Debian's, as root on Debian; tells whether it did. */
export async function installFromDebian(name) {
  if (process.getuid?.() !== 0 || !isDebian()) return false
  await run('apt-get', ['update', '-q'])
  return (await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', name])) === 0
}

function isDebian() {
  try {
    return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false
  }
}
