import type { Page } from '@playwright/test'
import { findBrowser } from '../scripts/browser.mjs'
import { expect, test } from './page-test.ts'
import { storybook } from './storybook.ts'

/**
 * How the components look, beside pictures of how they looked. The pictures must come out the same on every Linux
 * machine, so nothing in them is the machine's own: the font is one that Storybook brings along, glyphs are drawn
 * without hinting, the clock stands still, nothing moves, and no native controls of films and sounds are in sight.
 *
 * After a change that is meant: `npx playwright test -c playwright/playwright.config.ts visual --update-snapshots`.
 */
const executablePath = findBrowser()
test.use({
  // Little more than what is looked at: on a wide page a wrong badge would be lost among the empty space.
  viewport: { width: 600, height: 800 },
  launchOptions: {
    ...(executablePath && { executablePath }),
    args: ['--font-render-hinting=none', '--disable-lcd-text', '--disable-font-subpixel-positioning'],
  },
  contextOptions: { reducedMotion: 'reduce' },
})

const pinnedFont = `
  @font-face { font-family: Pinned; src: url(${storybook}/sb-common-assets/nunito-sans-regular.woff2); font-weight: 400; }
  @font-face { font-family: Pinned; src: url(${storybook}/sb-common-assets/nunito-sans-bold.woff2); font-weight: 700; }
  #storybook-root, #storybook-root * { font-family: Pinned !important; }
`

async function show(page: Page, story: string, theme: string) {
  // 41 s after the sample tasks were created.
  await page.clock.setFixedTime(Date.UTC(2026, 10, 1, 12, 0, 41))
  await page.goto(
    `${storybook}/iframe.html?id=components-${story}&viewMode=story&globals=a11y.manual:!true;theme:${theme}`,
  )
  await page.waitForFunction(() => document.querySelector('#storybook-root')?.childElementCount)
  await page.addStyleTag({ content: pinnedFont })
  await page.evaluate(async () => {
    const faces = await Promise.all(['400 1em Pinned', '700 1em Pinned'].map((face) => document.fonts.load(face)))
    if (faces.some((found) => found.length === 0)) throw new Error('the pinned font was not found')
    await Promise.all([...document.images].map((image) => image.decode()))
  })
}

const looks = {
  badge: 'taskstatusbadge--every-state',
  'badge-looks': 'taskstatusbadge--every-look',
  'progress-bar': 'taskprogress--every-state',
  'progress-ring': 'taskprogress--every-state-as-ring',
  'progress-steps': 'taskprogress--every-state-as-steps',
  gallery: 'resultgallery--four-results',
  notice: 'taskfailurenotice--failure-reasons',
  card: 'taskcard--every-state-small',
  list: 'tasklist--every-state',
}

for (const theme of ['light', 'dark']) {
  for (const [name, story] of Object.entries(looks)) {
    test(`${name} looks as before in ${theme}`, async ({ page }) => {
      await show(page, story, theme)
      await expect(page.locator('#storybook-root')).toHaveScreenshot(`${name}-${theme}.png`, {
        animations: 'disabled',
        // A neighbouring hue counts as another colour; rounding and anti-aliasing do not.
        threshold: 0.05,
        maxDiffPixelRatio: 0.004,
      })
    })
  }
}
