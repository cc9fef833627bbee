import type { Page } from '@playwright/test'
import { expect } from './page-test.ts'
import { storybook } from './storybook.ts'

/** What Storybook's channel keeps of each event: the arguments of its last emission. */
interface Channel {
  last(event: string): unknown[] | undefined
}

/**
 * Opens a story, and waits until its play function has ended and what it set in motion has come to rest. A story that
 * throws, or whose play fails, fails the test.
 */
export async function openStory(page: Page, id: string, globals: Record<string, string> = {}) {
  // The add-on's own axe run would collide with the tests' own.
  const all = ['a11y.manual:!true', ...Object.entries(globals).map((pair) => pair.join(':'))].join(';')
  await page.goto(`${storybook}/iframe.html?id=${id}&viewMode=story&globals=${all}`)
  const told = await page.waitForFunction(() => {
    const { __STORYBOOK_ADDONS_CHANNEL__: channel } = globalThis as { __STORYBOOK_ADDONS_CHANNEL__?: Channel }
    const missing = channel?.last('storyMissing')
    const [finished] = channel?.last('storyFinished') ?? []
    if (!channel || !(finished || missing)) return null
    const problems = [
      'playFunctionThrewException',
      'unhandledErrorsWhilePlaying',
      'storyThrewException',
      'storyErrored',
    ]
    return { finished, missing, problems: problems.flatMap((event) => channel.last(event) ?? []) }
  })
  expect(await told.jsonValue(), 'the story and its play function').toMatchObject({
    finished: { storyId: id, status: 'success' },
    problems: [],
  })
}
