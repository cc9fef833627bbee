// Where the gateway runs, and how each app of apps/ is built and started there.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const node = (file) => ({
  lasting: true,
  node: true,
  version: () => `Node.js ${process.versions.node}`,
  command: ({ folder }) => [process.execPath, join(folder, file)],
})

const tool = (name) => (folder) => join(folder, 'node_modules/.bin', name)
const [bun, deno, esbuild, next, workerd] = ['bun', 'deno', 'esbuild', 'next', 'workerd'].map(tool)
const versionOf = (executable) => spawnSync(executable, ['--version'], { encoding: 'utf8' }).stdout.split(/\s+\(|\n/)[0]

/**
 * `lasting`: the process outlives a request, so events are pushed and the default store is a folder. `node`: Node's modules
 * are there. `impatient`: it hangs up on who is quiet for some seconds, unless told otherwise. `build`: a command and its folder. `place`: the working directory, else an empty one.
 */
export const runtimes = {
  'node:http': node('node-http.js'),
  Express: node('express.js'),
  Fastify: node('fastify.js'),
  Hono: node('hono.js'),
  Bun: {
    impatient: true,
    lasting: true,
    node: true,
    version: (folder) => `Bun ${versionOf(bun(folder))}`,
    command: ({ folder }) => [bun(folder), join(folder, 'bun.js')],
  },
  Deno: {
    lasting: true,
    node: true,
    version: (folder) => versionOf(deno(folder)),
    command: ({ folder }) => [
      ...[deno(folder), 'run', '--no-prompt', '--cached-only'],
      ...['--allow-net', '--allow-env', '--allow-read', '--allow-write', '--allow-sys', join(folder, 'deno.js')],
    ],
  },
  Workers: {
    lasting: false,
    node: false,
    version: (folder) => versionOf(workerd(folder)),
    build: (folder) => ({
      command: [
        ...[esbuild(folder), 'worker.js', '--bundle', '--format=esm', '--outfile=worker.bundle.js'],
        ...[
          '--conditions=workerd,worker,browser',
          '--external:cloudflare:*',
          '--external:node:*',
          '--log-level=warning',
        ],
      ],
      cwd: join(folder, 'worker'),
    }),
    command: ({ folder, port }) => [
      ...[workerd(folder), 'serve', join(folder, 'worker/worker.capnp'), '--socket-addr', `http=127.0.0.1:${port}`],
    ],
  },
  'Next.js': {
    lasting: true,
    node: true,
    version: (folder) => versionOf(next(folder)),
    build: (folder) => ({ command: [next(folder), 'build'], cwd: join(folder, 'next') }),
    command: ({ folder, port }) => [next(folder), 'start', '--port', String(port)],
    place: (folder) => join(folder, 'next'),
  },
}
