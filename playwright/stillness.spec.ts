import type { Page } from '@playwright/test'
import { expect, test } from './page-test.ts'
import { storybook } from './storybook.ts'

/**
 * Nothing jumps while a task runs its course. The browser itself is asked, from the first frame on, what it saw move;
 * text that stands behind or below the component must not move either.
 *
 * The clock is ours, so that a task of a minute takes seconds; frames are the browser's own.
 */
declare global {
  interface Window {
    nextFrame: () => Promise<void>
    /** Everything that moved: by how much, and from where to where. */
    moved: { score: number; what: string[] }[]
  }
}

function watch() {
  // Taken before the clock is replaced.
  const frame = requestAnimationFrame.bind(window)
  window.nextFrame = () => new Promise((done) => frame(() => frame(() => done())))
  window.moved = []

  interface LayoutShift extends PerformanceEntry {
    value: number
    sources: { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[]
  }
  const place = ({ x, y, width, height }: DOMRectReadOnly) => `${x},${y} ${width}×${height}`
  const name = (node: Node | null) =>
    node instanceof Element
      ? (node.getAttribute('data-slot') ?? node.outerHTML.slice(0, 80))
      : `“${node?.textContent}” in ${node?.parentElement?.getAttribute('data-slot')}`
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as LayoutShift[]) {
      const what = entry.sources.map(
        (one) => `${name(one.node)}: ${place(one.previousRect)} → ${place(one.currentRect)}`,
      )
      window.moved.push({ score: entry.value, what })
    }
  }).observe({ type: 'layout-shift', buffered: true })

  new MutationObserver((_, observer) => {
    const root = document.querySelector('#storybook-root')
    if (!root?.firstElementChild) return
    observer.disconnect()
    // Text beside a block would stand in a box without a node, of which the browser does not tell.
    const isInline = getComputedStyle(root.firstElementChild).display.startsWith('inline')
    if (isInline) root.append(' What stands behind.')
    const below = document.createElement('p')
    below.append('What stands below.')
    root.after(below)
  }).observe(document, { childList: true, subtree: true })
}

async function open(page: Page, story: string, args = '') {
  await page.addInitScript(watch)
  await page.clock.install()
  await page.goto(
    `${storybook}/iframe.html?id=components-${story}&args=${args}&viewMode=story&globals=a11y.manual:!true`,
  )
  await expect(page.locator('body')).toHaveClass(/sb-show-main/)
  await page.waitForFunction(() => document.querySelector('#storybook-root')?.childElementCount)
}

/** Lets time pass, a frame for each half second, until there are as many of what is looked for as expected. */
async function passUntil(page: Page, selector: string, count = 1) {
  for (let step = 0; (await page.locator(selector).count()) < count; step++) {
    expect(step, `${selector} is there in time`).toBeLessThan(200)
    await page.clock.runFor(500)
    await page.evaluate(() => window.nextFrame())
  }
}

async function expectStillness(page: Page) {
  // What was loaded is on the screen a frame later.
  await page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLImageElement | HTMLMediaElement>('img, video, audio')].every((one) =>
      one instanceof HTMLImageElement ? one.complete : one.readyState > 0 || one.error,
    ),
  )
  await page.clock.runFor(1000)
  await page.evaluate(() => window.nextFrame())
  expect(await page.evaluate(() => window.moved)).toEqual([])
}

const gallery = '[data-slot="result-gallery"][data-state="success"]'
const progress = '[data-slot="task-progress"][data-state="success"]'

const courses = [
  ['four pictures in a grid', 'resultgallery--live', '', gallery],
  ['four pictures in rows', 'resultgallery--live', 'layout:rows', gallery],
  ['four pictures in columns', 'resultgallery--live', 'layout:columns', gallery],
  ['a film', 'resultgallery--live-video', '', gallery],
  ['sounds', 'resultgallery--live-audio', '', gallery],
  ['a bar', 'taskprogress--live', '', progress],
  ['a bar with a percentage', 'taskprogress--live-with-percentage', '', progress],
  ['a ring', 'taskprogress--live-with-percentage', 'variant:ring', progress],
  ['steps', 'taskprogress--live', 'variant:steps', progress],
  [
    'a bar that keeps room for the sentence of a failure',
    'taskprogress--live-failure',
    '',
    '[data-slot="task-progress-message"]',
  ],
  ['a badge in a line of text', 'taskstatusbadge--live', '', '[data-slot="task-status-badge"][data-state="success"]'],
  [
    'a badge of a task that fails',
    'taskstatusbadge--live-failure',
    '',
    '[data-slot="task-status-badge"][data-state="fail"]',
  ],
  ['credits in a line of text', 'creditsbadge--live', '', '[data-slot="credits-badge"][data-state="enough"]'],
  ['a card', 'taskcard--live', '', '[data-slot="task-card"][data-state="success"]'],
  ['a small card', 'taskcard--live', 'layout:thumbnail', '[data-slot="task-card"][data-state="success"]'],
  ['a card of a task that fails', 'taskcard--live-failure', '', '[data-slot="task-failure-notice"]'],
  ['the parts of a task', 'task--live', '', gallery],
] as const

/** Where other lines break on a phone. */
const onPhones = [
  'four pictures in a grid',
  'a bar that keeps room for the sentence of a failure',
  'a card',
  'a small card',
  'a card of a task that fails',
]

for (const width of [1100, 360]) {
  test.describe(`at ${width} px`, () => {
    test.use({ viewport: { width, height: 1200 } })

    for (const [what, story, args, end] of courses.filter(([what]) => width > 360 || onPhones.includes(what))) {
      test(`nothing moves around ${what}`, async ({ page }) => {
        await open(page, story, args)
        await passUntil(page, end)
        await expectStillness(page)
      })
    }

    test('nothing moves in a list and below it', async ({ page }) => {
      await open(page, 'tasklist--live')
      const ended = ':is([data-state="success"], [data-state="fail"])'
      const live = ':is([data-index="0"], [data-index="1"], [data-index="2"])'
      await passUntil(page, `[data-slot="task-list-row"]${ended}${live}`, 3)
      await expectStillness(page)
    })
  })
}

test('nothing moves when a card loses its connection and finds it again', async ({ page, context }) => {
  await open(page, 'taskcard--live')
  await passUntil(page, '[data-slot="task-card"][data-state="running"]')
  await context.setOffline(true)
  await expect(page.getByText('You are offline.')).toBeVisible()
  await page.evaluate(() => window.nextFrame())
  await context.setOffline(false)
  await expect(page.getByText('You are offline.')).toBeHidden()
  await passUntil(page, gallery)
  await expectStillness(page)
})

test('nothing moves when an expired link is renewed', async ({ page }) => {
  await open(page, 'resultgallery--expired-link')
  const pictures = page.locator('img[data-slot="result-gallery-media"]')
  await expect(pictures.first()).toHaveAttribute('src', /dunes/)
  await expect(pictures).toHaveCount(2)
  await expectStillness(page)
})

test('nothing moves when files cannot be shown', async ({ page }) => {
  await open(page, 'resultgallery--broken-files')
  await passUntil(page, '[data-slot="result-gallery-message"]', 2)
  await expectStillness(page)
})
