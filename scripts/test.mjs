// `npm test`: installs what is missing, a browser included, and runs every test.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBrowser } from './browser.mjs'
import { install } from './install.mjs'
import { pnpm } from './pnpm.mjs'
import { environment, mustRun, root, run } from './run.mjs'

const results = join(root, 'coverage', 'results')
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

await install()
const env = { ...environment, KIEKIT_BROWSER: await ensureBrowser() }

await pnpm('run', 'build')
// What is published supports older Node.js than the workspace's own: the built core is tried under both.
await mustRun(process.execPath, ['packages/core/smoke/run.mjs'])
await mustRun('node', ['packages/core/smoke/run.mjs'])
const unit = await run('vitest', [
  'run',
  '--reporter=default',
  '--reporter=json',
  '--reporter=./scripts/stray-errors.mjs',
  `--outputFile.json=${join(results, 'vitest.json')}`,
])
await mustRun('vite', ['build', 'packages/playground', '--logLevel', 'warn'])
await pnpm('run', 'build:storybook')
const e2e = await run('playwright', ['test', '-c', 'playwright/playwright.config.ts'], {
  env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: join(results, 'playwright.json') },
})

const vitest = read('vitest.json')
const playwright = read('playwright.json')
const stray = [...(read('stray-errors.json') ?? []), ...(playwright?.errors ?? []).map(({ message }) => message)]
const passed = (vitest?.numPassedTests ?? 0) + (playwright?.stats.expected ?? 0)
const failedTests =
  (vitest?.numFailedTests ?? 0) + (playwright ? playwright.stats.unexpected + playwright.stats.flaky : 0)
const skipped = (vitest?.numPendingTests ?? 0) + (playwright?.stats.skipped ?? 0)

// Said last, because of a long log often the end alone is kept.
for (const error of stray) console.log(`\nAn error outside of all tests: ${error.split('\n').slice(0, 12).join('\n')}`)
if (unit !== 0) console.log(`\nThe unit tests ended with exit code ${unit}.`)
if (e2e !== 0) console.log(`\nThe browser tests ended with exit code ${e2e}.`)
const figure = `${passed} passed, ${failedTests + stray.length} failed, ${skipped} skipped`
writeFileSync(join(results, 'summary.txt'), `${figure}\n`)
console.log(`\n${figure}`)
if (unit !== 0 || e2e !== 0 || passed === 0) process.exit(1)

function read(file) {
  try {
    return JSON.parse(readFileSync(join(results, file), 'utf8'))
  } catch {
    return null
  }
}
