import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import { findBrowser } from '../scripts/browser.mjs'
import { storybook } from './storybook.ts'

const browser = findBrowser()

export default defineConfig({
  testDir: '.',
  outputDir: '.results',
  snapshotPathTemplate: '{testDir}/snapshots/{arg}{ext}',
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  // A test that passes only when repeated is a bug to find.
  retries: 0,
  // Generous, because axe takes a minute over hundreds of tiles on a slow machine; what hangs still ends.
  timeout: 180_000,
  expect: { timeout: 10_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [['list'], ['json']] : 'list',
  use: {
    launchOptions: browser ? { executablePath: browser } : {},
    viewport: { width: 1100, height: 800 },
    // Traces cost as much as the tests themselves; `--trace retain-on-failure` brings them where one is looked into.
    screenshot: 'only-on-failure',
    locale: 'en-GB',
    timezoneId: 'UTC',
  },
  webServer: {
    command: `node ${join(import.meta.dirname, 'serve-storybook.ts')}`,
    url: `${storybook}/index.json`,
    reuseExistingServer: false,
  },
})
