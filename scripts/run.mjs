import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * The environment of everything that the scripts start: the workspace's own tools first, `node` among them, so that
 * each runs on the Node.js that the lockfile pins, whatever the machine has.
 */
export const environment = {
  ...process.env,
  PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
}

/** Runs a command in the project's root and gives its exit code; what it prints goes to the terminal. */
export function run(command, args, { env = environment, stdio = 'inherit' } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio, shell: process.platform === 'win32' })
    const passOn = (signal) => child.kill(signal)
    process.on('SIGINT', passOn).on('SIGTERM', passOn)
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      process.off('SIGINT', passOn).off('SIGTERM', passOn)
      if (signal) console.error(`${command} was ended by ${signal}.`)
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1))
    })
  })
}

/** The same, but ends this process with the command's exit code when it fails. */
export async function mustRun(command, args, options) {
  const code = await run(command, args, options)
  if (code !== 0) process.exit(code)
}
