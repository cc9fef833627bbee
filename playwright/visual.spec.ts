import type { Page } from '@playwright/test'
import { findBrowser } from '../scripts/browser.mjs'
import { openStory } from './open-story.ts'
import { expect, test } from './page-test.ts'
import { storybook } from './storybook.ts'

/**
 * How the components look, beside pictures of how they looked. The pictures must come out the same on every Linux
 * machine, so nothing in them is the machine's own: the font is one that Storybook brings along, glyphs are drawn
 * without hinting, the clock stands still, nothing moves, and the browser's players are covered.
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

interface Look {
  /** Of the components. */
  story: string
  /** What is photographed. @default the story */
  part?: string
  /** @default both */
  themes?: ('light' | 'dark')[]
  globals?: Record<string, string>
  viewport?: { width: number; height: number }
  forcedColors?: 'active'
}

const phone = { width: 360, height: 800 }
const looks: Record<string, Look> = {
  badge: { story: 'taskstatusbadge--every-state' },
  'badge-looks': { story: 'taskstatusbadge--every-look' },
  credits: { story: 'creditsbadge--every-state' },
  'progress-bar': { story: 'taskprogress--every-state' },
  'progress-ring': { story: 'taskprogress--every-state-as-ring' },
  'progress-steps': { story: 'taskprogress--every-state-as-steps' },
  gallery: { story: 'resultgallery--four-results' },
  'gallery-selectable': { story: 'resultgallery--selected-by-the-app', viewport: phone },
  'gallery-mixed': { story: 'resultgallery--mixed-kinds', themes: ['light'], viewport: phone },
  'gallery-broken': { story: 'resultgallery--broken-files', themes: ['light'], viewport: phone },
  viewer: {
    story: 'resultviewer--open',
    part: '[data-slot="result-viewer"]',
    themes: ['light'],
    viewport: { width: 360, height: 480 },
  },
  'before-after': { story: 'beforeafter--compared', viewport: phone },
  notice: { story: 'taskfailurenotice--failure-reasons' },
  card: { story: 'taskcard--every-state-small' },
  'card-gallery': {
    story: 'taskcard--every-state',
    part: '[data-slot="task-card"][data-state="success"] >> nth=1',
    viewport: phone,
  },
  list: { story: 'tasklist--every-state' },
  'list-phone': { story: 'tasklist--every-state', themes: ['light'], viewport: phone },
  'list-forced': { story: 'tasklist--every-state', themes: ['light'], viewport: phone, forcedColors: 'active' },
  'list-arabic': { story: 'tasklist--every-state', themes: ['light'], viewport: phone, globals: { language: 'ar' } },
}

/**
 * Puts a dot for each Arabic letter: no font for them comes along, and one of the machine's own would be another
 * elsewhere. The words stay as many, and stand where they stood.
 */
const dotArabic = (page: Page) =>
  page.evaluate(() => {
    const dotted = (text: string) => text.replaceAll(/\p{Mark}/gu, '').replaceAll(/\p{Script=Arabic}/gu, '•')
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) texts.currentNode.nodeValue = dotted(texts.currentNode.nodeValue ?? '')
    for (const one of document.querySelectorAll<HTMLElement>('[data-room]')) {
      one.dataset.room = dotted(one.dataset.room ?? '')
    }
  })

async function show(page: Page, { story, globals, viewport, forcedColors }: Look, theme: string) {
  if (viewport) await page.setViewportSize(viewport)
  if (forcedColors) await page.emulateMedia({ forcedColors })
  // 41 s after the sample tasks were created.
  await page.clock.setFixedTime(Date.UTC(2026, 10, 1, 12, 0, 41))
  await openStory(page, `components-${story}`, { theme, ...globals })
  await page.addStyleTag({ content: pinnedFont })
  if (globals?.language === 'ar') await dotArabic(page)
  await page.evaluate(async () => {
    // Where the play left it.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    const faces = await Promise.all(['400 1em Pinned', '700 1em Pinned'].map((face) => document.fonts.load(face)))
    if (faces.some((found) => found.length === 0)) throw new Error('the pinned font was not found')
    // Those further down would wait until somebody scrolls there.
    for (const image of document.images) image.loading = 'eager'
    await Promise.all([...document.images].map((image) => image.decode()))
  })
}

for (const [name, look] of Object.entries(looks)) {
  for (const theme of look.themes ?? ['light', 'dark']) {
    test(`${name} looks as before in ${theme}`, async ({ page }) => {
      await show(page, look, theme)
      await expect(page.locator(look.part ?? '#storybook-root')).toHaveScreenshot(`${name}-${theme}.png`, {
        animations: 'disabled',
        // A neighbouring hue counts as another colour; rounding and anti-aliasing do not.
        threshold: 0.05,
        // Fewer than the smallest icon has.
        maxDiffPixels: 8,
        mask: [page.locator('video, audio')],
      })
    })
  }
}
