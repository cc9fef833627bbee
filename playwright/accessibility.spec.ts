import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { openStory } from './open-story.ts'
import { expect, test } from './page-test.ts'

const index = JSON.parse(readFileSync(join(import.meta.dirname, '../.storybook/dist/index.json'), 'utf8')) as {
  entries: Record<string, { id: string; title: string; name: string; type: string; tags?: string[] }>
}
const stories = Object.values(index.entries).filter(
  // many.spec.ts looks at those with a thousand alike elements.
  (entry) => entry.type === 'story' && entry.title.startsWith('Components/') && !entry.tags?.includes('many'),
)

async function open(page: Page, id: string) {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openStory(page, id)
}

/** What moves although the reader asked for stillness. */
const moving = (page: Page) =>
  page.evaluate(() =>
    document
      .getAnimations()
      .filter((animation) => animation.playState === 'running')
      .map((animation) => {
        const target = animation.effect instanceof KeyframeEffect ? animation.effect.target : null
        return `${target?.getAttribute('data-slot') ?? target?.localName}: ${animation.id || animation.constructor.name}`
      }),
  )

/** What sticks out of the page sideways, or holds text that is cut off with no way to read the rest. */
const lost = (page: Page) =>
  page.evaluate(() => {
    const root = document.querySelector('#storybook-root')
    const found: string[] = []
    const describe = (element: Element) =>
      `${element.getAttribute('data-slot') ?? element.localName} “${(element.textContent ?? '').trim().slice(0, 40)}”`
    const page = document.documentElement
    if (page.scrollWidth > page.clientWidth) found.push(`the page is ${page.scrollWidth} of ${page.clientWidth} wide`)
    for (const element of root?.querySelectorAll('*') ?? []) {
      const style = getComputedStyle(element)
      const { width, height, left, right } = element.getBoundingClientRect()
      if (width <= 1 || height <= 1 || style.visibility === 'hidden') continue
      const scrolls = element.closest('[tabindex="0"]') !== null
      const clips = [...climb(element)].some((one) => getComputedStyle(one).overflowX !== 'visible')
      if (!clips && (left < -1 || right > page.clientWidth + 1)) found.push(`outside of the page: ${describe(element)}`)
      const ownText = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '',
      )
      const hides = style.overflowX === 'hidden' || style.overflowX === 'clip'
      const isCut = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 2
      // Prompts and models' names may be of any length; a card shows their beginning. Rows of the list are all equally
      // high: what is said of a failure there begins the sentence that its card or notice shows in full.
      const isElsewhere =
        element.closest('[title], [data-slot$="-prompt"], [data-slot$="-model"], [data-slot="task-list-facts"]') !==
        null
      if (ownText && hides && isCut && !scrolls && !isElsewhere) found.push(`cut off: ${describe(element)}`)
    }
    return found

    function* climb(element: Element) {
      for (let one = element.parentElement; one && one !== root; one = one.parentElement) yield one
    }
  })

/** Controls that are too small to hit. Links within a sentence may be: WCAG 2.5.8 exempts them. */
const tooSmall = (page: Page) =>
  page.evaluate(() =>
    [
      ...document.querySelectorAll(
        '#storybook-root :is(button, a[href], input, select, [role="button"], [role="slider"])[class*="kie:"]',
      ),
    ]
      .map((element) => {
        const label = element.closest('label')
        const box = (label ?? element).getBoundingClientRect()
        return { element, box, inSentence: getComputedStyle(element).display === 'inline' }
      })
      .filter(({ element, box, inSentence }) => {
        const shown = element.checkVisibility({ visibilityProperty: true }) && box.width > 0
        return shown && !inSentence && (box.width < 24 || box.height < 24)
      })
      .map(
        ({ element, box }) =>
          `${element.getAttribute('data-slot') ?? element.localName} “${element.textContent?.trim()}” ${box.width}×${box.height}`,
      ),
  )

/** Presses Tab through the story. Tells which controls never get the focus, and which do not show that they have it. */
async function unreachable(page: Page): Promise<string[]> {
  const total = await page.evaluate(() => {
    const controls = document.querySelectorAll<HTMLElement>(
      '#storybook-root :is(button:enabled, a[href], input:enabled, select, textarea, video[controls], audio[controls], [tabindex="0"])',
    )
    // What lies behind an open dialog is out of reach on purpose.
    const dialog = document.querySelector('[aria-modal="true"], dialog:modal')
    const reachable = [...controls].filter(
      (element) =>
        element.checkVisibility({ visibilityProperty: true }) &&
        element.tabIndex >= 0 &&
        (dialog === null || dialog.contains(element)),
    )
    // Of a set of radio buttons, Tab reaches one.
    const perSet = reachable.filter(
      (element) => !(element instanceof HTMLInputElement && element.type === 'radio' && !element.checked),
    )
    perSet.slice(0, 25).forEach((element, position) => {
      element.dataset.tabTest = `${position} ${element.getAttribute('data-slot') ?? element.localName}`
    })
    return Math.min(25, perSet.length)
  })
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  const reached = new Set<string>()
  const unseen = new Set<string>()
  // Players take several presses each: their own controls are stops as well.
  for (let press = 0; press < total * 8 && reached.size < total; press++) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(() => {
      const element = document.activeElement
      if (!(element instanceof HTMLElement) || element.dataset.tabTest === undefined) return null
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
      const isPlayer = element instanceof HTMLMediaElement
      const isSeen = (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none' || isPlayer
      return { name: element.dataset.tabTest, isSeen }
    })
    if (!at) continue
    reached.add(at.name)
    if (!at.isSeen) unseen.add(`${at.name} does not show its focus`)
  }
  const all = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-tab-test]')].map((element) => element.dataset.tabTest ?? ''),
  )
  return [...all.filter((name) => !reached.has(name)).map((name) => `${name} is not reached`), ...unseen]
}

for (const story of stories) {
  test(`${story.title}: ${story.name} works for everybody`, async ({ page }) => {
    test.setTimeout(120_000)
    await open(page, story.id)
    expect.soft(await moving(page), 'reduced motion').toEqual([])
    expect.soft(await tooSmall(page), 'targets of 24 px').toEqual([])

    await page.setViewportSize({ width: 320, height: 800 })
    expect.soft(await lost(page), 'at 320 px').toEqual([])
    await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
    expect.soft(await lost(page), 'at 320 px, right to left').toEqual([])
    await page.setViewportSize({ width: 1100, height: 800 })
    expect.soft(await lost(page), 'right to left').toEqual([])
    await page.evaluate(() => {
      document.documentElement.removeAttribute('dir')
      document.documentElement.style.fontSize = '200%'
    })
    expect.soft(await lost(page), 'with text of 200 %').toEqual([])
    await page.evaluate(() => document.documentElement.style.removeProperty('font-size'))

    expect.soft(await unreachable(page), 'by keyboard').toEqual([])

    await page.emulateMedia({ forcedColors: 'active' })
    const { violations } = await new AxeBuilder({ page }).include('#storybook-root').analyze()
    expect
      .soft(
        violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => node.html) })),
        'axe in forced colours',
      )
      .toEqual([])
  })
}

test.describe('a screen reader is told', () => {
  test('how far each task is, in words', async ({ page }) => {
    await open(page, 'components-taskprogress--every-state')
    const gauges = page.getByRole('progressbar', { name: 'Task progress' })
    const told = await gauges.evaluateAll((all) => all.map((gauge) => gauge.getAttribute('aria-valuetext') ?? ''))
    expect(told.length).toBeGreaterThanOrEqual(9)
    for (const text of told) expect(text).not.toBe('')
    const queued = page.locator('[data-slot="task-progress"]', { hasText: 'In queue' }).getByRole('progressbar')
    await expect(queued.first()).toHaveAttribute('aria-valuetext', /In queue/)
  })

  test('which step a task has reached', async ({ page }) => {
    await open(page, 'components-taskprogress--every-state-as-steps')
    const steps = page.locator('[data-slot="task-progress"]', { hasText: 'In queue' }).getByRole('list').first()
    await expect(steps.getByRole('listitem')).toHaveCount(4)
    await expect(steps).toHaveAccessibleName('Task progress')
  })

  test('what there is to see, hear and read, and its place among the rest', async ({ page }) => {
    await open(page, 'components-resultgallery--mixed-kinds')
    const results = page.getByRole('list', { name: 'Results' })
    await expect(results).toBeVisible()
    const total = await results.getByRole('listitem').count()
    expect(total).toBeGreaterThan(4)
    await expect(results.getByRole('img', { name: new RegExp(`^Image \\d of ${total}`) }).first()).toBeAttached()
    for (const player of await results.locator('video, audio').all()) await expect(player).toHaveAccessibleName(/\S/)
    for (const action of await results.locator('button, a').all()) await expect(action).toHaveAccessibleName(/\S/)
  })

  test('the word of a badge that shows only its icon', async ({ page }) => {
    await open(page, 'components-taskstatusbadge--sizes-and-contents')
    for (const badge of await page.locator('[data-slot="task-status-badge"]').all()) {
      await expect(badge).toHaveText(/\S/)
    }
  })

  test('what each component is made of: roles, names, values and states', async ({ page }) => {
    const trees = {
      'taskfailurenotice--with-actions': `
        - text: /Failed The model had a problem of its own\\. .* No credits were charged\\./
        - button "Start again"
        - button "Edit prompt"`,
      'creditsbadge--every-state': `
        - text: Loading credits 1,204.5 credits 12 credits Running low 0 credits Used up`,
      'beforeafter--compared': `
        - img "Before"
        - img "After"
        - slider "Compare before and after": "50"`,
      'tasklist--selectable': `
        - grid "Tasks":
          - rowgroup:
            - row /A quiet harbour .* Generating 45%/:
              - gridcell /A quiet harbour/
            - row /Dunes .* In queue/:
              - gridcell /Dunes/
            - row /Rolling hills .* Waiting/ [selected]:
              - gridcell /Rolling hills/`,
      'resultgallery--selectable': `
        - list "Results":
          - listitem:
            - checkbox "Select result 1 of 4" [checked]
            - button /Image 1 of 4/:
              - img /Image 1 of 4/
            - button "Save"
            - button "Copy link"
            - link "Open"
          - listitem:
            - checkbox "Select result 2 of 4" [checked=false]`,
    }
    for (const [story, tree] of Object.entries(trees)) {
      await open(page, `components-${story}`)
      await expect(page.locator('#storybook-root'), story).toMatchAriaSnapshot(tree)
    }
  })
})

test('a reader who asks for more contrast gets second words as dark as first ones, and edges', async ({ page }) => {
  await open(page, 'components-tasklist--every-state')
  const look = () =>
    page.evaluate(() => {
      const of = (slot: string) => {
        const element = document.querySelector(`[data-slot="${slot}"]`)
        if (!element) throw new Error(`no ${slot}`)
        return getComputedStyle(element)
      }
      return { second: of('task-list-facts').color, edge: of('task-list-thumbnail').outlineColor }
    })
  const before = await look()
  expect(before.edge).toBe('rgba(0, 0, 0, 0)')
  await page.emulateMedia({ contrast: 'more' })
  const after = await look()
  expect(after.second).toBe('rgb(0, 0, 0)')
  expect(after.edge).not.toBe(before.edge)
})
