// `npm start`: the playground and its gateway, on the embedded fake Kie or, when KIE_API_KEY is set, on the real one.
import { install } from './install.mjs'
import { pnpm } from './pnpm.mjs'
import { run } from './run.mjs'

await install()
await pnpm('--filter', '@kiekit/ui', 'run', 'build:css')
process.exitCode = await run('node', [
  '--conditions=@kiekit/source',
  'packages/playground/start.ts',
  ...process.argv.slice(2),
])
