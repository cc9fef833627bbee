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

/** The story, and the viewer, which stands in the page's body. */
const shown = '#storybook-root, [data-slot="result-viewer"]'

/** What sticks out of the page sideways, or is cut off, by itself or by what is around it, with no way to see the rest. */
const lost = (page: Page) =>
  page.evaluate((shown) => {
    const found: string[] = []
    const describe = (element: Element) =>
      `${element.getAttribute('data-slot') ?? element.localName} “${(element.textContent ?? '').trim().slice(0, 40)}”`
    const page = document.documentElement
    if (page.scrollWidth > page.clientWidth) found.push(`the page is ${page.scrollWidth} of ${page.clientWidth} wide`)
    const elements = [...document.querySelectorAll(shown)].flatMap((root) => [...root.querySelectorAll('*')])
    for (const element of elements) {
      const style = getComputedStyle(element)
      const { width, height, left, right } = element.getBoundingClientRect()
      if (width <= 1 || height <= 1 || style.visibility === 'hidden') continue
      const scrolls = element.closest('[tabindex="0"]') !== null
      const clips = [...climb(element)].some((one) => getComputedStyle(one).overflowX !== 'visible')
      if (!clips && (left < -1 || right > page.clientWidth + 1)) found.push(`outside of the page: ${describe(element)}`)
      const texts = [...element.childNodes].filter(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '',
      )
      const hides = style.overflowX === 'hidden' || style.overflowX === 'clip'
      const isCut = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 2
      // Prompts and models' names may be of any length; a card shows their beginning. Rows of the list are all equally
      // high: what is said of a failure there begins the sentence that its card or notice shows in full.
      const isElsewhere =
        element.closest('[title], [data-slot$="-prompt"], [data-slot$="-model"], [data-slot="task-list-facts"]') !==
        null
      if (texts.length > 0 && hides && isCut && !scrolls && !isElsewhere) found.push(`cut off: ${describe(element)}`)
      const isControl = element.matches('button, a[href], input, audio[controls], video[controls]')
      // The viewer shows one of its pictures at a time.
      if ((isElsewhere && !isControl) || element.closest('.yarl__carousel, .yarl__thumbnails')) continue
      const own = element.getBoundingClientRect()
      const lines = texts.flatMap(linesOf)
      const boxes = isControl ? [own] : style.overflowX === 'visible' ? lines : lines.map((line) => within(line, own))
      const around = [...climb(element)]
      const scroller = around.findIndex((one) => /auto|scroll/.test(getComputedStyle(one).overflow))
      const by = around
        .slice(0, scroller < 0 ? undefined : scroller)
        .find((one) => boxes.some((box) => isCutBy(one, box)))
      if (by) found.push(`cut off by ${by.getAttribute('data-slot') ?? by.className}: ${describe(element)}`)
    }
    return [...new Set(found)]

    function* climb(element: Element) {
      for (let one = element.parentElement; one && !one.matches(shown); one = one.parentElement) yield one
    }
    function linesOf(text: Node) {
      const range = document.createRange()
      range.selectNodeContents(text)
      // Letters are lower than their lines.
      return [...range.getClientRects()].map(({ left, right, top, bottom, height }) => {
        return { left, right, top: top + height / 4, bottom: bottom - height / 4 }
      })
    }
    type Box = Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>
    function within(box: Box, around: Box): Box {
      return {
        left: Math.max(box.left, around.left),
        right: Math.min(box.right, around.right),
        top: Math.max(box.top, around.top),
        bottom: Math.min(box.bottom, around.bottom),
      }
    }
    function isCutBy(around: Element, box: Box) {
      const { overflowX, overflowY } = getComputedStyle(around)
      const edge = around.getBoundingClientRect()
      const isWide = box.left < edge.left - 1 || box.right > edge.right + 1
      const isHigh = box.top < edge.top - 1 || box.bottom > edge.bottom + 1
      return (isWide && overflowX !== 'visible') || (isHigh && overflowY !== 'visible')
    }
  }, shown)

/** Controls that are too small to hit. Links within a sentence may be: WCAG 2.5.8 exempts them. */
const tooSmall = (page: Page) =>
  page.evaluate(() =>
    [
      ...document.querySelectorAll(
        '#storybook-root :is(button, a[href], input, select, [role="button"], [role="slider"])[class*="kie:"], [data-slot="result-viewer"] button',
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

/** Controls that are partly covered by another. One may stand on a larger one as a whole, as buttons do on a picture. */
const covered = (page: Page) =>
  page.evaluate((shown) => {
    const found: string[] = []
    const controls = [...document.querySelectorAll(shown)]
      .flatMap((root) => [...root.querySelectorAll('button, a[href], input, select')])
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
    const describe = (element: Element) =>
      element.getAttribute('aria-label') ?? (element.textContent?.trim() || element.getAttribute('data-slot'))
    for (const control of controls) {
      control.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' })
      const { left, right, top, bottom, width, height } = control.getBoundingClientRect()
      const [x, y] = [left + width / 2, top + height / 2]
      const points = [
        [x, y],
        [left + 2, y],
        [right - 2, y],
        [x, top + 2],
        [x, bottom - 2],
      ] as const
      for (const [x, y] of points) {
        const other = document.elementFromPoint(x, y)?.closest('button, a[href], input, select')
        if (!other || other === control) continue
        const box = other.getBoundingClientRect()
        const isOnIt = box.left > left && box.right < right && box.top > top && box.bottom < bottom
        if (!isOnIt) found.push(`“${describe(control)}” is covered by “${describe(other)}”`)
      }
    }
    window.scrollTo(0, 0)
    return [...new Set(found)]
  }, shown)

/** Presses Tab through the story. Tells which controls never get the focus. */
async function unreachable(page: Page): Promise<string[]> {
  const total = await page.evaluate((shown) => {
    const controls = [...document.querySelectorAll(shown)].flatMap((root) => [
      ...root.querySelectorAll<HTMLElement>(
        'button:enabled, a[href], input:enabled, select, textarea, video[controls], audio[controls], [tabindex="0"]',
      ),
    ])
    // What lies behind an open dialog is out of reach on purpose.
    const dialog = document.querySelector('[aria-modal="true"], dialog:modal')
    const reachable = controls.filter(
      (element) =>
        element.checkVisibility({ visibilityProperty: true }) &&
        element.closest('[inert]') === null &&
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
  }, shown)
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  const reached = new Set<string>()
  // Players take several presses each: their own controls are stops as well.
  for (let press = 0; press < total * 8 && reached.size < total; press++) {
    await page.keyboard.press('Tab')
    const name = await page.evaluate(() => {
      const element = document.activeElement
      return element instanceof HTMLElement ? element.dataset.tabTest : undefined
    })
    if (name !== undefined) reached.add(name)
  }
  const all = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-tab-test]')].map((element) => element.dataset.tabTest ?? ''),
  )
  return all.filter((name) => !reached.has(name))
}

/**
 * Gives the keyboard's focus to two controls of each kind. Tells which of them do not show it: by a line that is as long
 * as their shorter side, in a contrast of 3:1 to what is there without the focus. The browser's players are its own.
 */
async function unseen(page: Page): Promise<string[]> {
  // What comes with the focus would pass for a ring.
  const steady = await page.addStyleTag({ content: '[data-slot$="-actions"] { opacity: 1 !important }' })
  await page.mouse.move(0, 0)
  const controls = page.locator(shown).locator('button:enabled, a[href], input:enabled, [tabindex="0"]')
  const seen = new Map<string, number>()
  const found: string[] = []
  // Elements, not places among them: a list moves its one tab stop.
  for (const control of await controls.elementHandles()) {
    const name = await control.evaluate((node) =>
      node instanceof HTMLElement && node.closest('[inert]') === null ? (node.dataset.slot ?? node.className) : null,
    )
    if (name === null || !(await control.isVisible())) continue
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    if (times > 2) continue
    // The browser takes a script's focus for the keyboard's after a key.
    await page.keyboard.press('Shift')
    await control.evaluate((node) => {
      if (!(node instanceof HTMLElement)) return
      node.scrollIntoView({ block: 'center', behavior: 'instant' })
      node.focus({ preventScroll: true })
    })
    const box = await control.boundingBox()
    const size = page.viewportSize()
    if (!box || !size) continue
    const [x, y] = [Math.max(0, box.x - 8), Math.max(0, box.y - 8)]
    const clip = {
      x,
      y,
      width: Math.min(size.width, box.x + box.width + 8) - x,
      height: Math.min(size.height, box.y + box.height + 8) - y,
    }
    const focused = await page.screenshot({ clip, caret: 'hide' })
    await control.evaluate((node) => node instanceof HTMLElement && node.blur())
    const changed = await contrasting(page, focused, await page.screenshot({ clip, caret: 'hide' }))
    if (changed < Math.min(box.width, box.height)) found.push(`${name}: ${changed} pixels`)
  }
  await steady.evaluate((style) => style.parentNode?.removeChild(style))
  return found
}

/** How many pixels of two pictures are in a contrast of at least 3:1 to each other. */
function contrasting(page: Page, one: Buffer, other: Buffer): Promise<number> {
  return page.evaluate(
    async (pictures) => {
      const luminances = await Promise.all(
        pictures.map(async (base64) => {
          const image = new Image()
          image.src = `data:image/png;base64,${base64}`
          await image.decode()
          const context = new OffscreenCanvas(image.width, image.height).getContext('2d')
          if (!context) throw new Error('There is no canvas.')
          context.drawImage(image, 0, 0)
          const { data } = context.getImageData(0, 0, image.width, image.height)
          const linear = (at: number) => ((data[at] ?? 0) / 255) ** 2.2
          return Array.from({ length: data.length / 4 }, (_, index) => {
            return 0.2126 * linear(index * 4) + 0.7152 * linear(index * 4 + 1) + 0.0722 * linear(index * 4 + 2) + 0.05
          })
        }),
      )
      const [first = [], second = []] = luminances
      return first.filter((value, index) => {
        const ratio = value / (second[index] ?? value)
        return ratio >= 3 || ratio <= 1 / 3
      }).length
    },
    [one.toString('base64'), other.toString('base64')],
  )
}

for (const story of stories) {
  test(`${story.title}: ${story.name} works for everybody`, async ({ page }) => {
    test.setTimeout(120_000)
    await open(page, story.id)
    expect.soft(await moving(page), 'reduced motion').toEqual([])
    expect.soft(await tooSmall(page), 'targets of 24 px').toEqual([])
    expect.soft(await covered(page), 'targets of their own').toEqual([])

    await page.setViewportSize({ width: 320, height: 800 })
    expect.soft(await lost(page), 'at 320 px').toEqual([])
    expect.soft(await tooSmall(page), 'targets of 24 px at 320 px').toEqual([])
    expect.soft(await covered(page), 'targets of their own at 320 px').toEqual([])
    await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
    expect.soft(await lost(page), 'at 320 px, right to left').toEqual([])
    await page.setViewportSize({ width: 1100, height: 800 })
    expect.soft(await lost(page), 'right to left').toEqual([])
    await page.evaluate(() => document.documentElement.removeAttribute('dir'))
    // Some stories are of this size already.
    if (!story.tags?.includes('large-text')) {
      await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
      expect.soft(await lost(page), 'with text of 200 %').toEqual([])
      await page.setViewportSize({ width: 360, height: 800 })
      expect.soft(await lost(page), 'with text of 200 % at 360 px').toEqual([])
      await page.setViewportSize({ width: 1100, height: 800 })
      await page.evaluate(() => document.documentElement.style.removeProperty('font-size'))
    }

    expect.soft(await unreachable(page), 'not reached by keyboard').toEqual([])
    expect.soft(await unseen(page), 'focus not shown').toEqual([])

    await page.emulateMedia({ forcedColors: 'active' })
    expect.soft(await unseen(page), 'focus not shown in forced colours').toEqual([])
    const axe = new AxeBuilder({ page }).include('#storybook-root').include('[data-slot="result-viewer"]')
    const { violations } = await axe.analyze()
    expect
      .soft(
        violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => node.html) })),
        'axe in forced colours',
      )
      .toEqual([])
  })
}

test.describe('on a phone nothing is lost in', () => {
  test.use({ viewport: { width: 320, height: 800 } })

  // Play functions look for English words.
  const unplayed = stories.filter(({ tags }) => !tags?.includes('play-fn'))
  for (const [language, name] of Object.entries({ es: 'Spanish', zh: 'Chinese', ar: 'Arabic' })) {
    test(name, async ({ page }) => {
      await page.emulateMedia({ reducedMotion: 'reduce' })
      for (const story of unplayed) {
        await openStory(page, story.id, { language })
        await expect(page.locator('html')).toHaveAttribute('dir', language === 'ar' ? 'rtl' : 'ltr')
        expect.soft(await lost(page), story.id).toEqual([])
        expect.soft(await tooSmall(page), story.id).toEqual([])
        expect.soft(await covered(page), story.id).toEqual([])
      }
    })
  }
})

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
      'taskcard--with-actions': `
        - article "A quiet harbour at dawn, long exposure":
          - text: A quiet harbour at dawn, long exposure google/nano-banana Done
          - list "Results":
            - listitem:
              - button /^Image 1 of 1/:
                - img /^Image 1 of 1/
              - button "Copy link"
              - link "Open"
          - text: took 1:05 · 4 credits
          - button "Use as input"
          - button "Remove"`,
      'taskstatusbadge--every-state': `
        - text: Not started Loading Waiting In queue Generating Done Failed Taking longer Not available`,
      'taskprogress--every-state': `
        - text: Not started
        - progressbar "Task progress"
        - text: Loading
        - progressbar "Task progress"
        - text: /Waiting [\\d:]+/
        - progressbar "Task progress"
        - text: /In queue [\\d:]+/
        - progressbar "Task progress"
        - text: /Generating [\\d:]+/
        - progressbar "Task progress"
        - text: Done
        - progressbar "Task progress"
        - text: Failed
        - progressbar "Task progress"
        - text: /^The content filter refused this request.* Taking longer/
        - progressbar "Task progress"
        - text: /^This takes longer than expected/
        - button "Keep waiting"
        - text: Not available
        - progressbar "Task progress"
        - text: /^This task was not found/
        - button "Try again"`,
      'taskprogress--every-state-as-steps': `
        - text: Not started
        - list "Task progress":
          - listitem: Waiting
          - listitem: In queue
          - listitem: Generating
          - listitem: Done`,
      'creditsbadge--every-state': `
        - text: Loading credits 1,204.5 credits 12 credits Running low 0 credits Used up Balance unknown`,
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
    await open(page, 'components-resultviewer--open')
    await expect(page.locator('[data-slot="result-viewer"]')).toMatchAriaSnapshot(`
      - dialog "Results, large":
        - region "Results, large":
          - group "1 of 3":
            - img /^Image 1 of 4/
          - group "2 of 3"
          - group "3 of 3":
            - img /^Image 4 of 4/
        - button "Zoom in"
        - button "Zoom out" [disabled]
        - button "Close"
        - button "Previous" [disabled]
        - button "Next"
        - navigation "All results":
          - button "1 of 3"
          - button "2 of 3"
          - button "3 of 3"`)
  })
})

test('what is denser or airier has other gaps and paddings, the same texts, and targets of 24 px', async ({ page }) => {
  await open(page, 'components-taskcard--with-actions')
  const look = () =>
    page.locator('[data-slot="task-card"]').evaluate((card) => {
      const action = card.querySelector('[data-slot="result-gallery-action"]')
      const prompt = card.querySelector('[data-slot="task-card-prompt"]')
      if (!action || !prompt) throw new Error('The card has no actions or no prompt.')
      const { padding, rowGap } = getComputedStyle(card)
      return {
        padding: parseFloat(padding),
        gap: parseFloat(rowGap),
        action: action.getBoundingClientRect().width,
        text: getComputedStyle(prompt).fontSize,
      }
    })
  const usual = await look()
  for (const density of [0.75, 1.5]) {
    await page.evaluate((value) => document.documentElement.style.setProperty('--kie-density', `${value}`), density)
    expect(await look()).toEqual({
      padding: usual.padding * density,
      gap: usual.gap * density,
      action: usual.action * density,
      text: usual.text,
    })
    expect(await tooSmall(page)).toEqual([])
  }
  // Not more than that: smaller targets would be hard to hit.
  await page.evaluate(() => document.documentElement.style.setProperty('--kie-density', '0.1'))
  expect((await look()).padding).toBe(usual.padding * 0.75)
  expect(await tooSmall(page)).toEqual([])
})

test.describe('a reader who asks for more contrast', () => {
  const mains = [
    'taskstatusbadge--every-state',
    'taskprogress--every-state',
    'taskprogress--every-state-as-steps',
    'taskcard--every-state',
    'tasklist--every-state',
    'taskfailurenotice--failure-reasons',
    'resultgallery--selected-by-the-app',
    'creditsbadge--every-state',
  ]
  for (const theme of ['light', 'dark']) {
    test(`reads all words at 7:1, in ${theme}`, async ({ page }) => {
      await page.emulateMedia({ reducedMotion: 'reduce', contrast: 'more' })
      for (const story of mains) {
        await openStory(page, `components-${story}`, { theme })
        const axe = new AxeBuilder({ page }).include('#storybook-root').withRules(['color-contrast-enhanced'])
        const { violations } = await axe.analyze()
        const found = violations.flatMap(({ nodes }) => nodes.map((node) => `${node.html} ${node.failureSummary}`))
        expect.soft(found, story).toEqual([])
      }
    })

    test(`sees all edges at 3:1, in ${theme}`, async ({ page }) => {
      await page.emulateMedia({ reducedMotion: 'reduce', contrast: 'more' })
      const edges = {
        'taskcard--with-actions': { 'task-card': 'border', 'result-gallery-action': 'border' },
        'tasklist--every-state': {
          'task-list': 'border',
          'task-list-thumbnail': 'outline',
          'task-list-action': 'border',
        },
        'taskprogress--every-state': { 'task-progress-track': 'outline' },
        'resultgallery--waiting': { 'result-gallery-skeleton': 'outline' },
        'resultgallery--no-files': { 'result-gallery-message': 'border' },
        'taskfailurenotice--failure-reasons': { 'task-failure-notice': 'border' },
      }
      for (const [story, parts] of Object.entries(edges)) {
        await openStory(page, `components-${story}`, { theme })
        for (const [slot, edge] of Object.entries(parts)) {
          const ratio = await page
            .locator(`[data-slot="${slot}"]`)
            .first()
            .evaluate((element, edge) => {
              const style = getComputedStyle(element)
              const colour = edge === 'border' ? style.borderTopColor : style.outlineColor
              // As painted: over the page's background.
              const [line = 0, ground = 0] = ['transparent', colour].map((over) => {
                const context = new OffscreenCanvas(1, 1).getContext('2d')
                if (!context) throw new Error('There is no canvas.')
                for (const fill of [getComputedStyle(document.body).backgroundColor, over]) {
                  context.fillStyle = fill
                  context.fillRect(0, 0, 1, 1)
                }
                const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data
                const [r, g, b] = [red, green, blue].map((value) => (value / 255) ** 2.2)
                return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0) + 0.05
              })
              return Math.max(line, ground) / Math.min(line, ground)
            }, edge)
          expect.soft(ratio, `${story}: ${slot}`).toBeGreaterThanOrEqual(3)
        }
      }
    })
  }
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
