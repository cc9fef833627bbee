import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { installFromDebian } from './debian.mjs'
import { run } from './run.mjs'

const systemBrowsers = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/**
 * The Chromium that the tests drive: the one that `KIEKIT_BROWSER` names, else Playwright's own, else the system's.
 * `null` when there is none.
 */
export function findBrowser() {
  const own = () => createRequire(import.meta.url)('@playwright/test').chromium.executablePath()
  return [process.env.KIEKIT_BROWSER, own(), ...systemBrowsers].find((path) => path && existsSync(path)) ?? null
}

/** Finds a browser or installs one, and gives its path; ends the process with advice where neither works. */
export async function ensureBrowser() {
  if (!findBrowser()) await getBrowser()
  const found = findBrowser()
  if (found) return found
  console.error(
    'Kiekit: no Chromium was found and none could be installed. The browser tests need one. ' +
      'Install Chromium or Chrome and name it: KIEKIT_BROWSER=/path/to/chrome npm test',
  )
  process.exit(1)
}

async function getBrowser() {
  // Debian packages a headless Chromium that needs nothing from elsewhere; as root that is the surest way.
  if (!(await installFromDebian('chromium-headless-shell'))) await run('playwright', ['install', 'chromium'])
}
