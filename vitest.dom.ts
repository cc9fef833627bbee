import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { afterEach, beforeEach, expect, vi } from 'vitest'

configure({ reactStrictMode: true })

// A warning that React or TanStack Query prints is a defect: it fails the test that caused it.
const printed: string[] = []
// React 18 says so of what looks for a `document` to know where it is: a page that plays the server has one.
const falseAlarm = 'Warning: useLayoutEffect does nothing on the server'
beforeEach(() => {
  printed.length = 0
  for (const level of ['error', 'warn'] as const) {
    vi.spyOn(console, level).mockImplementation((...args: unknown[]) => {
      const text = args.map(String).join(' ')
      if (!text.startsWith(falseAlarm)) printed.push(text)
    })
  }
})
afterEach(() => {
  cleanup()
  expect(printed, 'unexpected console output').toEqual([])
})

/** For a test that provokes a message on purpose: returns what was printed and accepts it. */
export function takeConsoleOutput(): string[] {
  return printed.splice(0)
}
