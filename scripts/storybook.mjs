// `npm run storybook`: every component in every state, in the browser.
import { install } from './install.mjs'
import { pnpm } from './pnpm.mjs'
import { run } from './run.mjs'

await install()
await pnpm('--filter', '@kiekit/ui', 'run', 'build:css')
process.exitCode = await run('storybook', ['dev', '--port', '6006', ...process.argv.slice(2)])
