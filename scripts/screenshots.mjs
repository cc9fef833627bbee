// `npm run screenshots`: renders the README's pictures anew, from the playground on the fake Kie and from Storybook.

import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBrowser } from './browser.mjs'
import { install } from './install.mjs'
import { pnpm } from './pnpm.mjs'
import { environment, mustRun, root } from './run.mjs'

await install()
const executablePath = await ensureBrowser()
const { chromium } = await import('@playwright/test')
const { preview } = await import('vite')

await pnpm('run', 'build')
await mustRun('vite', ['build', 'packages/playground', '--logLevel', 'warn'])
await pnpm('run', 'build:storybook')

const pictures = join(root, 'docs')
mkdirSync(pictures, { recursive: true })
const browser = await chromium.launch({ executablePath })
await photographPlayground()
await photographComponents()
await browser.close()

async function photographPlayground() {
  const data = mkdtempSync(join(tmpdir(), 'kiekit-pictures-'))
  const options = ['--built', '--speed', '4', '--port', '5290', '--data', data]
  const { KIE_API_KEY: _, ...env } = environment
  const server = spawn('node', ['--conditions=@kiekit/source', 'packages/playground/start.ts', ...options], {
    cwd: root,
    env,
  })
  const url = await new Promise((resolve, reject) => {
    let output = ''
    server.stdout.on('data', (chunk) => {
      output += chunk
      const found = /http:\S+/.exec(output)
      if (found) resolve(found[0])
    })
    server.once('exit', () => reject(new Error(`The playground ended:\n${output}`)))
  })
  const page = await browser.newPage({ viewport: { width: 1100, height: 760 }, deviceScaleFactor: 1.5 })
  await page.goto(url)
  await page.getByLabel('Model').selectOption('google/imagen4-fast')
  await page.getByRole('button', { name: 'Generate' }).click()
  await page.locator('[data-slot="task-status-badge"][data-state="success"]').first().waitFor()
  await page.waitForFunction(() => [...document.images].every((image) => image.complete && image.naturalWidth > 0))
  await page.mouse.move(0, 0)
  await page.screenshot({ path: join(pictures, 'playground.png'), animations: 'disabled' })
  await page.close()
  server.removeAllListeners('exit')
  server.kill()
  rmSync(data, { recursive: true, force: true })
}

async function photographComponents() {
  const server = await preview({
    root: join(root, '.storybook'),
    configFile: false,
    build: { outDir: 'dist' },
    preview: { port: 6117, host: '127.0.0.1' },
  })
  const [storybook] = server.resolvedUrls.local
  const open = async (story, theme, viewport) => {
    const page = await browser.newPage({ viewport, deviceScaleFactor: 1.5, reducedMotion: 'reduce' })
    // The same each time.
    await page.clock.setFixedTime(Date.UTC(2026, 10, 1, 12, 0, 41))
    await page.goto(`${storybook}iframe.html?id=${story}&viewMode=story&globals=a11y.manual:!true;theme:${theme}`)
    return page
  }
  const photograph = async (page, part, name) => {
    const element = page.locator(part)
    await element.waitFor()
    await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode())))
    await element.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' })
    await page.close()
  }
  for (const theme of ['light', 'dark']) {
    const page = await open('overview-contact-sheet--all', theme, { width: 912, height: 800 })
    await photograph(page, '[data-contact-sheet]', `components-${theme}`)
  }
  const viewer = await open('components-resultviewer--open', 'dark', { width: 880, height: 480 })
  await viewer.locator('[aria-label="Zoom in"]:enabled').waitFor()
  await photograph(viewer, '[data-slot="result-viewer"]', 'viewer')
  await server.close()
}
