import { readFile } from 'node:fs/promises'
import type { Download, Page } from '@playwright/test'
import { unzipSync } from 'fflate'
import { expect, type Playground, test } from './playground-test.ts'

const gallery = (page: Page) => page.locator('[data-slot="result-gallery"]')
const tiles = (page: Page) => gallery(page).locator('[data-slot="result-gallery-tile"]')
const status = (page: Page) => gallery(page).locator('[data-slot="result-gallery-save-status"]')
const button = (page: Page, name: string) => gallery(page).getByRole('button', { name, exact: true })
const downloadOf = (index: number) => (url: URL) =>
  url.pathname.endsWith('/kiekit/download') && url.searchParams.get('index') === String(index)

/** Has a task of four files made in the page, and tells what the fake serves for each. */
async function make(page: Page, { url, fake }: Playground, scenario: 'images' | 'mixed'): Promise<Buffer[]> {
  fake.play('next', scenario)
  await page.goto(url)
  await page.getByLabel('Model').selectOption('google/imagen4-fast')
  await page.getByRole('button', { name: 'Generate' }).click()
  await expect(tiles(page)).toHaveCount(4, { timeout: 30_000 })
  const links = await gallery(page).getByRole('link', { name: 'Open', includeHidden: true }).all()
  const addresses = await Promise.all(links.map((link) => link.getAttribute('href')))
  expect(new Set(addresses).size).toBe(4)
  return Promise.all(addresses.map(async (address) => Buffer.from(await (await fetch(address ?? '')).arrayBuffer())))
}

/** The files of an archive, in order. */
function unpack(archive: Uint8Array) {
  return Object.entries(unzipSync(archive)).map(([name, bytes]) => ({ name, bytes: Buffer.from(bytes) }))
}

const bytesOf = async (download: Download) => readFile(await download.path())

/**
 * Has saving write real files, through a real writable of the browser, into the folder that each origin has of its own:
 * the dialog of the system is all that is left out, because nothing can press its buttons here.
 */
async function withoutFileDialog(page: Page) {
  await page.addInitScript(() => {
    Object.assign(window, {
      showSaveFilePicker: async ({ suggestedName }: { suggestedName: string }) => {
        const folder = await navigator.storage.getDirectory()
        return folder.getFileHandle(suggestedName, { create: true })
      },
    })
  })
}

/** What lies in that folder: each file by its name, in base64. */
function writtenFiles(page: Page): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    const found: Record<string, string> = {}
    for await (const [name, handle] of await navigator.storage.getDirectory()) {
      if (!(handle instanceof FileSystemFileHandle)) continue
      const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer())
      found[name] = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    }
    return found
  })
}

test('one result is saved as it is', async ({ page, playground }) => {
  const served = await make(page, playground, 'images')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    tiles(page).nth(2).getByRole('button', { name: 'Save', exact: true }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^google-imagen4-fast-\w+-3\.(png|jpg|webp)$/)
  expect(await bytesOf(download)).toEqual(served[2])
})

test('all pictures are saved as a zip, each byte for byte', async ({ page, playground }) => {
  const served = await make(page, playground, 'images')
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Save all 4 as a zip').click()])
  expect(download.suggestedFilename()).toMatch(/\.zip$/)
  const files = unpack(await bytesOf(download))
  expect(files.map(({ name }) => name.slice(0, 3))).toEqual(['01-', '02-', '03-', '04-'])
  expect(files.map(({ bytes }) => bytes)).toEqual(served)
  await expect(status(page)).toHaveText('4 files saved.')
})

test('films and songs are written to a file as they arrive', async ({ page, playground }) => {
  await withoutFileDialog(page)
  const served = await make(page, playground, 'mixed')
  await button(page, 'Save all 4 as a zip').click()
  await expect(status(page)).toHaveText('4 files saved.')
  const [[name, archive] = ['', ''], ...others] = Object.entries(await writtenFiles(page))
  expect(others).toEqual([])
  expect(name).toMatch(/\.zip$/)
  const files = unpack(Buffer.from(archive, 'base64'))
  expect(files.map((file) => file.name.replace(/^.*\./, '')).slice(1)).toEqual(['mp4', 'mp3', 'mid'])
  expect(files.map(({ bytes }) => bytes)).toEqual(served)
})

test('a file that cannot be had is named, the others are saved, and it can be fetched later', async ({
  page,
  playground,
  expectConsole,
}) => {
  expectConsole(/502/)
  const served = await make(page, playground, 'images')
  const second = downloadOf(1)
  await page.route(second, (route) => route.fulfill({ status: 502, json: { code: 500, msg: 'Try later.' } }))
  const [archive] = await Promise.all([page.waitForEvent('download'), button(page, 'Save all 4 as a zip').click()])
  expect(unpack(await bytesOf(archive)).map(({ bytes }) => bytes)).toEqual(served.filter((_, index) => index !== 1))
  await expect(status(page)).toHaveText('3 of 4 saved. Could not be fetched: result 2.')

  await page.unroute(second)
  const [missing] = await Promise.all([page.waitForEvent('download'), button(page, 'Try again').click()])
  expect(await bytesOf(missing)).toEqual(served[1])
  await expect(status(page)).toHaveText('1 file saved.')
})

test('saving is called off with Escape in the middle, and leaves nothing behind', async ({ page, playground }) => {
  await withoutFileDialog(page)
  await make(page, playground, 'mixed')
  await page.route(downloadOf(2), () => {
    // Never answered.
  })
  await button(page, 'Save all 4 as a zip').click()
  await expect(status(page)).toHaveText('Saving 3 of 4')
  await expect(button(page, 'Cancel')).toBeFocused()
  const calledOff = page.waitForEvent('requestfailed', (request) => downloadOf(2)(new URL(request.url())))
  await page.keyboard.press('Escape')
  await calledOff
  await expect(status(page)).toHaveText('Saving cancelled. Nothing was saved.')
  await expect(button(page, 'Save all 4 as a zip')).toBeFocused()
  expect(await writtenFiles(page)).toEqual({})
})

test.describe('without saving', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] })
  const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText())

  test('a link is copied, and opened in a tab of its own', async ({ page, playground }) => {
    await make(page, playground, 'images')
    const tile = tiles(page).first()
    const link = tile.getByRole('link', { name: 'Open' })
    const address = (await link.getAttribute('href')) ?? ''
    await tile.getByRole('button', { name: 'Copy link' }).click()
    await expect(tile.getByRole('button', { name: 'Copied' })).toBeVisible()
    expect(await clipboard(page)).toBe(address)
    const [tab] = await Promise.all([page.waitForEvent('popup'), link.click()])
    await tab.waitForLoadState()
    expect(tab.url()).toBe(address)
    expect(await tab.evaluate(() => window.opener === null)).toBe(true)
  })

  test('a text is copied', async ({ page, playground }) => {
    playground.fake.play('next', 'text')
    await page.goto(playground.url)
    await page.getByRole('button', { name: 'Generate' }).click()
    await gallery(page).getByRole('button', { name: 'Copy', exact: true }).click({ timeout: 30_000 })
    await expect(gallery(page).getByRole('button', { name: 'Copied' })).toBeVisible()
    expect(await clipboard(page)).toContain('Hello from the recording.')
  })
})
