import type { Page } from '@playwright/test'
import { apiKey, expect, test } from './playground-test.ts'

const statusBadge = '[data-slot="task-status-badge"]'

async function generate(page: Page, model: string, prompt: string) {
  await page.getByLabel('Model').selectOption(model)
  await page.getByLabel('Prompt').fill(prompt)
  await page.getByRole('button', { name: 'Generate' }).click()
  await expect(page).toHaveURL(/\?task=/)
}

const badge = (page: Page) => page.locator(statusBadge).first()
const tiles = (page: Page) => page.locator('[data-slot="result-gallery"] [data-slot="result-gallery-tile"]')
const creates = (requests: readonly { path: string }[]) =>
  requests.filter(({ path }) => path === '/api/v1/jobs/createTask').length

test('an image task is created, followed through its states, and its picture is shown', async ({
  page,
  playground,
}) => {
  playground.fake.play('next', 'waiting')
  await page.clock.install()
  await page.goto(playground.url)
  await generate(page, 'z-image', 'A lake at dawn')
  const taskId = new URL(page.url()).searchParams.get('task') ?? ''
  await expect(badge(page)).toHaveAttribute('data-state', 'waiting')
  await expect(page.locator('[data-slot="task-progress"]')).toContainText(/\d:\d\d/)
  await expect(page.getByRole('progressbar')).not.toHaveAttribute('aria-valuenow')

  for (const state of ['queuing', 'generating'] as const) {
    playground.fake.play(taskId, state)
    await expect(badge(page)).toHaveAttribute('data-state', state)
  }
  playground.fake.play(taskId, 'instant')
  await expect(badge(page)).toHaveAttribute('data-state', 'success')

  const image = tiles(page).locator('img')
  await expect(image).toHaveCount(1)
  await expect.poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBeGreaterThan(0)
  expect(creates(playground.fake.requests)).toBe(1)

  const questions = () => playground.fake.requests.filter(({ path }) => path === '/api/v1/jobs/recordInfo').length
  const asked = questions()
  await page.clock.fastForward('10:00')
  await page.evaluate(async () => void (await fetch('/')))
  expect(questions(), 'requests after the end').toBe(asked)
})

test('all four images of a task are shown', async ({ page, playground }) => {
  await page.goto(playground.url)
  await generate(page, 'google/imagen4-fast', 'Four lakes')
  const images = tiles(page).locator('img')
  await expect(images).toHaveCount(4, { timeout: 30_000 })
  for (const image of await images.all()) {
    await image.scrollIntoViewIfNeeded()
    await expect.poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBeGreaterThan(0)
  }
})

for (const [media, model] of [
  ['video', 'bytedance/seedance-2'],
  ['audio', 'ai-music-api/generate'],
] as const) {
  test(`a task that makes ${media} ends in a player with decoded ${media}`, async ({ page, playground }) => {
    await page.goto(playground.url)
    await generate(page, model, 'Slow waves')
    const player = tiles(page).locator(media).first()
    await expect(player).toBeAttached({ timeout: 30_000 })
    await player.evaluate((element: HTMLMediaElement) => {
      element.muted = true
      return element.play()
    })
    await expect
      .poll(() => player.evaluate((element: HTMLMediaElement) => element.readyState))
      .toBeGreaterThanOrEqual(2)
    await expect.poll(() => player.evaluate((element: HTMLMediaElement) => element.currentTime)).toBeGreaterThan(0)
  })
}

test('a reload in the middle takes the same task up again and pays once', async ({ page, playground }) => {
  await page.goto(playground.url)
  await generate(page, 'z-image', 'A lake #slow')
  await expect(badge(page)).toHaveAttribute('data-state', /waiting|queuing|generating/)
  await page.reload()
  await expect(badge(page)).toHaveAttribute('data-state', 'success', { timeout: 30_000 })
  await expect(tiles(page)).toHaveCount(1)
  expect(creates(playground.fake.requests)).toBe(1)
})

test('a finished task is still there after a reload', async ({ page, playground }) => {
  await page.goto(playground.url)
  await generate(page, 'z-image', 'A lake')
  await expect(badge(page)).toHaveAttribute('data-state', 'success', { timeout: 30_000 })
  await page.reload()
  await expect(badge(page)).toHaveAttribute('data-state', 'success')
})

test('a failing task says why, and the next one can be made', async ({ page, playground }) => {
  await page.goto(playground.url)
  await generate(page, 'z-image', 'Something refused #fail')
  await expect(badge(page)).toHaveAttribute('data-state', 'fail', { timeout: 30_000 })
  await expect(page.getByRole('region', { name: 'Task', exact: true })).toContainText(/content|rephrase|prompt/i)
  await generate(page, 'z-image', 'A lake')
  await expect(badge(page)).toHaveAttribute('data-state', 'success', { timeout: 30_000 })
})

test('a gateway that is killed and started again loses nothing', async ({ page, playground, expectConsole }) => {
  expectConsole(/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED_ENCODING/)
  await page.goto(playground.url)
  await generate(page, 'z-image', 'A lake #slow')
  await expect(badge(page)).toHaveAttribute('data-state', /waiting|queuing|generating/)
  await playground.kill()
  await expect(page.getByText(/reconnecting/i).first()).toBeVisible({ timeout: 30_000 })
  await playground.start()
  await expect(badge(page)).toHaveAttribute('data-state', 'success', { timeout: 60_000 })
  await expect(tiles(page)).toHaveCount(1)
  expect(creates(playground.fake.requests)).toBe(1)
})

test('an unknown task in the address is said to be unknown', async ({ page, playground, expectConsole }) => {
  expectConsole(/404/)
  await page.goto(`${playground.url}?task=0000deadbeef0000deadbeef0000dead`)
  await expect(page.getByRole('region', { name: 'Task', exact: true })).toContainText(
    /not found|does not know|no task/i,
  )
  await generate(page, 'z-image', 'A lake')
  await expect(badge(page)).toHaveAttribute('data-state', 'success', { timeout: 30_000 })
})

test.describe('with a wrong key', () => {
  test.use({ fakeOptions: { speed: 20, apiKey: 'another-key' } })
  test('creating says that the key is refused, and never shows it', async ({ page, playground, expectConsole }) => {
    expectConsole(/40[13]|50[02]/)
    await page.goto(playground.url)
    await page.getByRole('button', { name: 'Generate' }).click()
    await expect(page.getByRole('alert')).toContainText(/key/i)
    await expect(page.getByRole('alert')).not.toContainText(apiKey)
    await expect(page.getByRole('button', { name: 'Generate' })).toBeEnabled()
  })
})

test.describe('without credits', () => {
  test.use({ fakeOptions: { speed: 20, credits: 0 } })
  test('creating says that credits are missing', async ({ page, playground, expectConsole }) => {
    expectConsole(/402/)
    await page.goto(playground.url)
    await page.getByRole('button', { name: 'Generate' }).click()
    await expect(page.getByRole('alert')).toContainText(/credit/i)
  })
})

test('HTML instead of JSON is an ordinary hiccup while following', async ({ page, playground, expectConsole }) => {
  expectConsole(/50[0-9]/)
  await page.goto(playground.url)
  await generate(page, 'z-image', 'A lake #slow')
  playground.fake.inject('html-error', { times: 2 })
  await expect(badge(page)).toHaveAttribute('data-state', 'success', { timeout: 45_000 })
})

test('without a network the page says so, and goes on when it is back', async ({ page, playground, expectConsole }) => {
  expectConsole(/ERR_INTERNET_DISCONNECTED/)
  await page.goto(playground.url)
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Generate' }).click()
  await expect(page.getByRole('alert')).toContainText(/network|connection|reach/i)
  await page.context().setOffline(false)
  await generate(page, 'z-image', 'A lake #slow')
  // The network goes once something is known of the task; it stays on the page.
  await expect(badge(page)).toHaveAttribute('data-state', /waiting|queuing|generating/)
  await page.context().setOffline(true)
  await expect(page.getByText(/offline/i).first()).toBeVisible()
  await expect(badge(page)).toHaveAttribute('data-state', /waiting|queuing|generating/)
  await page.context().setOffline(false)
  await expect(badge(page)).toHaveAttribute('data-state', 'success', { timeout: 30_000 })
})
