import { openStory } from './open-story.ts'
import { expect, test } from './page-test.ts'

const phases = ['Waiting', 'In queue', 'Generating', 'Done']

test('a screen reader hears each change of a task once, from one place, however many components show it', async ({
  page,
}) => {
  // Everything that any live region of the page ever says, as it is said.
  await page.addInitScript(() => {
    const spoken: string[] = []
    Object.assign(globalThis, { spoken })
    new MutationObserver((changes) => {
      const regions = new Set(
        changes.map(({ target }) =>
          (target instanceof Element ? target : target.parentElement)?.closest('[aria-live]'),
        ),
      )
      for (const region of regions) {
        for (const said of region?.children ?? []) spoken.push(said.textContent ?? '')
      }
    }).observe(document, { subtree: true, childList: true, characterData: true })
  })
  await openStory(page, 'components-task--live')
  await expect(page.locator('[data-slot="task-status-badge"][data-state="success"]')).toBeVisible({ timeout: 30_000 })
  const spoken = () => page.evaluate(() => (globalThis as unknown as { spoken: string[] }).spoken)
  await expect.poll(async () => (await spoken()).at(-1)).toMatch(/^Done/)

  // The badge, the progress and the gallery all show the task.
  await expect(
    page.locator('#storybook-root [data-slot^="task-"], #storybook-root [data-slot^="result-"]'),
  ).not.toHaveCount(0)
  await expect(page.locator('[aria-live="polite"], [role="status"]')).toHaveCount(1)
  await expect(page.locator('[aria-live="assertive"], [role="alert"]')).toHaveCount(0)
  // A page that is slow to ask may miss a state; it never says one twice, nor a percentage, nor the time.
  const heard = (await spoken()).map((sentence) => sentence.split(':')[0])
  expect(heard).toEqual(phases.filter((phase) => heard.includes(phase)))
  expect((await spoken()).filter((sentence) => /\d/.test(sentence))).toEqual([])
})
