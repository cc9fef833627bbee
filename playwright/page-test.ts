import { test as base, expect } from '@playwright/test'

export { expect }

/**
 * Playwright's `test`, with one rule added: whatever a page prints to the console or throws fails the test, unless the
 * test said before that it expects it.
 */
export const test = base.extend<{ expectConsole: (pattern: RegExp) => void }>({
  expectConsole: [
    async ({ page }, use) => {
      const expected: RegExp[] = []
      const printed: string[] = []
      page.on('console', (message) => {
        if (['error', 'warning', 'assert'].includes(message.type())) {
          printed.push(`${message.type()}: ${message.text()} (${message.location().url})`)
        }
      })
      page.on('pageerror', (error) => printed.push(`uncaught: ${error.stack ?? error.message}`))
      await use((pattern) => void expected.push(pattern))
      expect(
        printed.filter((line) => !expected.some((pattern) => pattern.test(line))),
        'console output',
      ).toEqual([])
    },
    { auto: true },
  ],
})
