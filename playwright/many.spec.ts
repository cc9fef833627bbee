import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { openStory } from './open-story.ts'
import { expect, test } from './page-test.ts'

declare global {
  interface Window {
    /** The page's search: https://developer.mozilla.org/docs/Web/API/Window/find */
    find: (text: string) => boolean
  }
}

/** What keeps a thousand results and ten thousand tasks as light as a screenful of them. */

/** The pictures that the page has asked for. */
function requestsOf(page: Page): Set<string> {
  const asked = new Set<string>()
  page.on('request', (request) => {
    if (/\/kie-media\/.*\?\d+$/.test(request.url())) asked.add(request.url())
  })
  return asked
}

const tiles = (page: Page) => page.locator('[data-slot="result-gallery-tile"]')

/** How many tiles the browser has laid out and drawn; it skips the others. */
const drawn = (page: Page) =>
  tiles(page).evaluateAll(
    (all) =>
      all.filter((tile) => tile.firstElementChild?.checkVisibility({ contentVisibilityAuto: true }) ?? false).length,
  )

const scroll = (page: Page) =>
  page.evaluate(() => {
    const { scrollHeight, scrollTop } = document.documentElement
    return { height: scrollHeight, top: scrollTop }
  })

async function scrollTo(page: Page, top: number) {
  await page.evaluate((to) => window.scrollTo({ top: to, behavior: 'instant' }), top)
  // Twice a frame: the browser notices what is near, then draws it.
  await page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  )
}

test('of a thousand results those near the reader are drawn and loaded, the page keeps its height, and axe finds nothing', async ({
  page,
}) => {
  const asked = requestsOf(page)
  await openStory(page, 'components-resultgallery--thousand')
  await expect(tiles(page)).toHaveCount(1000)
  const top = await scroll(page)
  expect(top.height).toBeGreaterThan(50_000)
  await expect.poll(() => drawn(page)).toBeLessThan(100)
  expect(await drawn(page)).toBeGreaterThan(8)
  await expect.poll(() => asked.size).toBeGreaterThan(8)
  expect(asked.size, 'pictures asked for at the top').toBeLessThan(150)

  await scrollTo(page, top.height)
  const bottom = await scroll(page)
  expect(bottom.height).toBe(top.height)
  await expect(page.getByText('The last of a thousand.')).toBeInViewport()
  await expect.poll(() => drawn(page)).toBeLessThan(100)
  expect(asked.size, 'pictures asked for at both ends').toBeLessThan(300)
  // Nothing that comes in changes where the reader is.
  expect(await scroll(page)).toEqual(bottom)

  await scrollTo(page, Math.round(top.height / 2))
  const middle = await scroll(page)
  expect(middle).toEqual({ height: top.height, top: Math.round(top.height / 2) })
  await scrollTo(page, 0)
  expect(await scroll(page)).toEqual(top)

  // All tiles are alike; for a thousand of them axe needs minutes.
  await tiles(page).evaluateAll((all) => all.slice(24).forEach((tile) => tile.remove()))
  for (const theme of ['light', 'dark']) {
    await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme)
    const { violations } = await new AxeBuilder({ page }).include('#storybook-root').analyze()
    expect(violations, theme).toEqual([])
  }
})

test('the last of a thousand results is reached by keyboard and found by the page’s search', async ({ page }) => {
  await openStory(page, 'components-resultgallery--thousand')
  const last = page.getByText('The last of a thousand.')
  // Tab goes on from tiles that were never drawn into those after them.
  await tiles(page).nth(998).getByRole('link').focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(last).toBeFocused()
  await expect(last).toBeInViewport()

  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  })
  await scrollTo(page, 0)
  await expect(last).not.toBeInViewport()
  const isFound = await page.evaluate(() => window.find('last of a thousand'))
  expect(isFound).toBe(true)
  await expect(last).toBeInViewport()
})

test('of ten thousand tasks a screenful of rows exists, wherever the list is scrolled to', async ({ page }) => {
  await openStory(page, 'components-tasklist--ten-thousand')
  const list = page.getByRole('grid')
  const rows = page.locator('[data-slot="task-list-row"]')
  const height = await list.evaluate((element) => element.scrollHeight)
  expect(height).toBeGreaterThan(600_000)
  for (const part of [0, 0.5, 1, 0.25]) {
    await list.evaluate((element, to) => element.scrollTo({ top: to, behavior: 'instant' }), part * height)
    const shown = page.locator(`[data-index="${Math.min(9999, part * 10_000)}"]`)
    await expect(shown).toBeAttached()
    expect(await rows.count()).toBeLessThan(40)
    expect(Math.abs((await list.evaluate((element) => element.scrollHeight)) - height)).toBeLessThan(40)
  }
})
