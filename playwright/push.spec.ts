import type { FaultName } from '@kiekit/testing'
import type { Page } from '@playwright/test'
import { expect, type Playground, test as playgroundTest } from './playground-test.ts'

/** What goes over the wires around the gateway: questions of the page, and callbacks of Kie's. */
interface Wires {
  /** How often pages have asked for the state of a task. */
  questions: () => number
  /** The status that each callback was answered with so far; `null` when nobody was there. */
  callbacks: (number | null)[]
  /** Callbacks that are kept on their way. */
  held: (() => void)[]
  /** From now on callbacks are kept on their way, until they are called in `held`. */
  hold: () => void
}

const test = playgroundTest.extend<{ wires: Wires & { send: typeof fetch } }>({
  serverFlags: ['--push'],
  wires: async ({ context }, use) => {
    let questions = 0
    context.on('request', (request) => {
      if (/\/api\/v1\/jobs\/recordInfos?$/.test(new URL(request.url()).pathname)) questions += 1
    })
    const callbacks: Wires['callbacks'] = []
    const held: Wires['held'] = []
    let holds = false
    const send: typeof fetch = async (...request) => {
      if (holds) await new Promise<void>((resolve) => void held.push(resolve))
      const response = await fetch(...request).catch(() => null)
      callbacks.push(response?.status ?? null)
      return response ?? Response.error()
    }
    await use({ questions: () => questions, callbacks, held, hold: () => void (holds = true), send })
  },
  fakeOptions: async ({ wires }, use) => use({ speed: 20, fetch: wires.send }),
})

// While the server still stands: a page whose stream breaks says so on its console.
test.afterEach(({ page }) => page.close())

const badge = (page: Page) => page.locator('[data-slot="task-status-badge"]').first()

/** The event stream, once it is open. */
const openStream = (page: Page) =>
  page.waitForResponse((response) => response.url().endsWith('/kiekit/events') && response.status() === 200)

/** A task that waits at Kie, on a page that has looked at it once and hears of changes from then on. */
async function waitingTask(page: Page, playground: Playground): Promise<string> {
  const stream = openStream(page)
  await page.clock.install()
  await page.goto(playground.url)
  await stream
  return generate(page, playground)
}

async function generate(page: Page, playground: Playground, prompt = 'A lake at dawn'): Promise<string> {
  playground.fake.play('next', 'waiting')
  const before = new URL(page.url()).searchParams.get('task')
  await page.getByLabel('Prompt').fill(prompt)
  await page.getByRole('button', { name: 'Generate' }).click()
  const taskId = () => new URL(page.url()).searchParams.get('task') ?? before
  await expect.poll(taskId).not.toBe(before)
  await expect(badge(page)).toHaveAttribute('data-state', 'waiting')
  return taskId() ?? ''
}

/** The page's clock is wound on, the gateway's is not: for a second it gives the record that it has just read. */
const gatewayForgets = () => new Promise((resolve) => setTimeout(resolve, 1100))

/** A browser that has seen twenty tasks of the model, each of which took this long. */
const learned = (page: Page, model: string, ms: number) =>
  page.addInitScript(
    (observations) => localStorage.setItem('kiekit:durations:1', observations),
    JSON.stringify([[model, Array.from({ length: 20 }, () => ms)]]),
  )

/** Notes each state that the page shows from now on. */
async function noteStates(page: Page): Promise<() => Promise<string[]>> {
  await badge(page).evaluate((element) => {
    const states: string[] = []
    Object.assign(window, { states })
    new MutationObserver(() => states.push(element.getAttribute('data-state') ?? '')).observe(element, {
      attributeFilter: ['data-state'],
    })
  })
  return () => page.evaluate(() => (window as unknown as { states: string[] }).states)
}

/** Lets the task come to its end at Kie, whose callback goes the way of `fault`. */
function end(playground: Playground, taskId: string, fault?: FaultName): void {
  if (fault) playground.fake.inject(fault, { taskId })
  playground.fake.play(taskId, 'image')
}

test('a signed callback is on the page at once, which asks once and never more', async ({
  page,
  playground,
  wires,
}) => {
  const taskId = await waitingTask(page, playground)
  await page.clock.fastForward('00:25')
  expect(wires.questions(), 'questions while nothing changes').toBe(1)
  end(playground, taskId)
  await expect(badge(page)).toHaveAttribute('data-state', 'success')
  await expect(page.locator('[data-slot="result-gallery-tile"] img')).toHaveCount(1)
  expect(wires.callbacks).toEqual([200])
  await page.clock.fastForward('10:00')
  await page.evaluate(async () => void (await fetch('/')))
  expect(wires.questions()).toBe(1)
})

test('a task that takes longer than nearly all is asked for once more, and told of in the end', async ({
  page,
  playground,
  wires,
}) => {
  await learned(page, 'z-image', 8000)
  const taskId = await waitingTask(page, playground)
  // Each less than the silence after which a stream is taken for dead.
  await page.clock.fastForward('00:25')
  await expect.poll(wires.questions).toBe(2)
  await gatewayForgets()
  await page.clock.fastForward('00:20')
  await page.evaluate(async () => void (await fetch('/')))
  await expect(badge(page)).toHaveAttribute('data-state', 'waiting')
  end(playground, taskId)
  await expect(badge(page)).toHaveAttribute('data-state', 'success')
  expect(wires.questions()).toBe(2)
})

test('two tabs ask once each, and both are told', async ({ page, playground, wires, context }) => {
  const taskId = await waitingTask(page, playground)
  const second = await context.newPage()
  const asked = second.waitForResponse((response) => /\/recordInfos?(\?|$)/.test(response.url()))
  await second.goto(page.url())
  await asked
  await expect(badge(second)).toHaveAttribute('data-state', 'waiting')
  // The clock is the browser's.
  await page.clock.fastForward('00:25')
  end(playground, taskId)
  for (const tab of [page, second]) await expect(badge(tab)).toHaveAttribute('data-state', 'success')
  expect(wires.questions()).toBe(2)
})

test('a late callback is waited for, not asked for', async ({ page, playground, wires }) => {
  const taskId = await waitingTask(page, playground)
  wires.hold()
  end(playground, taskId, 'callback-late')
  await expect.poll(() => wires.held.length, 'callbacks on their way').toBe(1)
  await page.clock.fastForward('00:25')
  await expect(badge(page)).toHaveAttribute('data-state', 'waiting')
  expect(wires.questions()).toBe(1)
  for (const release of wires.held) release()
  await expect(badge(page)).toHaveAttribute('data-state', 'success')
  expect(wires.questions()).toBe(1)
})

test('a doubled callback is one change', async ({ page, playground, wires }) => {
  const taskId = await waitingTask(page, playground)
  const states = await noteStates(page)
  end(playground, taskId, 'callback-doubled')
  await expect(badge(page)).toHaveAttribute('data-state', 'success')
  await expect.poll(() => wires.callbacks).toEqual([200, 200])
  expect(await states()).toEqual(['success'])
  // Whatever the second one had set off would be through before this, on the same stream.
  // Another prompt, because the same one within a second would be a double click.
  const next = await generate(page, playground, 'A lake at dusk')
  end(playground, next)
  await expect(badge(page)).toHaveAttribute('data-state', 'success')
  expect(wires.questions(), 'one for each task').toBe(2)
})

test('a forged callback is not believed, and the task still ends by a look of the page’s own', async ({
  page,
  playground,
  wires,
}) => {
  await learned(page, 'z-image', 8000)
  const taskId = await waitingTask(page, playground)
  const states = await noteStates(page)
  end(playground, taskId, 'callback-forged')
  // The first attempt, and the three that Kie makes after it.
  await expect.poll(() => wires.callbacks).toEqual([401, 401, 401, 401])
  await expect(badge(page)).toHaveAttribute('data-state', 'waiting')
  expect(wires.questions()).toBe(1)
  await gatewayForgets()
  await page.clock.fastForward('00:25')
  await expect(badge(page)).toHaveAttribute('data-state', 'success')
  expect(await states()).toEqual(['success'])
  expect(wires.questions()).toBe(2)
})

test('without a callback a look of the page’s own ends the task', async ({ page, playground, wires }) => {
  await learned(page, 'z-image', 15_000)
  const taskId = await waitingTask(page, playground)
  end(playground, taskId, 'callback-missing')
  await page.clock.fastForward('00:10')
  await expect(badge(page)).toHaveAttribute('data-state', 'waiting')
  expect(wires.questions()).toBe(1)
  await gatewayForgets()
  await page.clock.fastForward('00:25')
  await expect(badge(page)).toHaveAttribute('data-state', 'success')
  expect(wires.callbacks).toEqual([])
  expect(wires.questions()).toBe(2)
})

test('what happens while the gateway is gone is not missed, and afterwards it pushes again', async ({
  page,
  playground,
  wires,
  expectConsole,
}) => {
  expectConsole(/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED_ENCODING/)
  const taskId = await waitingTask(page, playground)
  const states = await noteStates(page)
  await playground.kill()
  end(playground, taskId)
  await expect.poll(() => wires.callbacks, 'callbacks that found nobody').toEqual([null, null, null, null])
  await expect(badge(page)).toHaveAttribute('data-state', 'waiting')
  const stream = openStream(page)
  await playground.start()
  await page.clock.fastForward('01:10')
  await stream
  await expect(badge(page)).toHaveAttribute('data-state', 'success')
  expect(await states()).toEqual(['success'])

  const asked = wires.questions()
  end(playground, await generate(page, playground))
  await expect(badge(page)).toHaveAttribute('data-state', 'success')
  expect(wires.questions() - asked).toBe(1)
})

test('a stream that breaks in the middle goes on where it broke: nothing is missed, nothing told twice', async ({
  page,
  playground,
  wires,
  expectConsole,
}) => {
  expectConsole(/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED_ENCODING/)
  const taskId = await waitingTask(page, playground)
  const states = await noteStates(page)
  playground.wire.pull()
  end(playground, taskId)
  await expect.poll(() => wires.callbacks, 'callbacks that the gateway took').toEqual([200])
  await expect(badge(page)).toHaveAttribute('data-state', 'waiting')

  const stream = openStream(page)
  await playground.wire.plugIn()
  // The longest pause between two attempts so far, and less than the silence after which a stream is taken for dead.
  await page.clock.fastForward('00:30')
  const reopened = await stream
  expect(reopened.request().headers()).toHaveProperty('last-event-id')
  await expect(badge(page)).toHaveAttribute('data-state', 'success')
  expect(await states()).toEqual(['success'])

  const asked = wires.questions()
  // Another prompt, because the same one within a second would be a double click.
  const next = await generate(page, playground, 'A lake at dusk')
  end(playground, next)
  await expect(badge(page)).toHaveAttribute('data-state', 'success')
  expect(wires.questions() - asked).toBe(1)
  // What came over the stream, in its order.
  const told = [...playground.wire.received().matchAll(/^data: {"taskId":"(\w+)","state":"success"/gm)]
  expect(told.map(([, told]) => told)).toEqual([taskId, next])
})
