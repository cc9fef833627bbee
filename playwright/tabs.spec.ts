import type { BrowserContext, Page, Request } from '@playwright/test'
import { expect, test } from './playground-test.ts'

/**
 * The playground asks a second after the last answer, where a fake Kie answers. In this time a tab asks once, wherever
 * in the turn before it was answered.
 */
const turnMs = 1500
/** A request leaves a moment after its turn, and a tab keeps its turn a moment longer than its request. */
const settleMs = 100

const badge = (page: Page) =>
  page.getByRole('region', { name: 'Task', exact: true }).locator('[data-slot="task-status-badge"]')
const recentTasks = (page: Page) =>
  page.getByRole('region', { name: 'Recent tasks' }).locator('[data-slot="task-status-badge"]')
const isQuestionUrl = /\/jobs\/recordInfos?(\?|$)/
const isQuestion = (request: Request) => isQuestionUrl.test(request.url())

async function generate(page: Page, prompt: string): Promise<string> {
  const before = page.url()
  await page.getByLabel('Prompt').fill(prompt)
  await page.getByRole('button', { name: 'Generate' }).click()
  await expect(page).not.toHaveURL(before)
  return new URL(page.url()).searchParams.get('task') ?? ''
}

/** Counts what the tabs of a browser ask, and moves the clock, which they share and which stands still otherwise. */
function turnsOf(context: BrowserContext) {
  let asked = 0
  let answered = 0
  context.on('request', (request) => void (asked += Number(isQuestion(request))))
  context.on('requestfinished', (request) => void (answered += Number(isQuestion(request))))
  context.on('requestfailed', (request) => void (answered += Number(isQuestion(request))))

  /** When it returns, what any tab was about to ask has been asked, and answered. */
  async function settle() {
    for (const tab of context.pages()) await tab.evaluate(async () => void (await fetch('/')))
    await expect.poll(() => answered).toBe(asked)
  }

  return {
    async start() {
      await context.clock.install()
    },
    async stop(tab: Page) {
      await context.clock.pauseAt(await tab.evaluate(() => Date.now() + 5000))
      await settle()
    },
    /** Lets turns go by, in all tabs at the same moment. Gives the number of questions that were asked. */
    async pass(count: number) {
      const before = asked
      for (let turn = 0; turn < count; turn++) {
        await context.clock.fastForward(turnMs)
        await settle()
        for (const _ of ['leaves', 'ends']) {
          await context.clock.runFor(settleMs)
          await settle()
        }
      }
      return asked - before
    },
  }
}

test('two tabs on one task ask as often as one', async ({ page: one, context, playground }) => {
  test.slow()
  const turns = turnsOf(context)
  playground.fake.play('next', 'waiting')
  await turns.start()
  await one.goto(playground.url)
  const taskId = await generate(one, 'A lake at dawn')
  await expect(badge(one)).toHaveAttribute('data-state', 'waiting')
  await turns.stop(one)
  const alone = await turns.pass(4)
  expect(alone).toBe(4)

  const two = await context.newPage()
  await two.goto(one.url())
  const shown = async (tab: Page, state: string) => {
    await turns.pass(1)
    await expect(badge(tab)).toHaveAttribute('data-state', state, { timeout: 100 })
  }
  await expect(() => shown(two, 'waiting')).toPass()
  expect(await turns.pass(4)).toBe(alone)

  playground.fake.play(taskId, 'instant')
  for (const tab of [one, two]) await expect(() => shown(tab, 'success')).toPass()
  expect(await turns.pass(4), 'questions after the end').toBe(0)
})

test('a tab that is closed while it asks holds nobody up', async ({ page: one, context, playground }) => {
  playground.fake.play('next', 'waiting')
  await one.goto(playground.url)
  const taskId = await generate(one, 'A lake at dawn')
  await expect(badge(one)).toHaveAttribute('data-state', 'waiting')

  const two = await context.newPage()
  // Its questions never arrive, so the turn stays with it.
  await two.route(isQuestionUrl, () => {})
  const asking = two.waitForRequest(isQuestion)
  await two.goto(one.url())
  await asking
  const held = await two.evaluate(async () => (await navigator.locks.query()).held?.map(({ name }) => name))
  expect(held?.join()).toContain(taskId)
  playground.fake.play(taskId, 'instant')
  await two.close()
  await expect(badge(one)).toHaveAttribute('data-state', 'success', { timeout: 10_000 })
})

test('the tasks of this browser are the same in all tabs', async ({ page: one, context, playground }) => {
  await one.goto(playground.url)
  await generate(one, 'A lake')
  const two = await context.newPage()
  await two.goto(playground.url)
  await expect(recentTasks(two)).toHaveCount(1)

  await generate(two, 'Another lake')
  await expect(recentTasks(one)).toHaveCount(2)
  for (const tab of [one, two]) {
    for (const index of [0, 1]) {
      await expect(recentTasks(tab).nth(index)).toHaveAttribute('data-state', 'success', { timeout: 30_000 })
    }
  }
})
