import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, type HostPage, isHosts, isStandard, styleDifferences, stylesUnder, test } from './hosts/host-test.ts'

// Each test compares two whole pages, every computed property of every element, which takes a slow machine its time.
test.describe.configure({ timeout: 120_000 })

/**
 * Each host with the entry that the guide names for it, in the orders in which the sheets may be linked, and with the
 * properties that it sets by `!important`, which nothing can undo.
 */
const hosts: Record<string, { own: string[]; withKit: string[][]; imposes?: RegExp }> = {
  'Bootstrap 5': {
    own: ['bootstrap-5.css'],
    withKit: [
      ['bootstrap-5.css', 'kit/styles.unlayered.css'],
      ['kit/styles.unlayered.css', 'bootstrap-5.css'],
    ],
  },
  'Tailwind 3': {
    own: ['tailwind-3.css'],
    withKit: [
      ['tailwind-3.css', 'kit/styles.unlayered.css'],
      ['kit/styles.unlayered.css', 'tailwind-3.css'],
    ],
  },
  'Tailwind 4': {
    own: ['tailwind-4.css'],
    withKit: [
      ['tailwind-4-with-kit.css'],
      ['tailwind-4-naming-kiekit.css'],
      ['kit/tailwind.css', 'tailwind-4.css'],
      ['tailwind-4.css', 'kit/styles.css'],
    ],
  },
  Pico: {
    own: ['pico.css'],
    withKit: [
      ['pico.css', 'kit/styles.unlayered.css'],
      ['kit/styles.unlayered.css', 'pico.css'],
    ],
    // For readers who prefer reduced motion, it shortens every motion to a thousandth of a second.
    imposes: /^(animation|transition)-(delay|duration)$/,
  },
  'element selectors': {
    own: ['element-selectors.css'],
    withKit: [
      ['element-selectors.css', 'kit/styles.unlayered.css'],
      ['kit/styles.unlayered.css', 'element-selectors.css'],
    ],
  },
}

const screenshot = (page: Page) => page.screenshot({ fullPage: true, animations: 'disabled', caret: 'hide' })
const kitScreenshot = (page: Page) => page.locator('#kit').screenshot({ animations: 'disabled', caret: 'hide' })

/** The properties that the kit has a say in. */
const isTheKits = (imposed?: RegExp) => (name: string) => isStandard(name) && !imposed?.test(name)

test.describe('the kit looks the same', () => {
  const plain = { kit: true, ordinary: false }

  /** The kit alone, light and dark: the same for all tests of a worker. */
  const references = new Map<boolean, ReturnType<typeof withoutHost>>()
  async function withoutHost(page: Page, open: (host: HostPage) => Promise<void>, dark: boolean) {
    await open({ ...plain, dark, sheets: ['kit/styles.css'] })
    const expected = await stylesUnder(page, '#kit')
    expect(Object.keys(expected).length).toBeGreaterThan(250)
    return { expected, picture: await kitScreenshot(page) }
  }

  const cases = [
    ['in a page without any CSS', ['kit/styles.unlayered.css'], isStandard],
    ...Object.entries(hosts).flatMap(([host, { withKit, imposes }]) =>
      withKit.map((sheets) => [`beside ${host}`, sheets, isTheKits(imposes)] as const),
    ),
  ] as const
  const both = cases.flatMap((one) => [[...one, false] as const, [...one, true] as const])
  for (const [where, sheets, counts, dark] of both) {
    test(`${where}: ${sheets.join(', then ')}${dark ? ', dark' : ''}`, async ({ page, open }) => {
      const reference = references.get(dark) ?? withoutHost(page, open, dark)
      references.set(dark, reference)
      const { expected, picture } = await reference
      await open({ ...plain, dark, sheets: [...sheets] })
      expect(styleDifferences(expected, await stylesUnder(page, '#kit'), counts)).toEqual([])
      expect(picture.equals(await kitScreenshot(page)), 'same picture').toBe(true)
    })
  }

  test('in the lightbox', async ({ page, open }) => {
    // It stands in the page's body, whose font and colours it inherits: here every host chooses the same.
    const style = 'body { all: initial !important; display: block !important }'
    const look = async (sheets: string[]) => {
      await open({ ...plain, sheets, style })
      await page
        .getByRole('button', { name: /Image 1 of 7/ })
        .first()
        .click()
      // Its picture is there when it can be zoomed into.
      await expect(page.getByRole('button', { name: 'Zoom in' })).toBeEnabled()
      await expect(page.getByRole('button', { name: 'Next' })).toBeVisible()
      return stylesUnder(page, '[data-slot="result-viewer"]')
    }
    const expected = await look(['kit/styles.css'])
    expect(Object.keys(expected).length).toBeGreaterThan(30)
    for (const { withKit, imposes } of Object.values(hosts)) {
      const sheets = withKit.at(-1) ?? []
      const differences = styleDifferences(expected, await look(sheets), isTheKits(imposes))
      expect(differences, sheets.join(', then ')).toEqual([])
    }
  })

  test('also under the pointer, pressed and with the focus, where the page styles those', async ({ page, open }) => {
    const read = async (sheets: string[]) => {
      await open({ ...plain, sheets })
      const styles: Record<string, Record<string, string>> = {}
      const note = async (state: string, control: Locator) => {
        for (const [place, computed] of Object.entries(await ownStyles(control))) styles[`${place} ${state}`] = computed
      }
      for (const [name, control] of Object.entries(controlsOf(page))) {
        await control.hover({ force: true })
        await note(`${name} under the pointer`, control)
        await page.mouse.down()
        await note(`${name} pressed`, control)
        // Let go elsewhere, it was not clicked, but it has kept the focus.
        await page.mouse.move(0, 0)
        await page.mouse.up()
        await note(`${name} after it was pressed`, control)
        await page.keyboard.press('Shift')
        await control.focus()
        await note(`${name} with the keyboard’s focus`, control)
      }
      return styles
    }
    const expected = await read(['kit/styles.css'])
    expect(Object.keys(expected).length).toBeGreaterThan(30)
    for (const host of ['Bootstrap 5', 'Pico', 'element selectors']) {
      const { withKit = [], imposes } = hosts[host] ?? {}
      const differences = styleDifferences(expected, await read(withKit.at(-1) ?? []), isTheKits(imposes))
      expect(differences, host).toEqual([])
    }
  })
})

/** One of each kind of element that the kit lets people operate. */
function controlsOf(page: Page): Record<string, Locator> {
  return {
    'a button': page.getByRole('button', { name: 'Try again' }).first(),
    'a disabled button': page.getByRole('button', { name: 'Save selected' }),
    'a button with a picture': page.getByRole('button', { name: /Image 1 of 7/ }).first(),
    'a link': page.getByRole('link', { name: 'Open' }).first(),
    'a checkbox': page.getByRole('checkbox').first(),
    'a slider': page.getByRole('slider'),
    'a row': page.getByRole('row', { selected: true }),
  }
}

/** The computed styles of an element, of what is put before and after it, and of what is directly inside it. */
function ownStyles(control: Locator): Promise<Record<string, Record<string, string>>> {
  return control.evaluate((element) => {
    const read = (one: Element, pseudo?: string) => {
      const computed = getComputedStyle(one, pseudo)
      return Object.fromEntries([...computed].map((property) => [property, computed.getPropertyValue(property)]))
    }
    return {
      '': read(element),
      '::before': { content: getComputedStyle(element, '::before').content },
      '::after': { content: getComputedStyle(element, '::after').content },
      ...Object.fromEntries([...element.children].map((child, index) => [`> ${index}`, read(child)])),
    }
  })
}

test.describe('a page without the kit’s elements', () => {
  for (const [host, { own, withKit }] of Object.entries({
    ...hosts,
    'no CSS at all': { own: [], withKit: [['kit/styles.css'], ['kit/styles.unlayered.css'], ['kit/tailwind.css']] },
  })) {
    for (const sheets of withKit) {
      test(`is the same to the pixel with ${host}: ${sheets.join(', then ')}`, async ({ page, open }) => {
        await open({ sheets: own })
        const expected = await stylesUnder(page, 'body')
        const picture = await screenshot(page)

        await open({ sheets })
        expect(styleDifferences(expected, await stylesUnder(page, 'body'), isHosts)).toEqual([])
        expect(picture.equals(await screenshot(page)), 'same picture').toBe(true)
      })
    }
  }

  for (const entry of ['kit/styles.css', 'kit/styles.unlayered.css']) {
    test(`keeps the order of its own layers with ${entry} before its styles`, async ({ page, open }) => {
      // Each layer colours the paragraph; the last one wins. Tailwind's layer names are there in an order of their own.
      const style = `
        @layer utilities, base, components, theme;
        @layer theme { p { color: rgb(1, 1, 1) } }
        @layer components { p { color: rgb(2, 2, 2); background: rgb(2, 2, 2) } }
        @layer base { p { color: rgb(3, 3, 3); background: rgb(3, 3, 3); border-color: rgb(3, 3, 3) } }
        @layer utilities { p { color: red; background: red; border-color: red } }`
      await open({ sheets: [entry], style })
      expect(
        await page
          .locator('p')
          .first()
          .evaluate((element) => {
            const { color, backgroundColor, borderTopColor } = getComputedStyle(element)
            return [color, backgroundColor, borderTopColor]
          }),
      ).toEqual(['rgb(1, 1, 1)', 'rgb(2, 2, 2)', 'rgb(3, 3, 3)'])
    })
  }
})

test.describe('Tailwind 4 in the host', () => {
  for (const sheets of [['tailwind-4-with-kit.css'], ['tailwind-4-naming-kiekit.css']]) {
    test(`wins over the kit through className: ${sheets.join()}`, async ({ page, open }) => {
      await open({ sheets, kit: true, ordinary: false })
      const badge = page.getByTestId('restyled')
      await expect(badge).toHaveCSS('background-color', 'rgb(1, 2, 3)')
      await expect(badge).toHaveCSS('border-radius', '0px')
      await expect(badge).toHaveCSS('padding-left', '40px')
      await expect(badge.locator('[data-slot="task-status-badge-label"]')).toHaveCSS('text-transform', 'uppercase')
      await expect(badge.locator('[data-slot="task-status-badge-icon"]')).toHaveCSS('display', 'none')
    })
  }

  test('can be put out of order neither by the kit nor by another build of Tailwind', async ({ page, open }) => {
    // Registered names and tokens of two builds of Tailwind meet on one page; the kit has its own for all of them.
    await open({ sheets: ['tailwind-4.css', 'kit/styles.css'], kit: true, ordinary: false })
    const expected = await stylesUnder(page, '#kit')
    await open({
      sheets: ['tailwind-4.css', 'kit/styles.css'],
      style: `
        @property --tw-border-style { syntax: "*"; inherits: true; initial-value: none }
        :root { --spacing: 9rem; --color-white: lime; --text-sm: 99px; --radius-lg: 50px; --font-mono: cursive;
          --tw-border-style: none; --tw-leading: 9; --tw-duration: 9s; --animate-spin: none; --color-muted: lime }`,
      kit: true,
      ordinary: false,
    })
    expect(styleDifferences(expected, await stylesUnder(page, '#kit'), isStandard)).toEqual([])
  })
})

test.describe('a page whose rem is 10 px', () => {
  const small = 'html { font-size: 62.5% }'

  for (const entry of ['kit/styles.css', 'kit/styles.unlayered.css']) {
    test(`gets the kit in its own size by --kie-scale: ${entry}`, async ({ page, open }) => {
      await open({ sheets: [entry], kit: true, ordinary: false })
      const expected = await stylesUnder(page, '#kit')
      await open({ sheets: [entry], kit: true, ordinary: false, style: `${small} :root { --kie-scale: 1.6 }` })
      expect(styleDifferences(expected, await stylesUnder(page, '#kit'), isStandard)).toEqual([])
    })
  }

  test('still gets targets of 24 px, and texts that grow with the reader’s own size of text', async ({
    page,
    open,
  }) => {
    for (const density of [1, 0.75]) {
      const style = `${small} :root { --kie-density: ${density} }`
      await open({ sheets: ['kit/styles.css'], kit: true, ordinary: false, style })
      const sizes = await page.locator('#kit :is(button, a, [role="checkbox"])').evaluateAll((targets) =>
        targets.map((target) => {
          const { width, height } = target.getBoundingClientRect()
          return { target: target.getAttribute('data-slot'), width, height }
        }),
      )
      expect(sizes.length).toBeGreaterThan(20)
      expect(sizes.filter(({ width, height }) => width < 24 || height < 24)).toEqual([])
    }

    const sizeOfText = (style: string) =>
      open({ sheets: ['kit/styles.css'], kit: true, ordinary: false, style }).then(() =>
        page
          .locator('[data-slot="task-progress"]')
          .first()
          .evaluate((element) => parseFloat(getComputedStyle(element).fontSize)),
      )
    const before = await sizeOfText(`${small} :root { --kie-scale: 1.6 }`)
    // 62.5 % of a browser whose texts were set twice as large.
    expect(await sizeOfText('html { font-size: 125% } :root { --kie-scale: 1.6 }')).toBe(before * 2)
  })
})

test.describe('the host’s shadcn/ui tokens', () => {
  const colours = (page: Page) =>
    page.evaluate(() => {
      const read = (slot: string, property: 'backgroundColor' | 'color' | 'borderTopColor') => {
        const element = document.querySelector(`#kit [data-slot="${slot}"]`)
        return element ? getComputedStyle(element)[property] : 'not there'
      }
      return {
        indicator: read('task-progress-indicator', 'backgroundColor'),
        track: read('task-progress-track', 'backgroundColor'),
        value: read('task-progress-value', 'color'),
        label: read('task-progress-label', 'color'),
        action: read('result-gallery-action', 'backgroundColor'),
        actionText: read('result-gallery-action', 'color'),
        border: read('result-gallery-action', 'borderTopColor'),
      }
    })
  const plain = { sheets: ['kit/styles.css'], kit: true, ordinary: false }

  test('colour the kit, and the kit’s own variables come before them', async ({ page, open }) => {
    await open(plain)
    const own = await colours(page)
    const tokens = `--primary: rgb(1, 0, 0); --muted: rgb(2, 0, 0); --muted-foreground: rgb(3, 0, 0);
      --foreground: rgb(4, 0, 0); --card: rgb(5, 0, 0); --border: rgb(6, 0, 0)`
    await open({ ...plain, style: `:root { ${tokens} }` })
    expect(await colours(page)).toEqual({
      indicator: 'rgb(1, 0, 0)',
      track: 'rgb(2, 0, 0)',
      value: 'rgb(3, 0, 0)',
      label: 'rgb(4, 0, 0)',
      action: 'rgb(5, 0, 0)',
      actionText: 'rgb(4, 0, 0)',
      border: 'rgb(6, 0, 0)',
    })
    await open({ ...plain, style: `:root { ${tokens}; --kie-primary: rgb(7, 0, 0) } .dark { --primary: red }` })
    expect((await colours(page)).indicator).toBe('rgb(7, 0, 0)')
    for (const colour of Object.values(own)) expect(colour).toMatch(/^rgb/)
  })

  test('as bare channels, as shadcn/ui for Tailwind 3 has them, leave the kit readable', async ({ page, open }) => {
    await open({
      ...plain,
      style:
        ':root { --primary: 222 47% 11%; --muted: 210 40% 96%; --muted-foreground: 215 16% 47%; --border: 1 2% 3%; --card: 0 0% 100%; --card-foreground: 222 84% 5%; --foreground: 222 84% 5% }',
    })
    const seen = await colours(page)
    // Buttons and boxes lie over pictures.
    expect(seen.action).toBe('rgb(255, 255, 255)')
    expect(seen.actionText).toBe('rgb(24, 24, 27)')
    await expect(page.locator('[data-slot="result-gallery-select"]').first()).toHaveCSS('background-color', seen.action)
    for (const colour of [seen.indicator, seen.track, seen.value, seen.border]) {
      expect(colour).toMatch(/^rgb/)
      expect(colour).not.toBe('rgba(0, 0, 0, 0)')
    }
  })

  test('follow the host’s dark class', async ({ page, open }) => {
    await open(plain)
    const light = await colours(page)
    await page.evaluate(() => document.documentElement.classList.add('dark'))
    const dark = await colours(page)
    for (const part of ['indicator', 'track', 'value', 'action'] as const) expect(dark[part]).not.toBe(light[part])
  })
})

test.describe('light or dark', () => {
  const scheme = (page: Page) =>
    page
      .locator('#kit [data-slot="task-card"]')
      .first()
      .evaluate((card) => [getComputedStyle(card).colorScheme, getComputedStyle(card).backgroundColor])
  const [light, dark] = [
    ['light', 'rgb(255, 255, 255)'],
    ['dark', 'rgb(26, 26, 30)'],
  ]
  /** What stands around the kit, from the outside in: classes with their dot, else the value of `data-theme`. */
  const around: [string[], string[]][] = [
    [['.light'], light],
    [['.dark'], dark],
    [['light'], light],
    [['dark'], dark],
    [['.dark', '.light'], light],
    [['.light', '.dark'], dark],
    [['dark', 'light'], light],
    [['light', 'dark'], dark],
    [['.dark', 'light'], light],
    [['light', '.dark'], dark],
    [['.dark', '.light', '.dark'], dark],
    [['.light', '.dark', '.light'], light],
    [['dark', '.light', 'dark'], dark],
    [['.light', 'dark', 'light'], light],
  ]

  for (const entry of ['kit/styles.css', 'kit/styles.unlayered.css']) {
    test(`is what the nearest element above says: ${entry}`, async ({ page, open }) => {
      await open({ sheets: [entry], kit: true, ordinary: false })
      for (const [names, expected] of around) {
        await page.evaluate((names) => {
          const kit = document.querySelector('#kit')
          let inmost = document.body
          for (const name of names) {
            const box = document.createElement('div')
            if (name.startsWith('.')) box.className = name.slice(1)
            else box.dataset.theme = name
            inmost.append(box)
            inmost = box
          }
          if (kit) inmost.append(kit)
        }, names)
        expect(await scheme(page), names.join(' > ')).toEqual(expected)
      }
    })
  }

  test('is the system’s on a page that follows the system', async ({ page, open }) => {
    const style = ':root { color-scheme: light dark } #kit { color-scheme: inherit !important }'
    await page.emulateMedia({ colorScheme: 'dark' })
    await open({ sheets: ['kit/styles.css'], kit: true, ordinary: false, style })
    expect(await scheme(page)).toEqual(['light dark', 'rgb(26, 26, 30)'])
    await page.emulateMedia({ colorScheme: 'light' })
    expect(await scheme(page)).toEqual(['light dark', 'rgb(255, 255, 255)'])
  })

  test('is light on a page that says nothing, whatever the system', async ({ page, open }) => {
    await page.emulateMedia({ colorScheme: 'dark' })
    await open({ sheets: ['kit/styles.css'], kit: true, ordinary: false })
    expect((await scheme(page))[1]).toBe('rgb(255, 255, 255)')
  })
})

test.describe('words on what the kit paints are readable', () => {
  /** What has a background of the kit's own. */
  const surfaces = ['task-card', 'task-list', 'result-gallery-tile', 'result-gallery-skeleton', 'result-gallery-action']
  /** The host's colours in place of those that the pages of the other tests share. */
  const inherited = '#kit { background: none !important; color: inherit !important }'
  const shadcn = '--card: #222; --card-foreground: #fafafa; --foreground: #111'
  const pages = {
    'a dark page that does not say that it is dark': 'body { background: #111; color: #eee }',
    'a light page that says nothing': 'body { background: #fff; color: #111 }',
    'a dark page that says so': ':root { color-scheme: dark } body { background: #111; color: #eee }',
    'dark cards of shadcn/ui on a light page': `:root { ${shadcn} } body { background: #fff; color: #111 }`,
  }

  for (const entry of ['kit/styles.css', 'kit/styles.unlayered.css']) {
    for (const [what, style] of Object.entries(pages)) {
      test(`on ${what}: ${entry}`, async ({ page, open }) => {
        await open({ sheets: [entry], kit: true, ordinary: false, style: `${style} ${inherited}` })
        const axe = new AxeBuilder({ page }).withRules(['color-contrast'])
        for (const surface of surfaces) axe.include(`#kit [data-slot="${surface}"]`)
        const { violations, passes } = await axe.analyze()
        expect(passes.flatMap(({ nodes }) => nodes).length).toBeGreaterThan(20)
        expect(violations.flatMap(({ nodes }) => nodes.map((node) => `${node.html} ${node.failureSummary}`))).toEqual(
          [],
        )
      })
    }
  }
})

test.describe('the stylesheets themselves', () => {
  // Commas within parentheses part nothing; what is escaped is neither.
  const plain = String.raw`\\.|[^()\\]`
  const nested = [1, 2, 3].reduce((inside) => String.raw`(?:${plain}|\(${inside}*\))`, `(?:${plain})`)
  const oneSelector = new RegExp(String.raw`(?:\\.|[^,()\\]|\(${nested}*\))+`, 'g')

  const css = (name: string) => readFileSync(join(import.meta.dirname, '../packages/ui/dist', name), 'utf8')

  for (const name of ['styles.css', 'styles.unlayered.css']) {
    test(`${name} selects, registers and names nothing that is not the kit’s`, async ({ page }) => {
      const found = await page.evaluate((text) => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync(text)
        const names = {
          selectors: [] as string[],
          registered: [] as string[],
          keyframes: [] as string[],
          layers: [] as string[],
        }
        const walk = (rules: CSSRuleList) => {
          for (const rule of rules) {
            if (rule instanceof CSSStyleRule) names.selectors.push(rule.selectorText)
            else if (rule instanceof CSSPropertyRule) names.registered.push(rule.name)
            else if (rule instanceof CSSKeyframesRule) names.keyframes.push(rule.name)
            else if (rule instanceof CSSLayerBlockRule) names.layers.push(rule.name)
            else if (rule instanceof CSSLayerStatementRule) names.layers.push(...rule.nameList)
            if (rule instanceof CSSGroupingRule) walk(rule.cssRules)
          }
        }
        walk(sheet.cssRules)
        return names
      }, css(name))
      expect(found.selectors.length).toBeGreaterThan(50)
      const ours = /^(button|:is\(:where\()?\.kie\\:|^\[data-slot="result-viewer"\]/
      // The lightbox that the kit uses keeps its names, tied to the kit's viewer, but for the class that stops the page
      // from scrolling while it is open.
      const lightbox = /yarl__.*:where\(\[data-slot="result-viewer"\]|^\.yarl__no_scroll$/
      const selectors = found.selectors.flatMap((list) => list.match(oneSelector) ?? []).map((one) => one.trim())
      expect(selectors.filter((one) => !ours.test(one) && !lightbox.test(one))).toEqual([])
      expect(found.registered.filter((variable) => !/^--(_kie|kie-tw)-/.test(variable))).toEqual([])
      expect(found.keyframes.filter((keyframes) => !/^(kie-|yarl__)/.test(keyframes))).toEqual([])
      expect(found.layers).toEqual(name === 'styles.css' ? ['kiekit'] : [])
      expect(css(name)).not.toMatch(/--tw-|[^\\]:root|@import|@font-face/)
    })
  }

  test('every variable of the kit has a value to fall back to', () => {
    const text = css('styles.css')
    const withoutFallback = [...text.matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name)
    // What the kit sets on each of its roots needs none.
    const set = new Set([...text.matchAll(/[{;](--_kie-[\w-]+):/g)].map(([, name]) => name))
    expect(withoutFallback.filter((name) => name && !set.has(name) && !name.startsWith('--yarl__'))).toEqual([])
  })
})
