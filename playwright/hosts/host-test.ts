import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { test as base } from '../page-test.ts'
import { buildHosts, type HostFiles } from './build-hosts.ts'

export { expect } from '../page-test.ts'

const origin = 'http://hosts.test'
const media = join(import.meta.dirname, '../../packages/testing/media')
const types: Record<string, string> = { css: 'text/css', js: 'text/javascript', html: 'text/html' }

export interface HostPage {
  /** Stylesheets in the order of their links: the host's own and the kit's, which begin with `kit/`. */
  sheets: string[]
  /** Styles in the page itself, after the sheets. */
  style?: string
  /** Whether the kit's components are on the page. @default false */
  kit?: boolean
  /** Whether the page says that it is dark, in the words that hosts' own sheets understand. @default false */
  dark?: boolean
  /** Whether the host's own elements are on the page. @default true */
  ordinary?: boolean
}

/** Playwright's `test` with pages of other people: `open` shows one. */
export const test = base.extend<{ open: (host: HostPage) => Promise<void> }, { files: HostFiles }>({
  files: [async ({}, use) => use(await buildHosts()), { scope: 'worker', timeout: 120_000 }],
  open: async ({ page, files }, use) => {
    let html = ''
    await page.route(`${origin}/**`, async (route) => {
      const path = new URL(route.request().url()).pathname.slice(1)
      if (path === '') return route.fulfill({ contentType: 'text/html', body: html })
      const file = files.get(path)
      if (file !== undefined) {
        return route.fulfill({ contentType: types[path.split('.').at(-1) ?? ''] ?? '', body: Buffer.from(file) })
      }
      // The missing picture that one tile has to cope with: an answer that is no picture, which no console reports.
      if (path === 'media/gone.png') return route.fulfill({ contentType: 'image/png', body: '' })
      if (path === 'favicon.ico') return route.fulfill({ contentType: 'image/png', body: '' })
      return route.fulfill({ path: join(media, path.replace('media/', '')) })
    })
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.clock.setFixedTime(Date.UTC(2026, 10, 1, 12, 0, 42))
    await use(async ({ sheets, style = '', kit = false, dark = false, ordinary = true }) => {
      html = [
        `<!doctype html><html lang="en"${dark ? ' class="dark" data-theme="dark" data-bs-theme="dark"' : ''}>`,
        '<head><meta charset="utf-8"><title>Host</title>',
        ...sheets.map((sheet) => `<link rel="stylesheet" href="/${sheet}">`),
        `<style>${style}</style></head><body>`,
        ordinary ? String(files.get('ordinary.html')) : '',
        // What is inherited is the host's to choose; here every host chooses the same.
        kit
          ? `<div id="kit" style="${kitStyle}; ${dark ? 'background: #131318; color: #f4f4f5' : 'background: white'}"></div><div id="restyled" style="position: absolute; left: 760px; top: 0"></div><script type="module" src="/kit-page.js"></script>`
          : '',
        '</body></html>',
      ].join('\n')
      await page.goto(`${origin}/`)
      if (kit) await kitIsShown(page)
    })
  },
})

const kitStyle =
  'all: initial; position: absolute; left: 0; top: 0; display: block; box-sizing: border-box; width: 720px; padding: 8px; font: 16px Arial'

async function kitIsShown(page: Page) {
  await page.locator('[data-slot="result-gallery"]').last().waitFor()
  await page.waitForFunction(() => {
    const broken = document.querySelectorAll('#kit [data-slot="result-gallery-message"]')
    const images = [...document.querySelectorAll('#kit img')] as HTMLImageElement[]
    // Those further down would wait until somebody scrolls there, and for a moment more to be drawn.
    for (const image of images) Object.assign(image, { loading: 'eager', decoding: 'sync' })
    const players = [...document.querySelectorAll('#kit video, #kit audio')] as HTMLMediaElement[]
    return (
      images.every((image) => image.complete && image.naturalWidth > 0) &&
      players.every((player) => player.readyState >= 1) &&
      broken.length === 2
    )
  })
}

/** The computed styles of each element under `selector`, its pseudo-elements included, by its place in the tree. */
export async function stylesUnder(page: Page, selector: string): Promise<Record<string, Record<string, string>>> {
  // As one text: a hundred thousand values would take Playwright far longer one by one.
  const text = await page.evaluate((root) => {
    const all: Record<string, Record<string, string>> = {}
    const place = (element: Element): string => {
      const parent = element.parentElement
      if (!parent || element.matches(root)) return ''
      const own = `${element.localName}[${[...parent.children].indexOf(element)}]`
      const slot = element.getAttribute('data-slot')
      return `${place(parent)}/${slot ? `${own}(${slot})` : own}`
    }
    for (const element of document.querySelectorAll(`${root} *`)) {
      const own = place(element)
      for (const pseudo of ['', '::before', '::after', '::marker', '::placeholder']) {
        const computed = getComputedStyle(element, pseudo)
        if (pseudo === '::marker' && getComputedStyle(element).display !== 'list-item') continue
        if (pseudo === '::placeholder' && !element.hasAttribute('placeholder')) continue
        if (/before|after/.test(pseudo) && computed.content === 'none') continue
        all[own + pseudo] = Object.fromEntries([...computed].map((name) => [name, computed.getPropertyValue(name)]))
      }
    }
    return JSON.stringify(all)
  }, selector)
  return JSON.parse(text) as Record<string, Record<string, string>>
}

/** Which properties two pages may not differ in; the page's own variables are the page's business. */
export const isStandard = (name: string) => !name.startsWith('--')
/** All but the kit's variables: the host's own, `--tw-*` among them, may not change. */
export const isHosts = (name: string) => !/^--_?kie-/.test(name)

/** Where two readings of {@link stylesUnder} differ: one line for each element and property. */
export function styleDifferences(
  expected: Awaited<ReturnType<typeof stylesUnder>>,
  actual: Awaited<ReturnType<typeof stylesUnder>>,
  counts: (name: string) => boolean,
): string[] {
  const places = [...new Set([...Object.keys(expected), ...Object.keys(actual)])]
  return places.flatMap((place) => {
    const [before, after] = [expected[place], actual[place]]
    if (!before || !after) return [`${place}: only on one of the pages`]
    return Object.keys({ ...before, ...after })
      .filter((name) => counts(name) && before[name] !== after[name])
      .map((name) => `${place} ${name}: ${before[name]} → ${after[name]}`)
  })
}
