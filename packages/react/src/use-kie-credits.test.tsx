import { renderHook } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { resetBrowser, setVisible } from '../test/browser.ts'
import { createTestApp, pass } from '../test/test-app.tsx'
import { useKieCredits } from './use-kie-credits.ts'
import { useKieTask } from './use-kie-task.ts'

beforeEach(() => {
  vi.useFakeTimers()
  return () => {
    vi.restoreAllMocks()
    resetBrowser()
    vi.useRealTimers()
  }
})

describe('useKieCredits', () => {
  it('shows what is left, and asks again when a task has finished', async () => {
    const app = createTestApp({ fake: { credits: 100 } })
    const taskId = app.addTask('image')
    const { result } = renderHook(() => ({ ...useKieCredits(), task: useKieTask(taskId) }), app)
    expect(result.current).toMatchObject({ credits: undefined, isLoading: true, error: null })
    await pass(500)
    const before = result.current.credits
    expect(before).toEqual(expect.any(Number))
    const asked = () => app.fake.requests.filter(({ path }) => path.endsWith('/chat/credit')).length
    expect(asked()).toBe(1)
    await pass(10_000)
    expect(asked()).toBe(2)
    await pass(600_000)
    expect(asked()).toBe(2)
  })

  it('tells why it cannot know', async () => {
    const app = createTestApp({ fake: { apiKey: 'right' } })
    const { result } = renderHook(() => useKieCredits(), app)
    await pass(1000)
    expect(result.current).toMatchObject({ credits: undefined, isLoading: false, error: { kind: 'auth' } })
  })

  it('asks nothing while the tab is hidden, and asks when it is shown again', async () => {
    const app = createTestApp()
    setVisible(false)
    const { result } = renderHook(() => useKieCredits(), app)
    await pass(10_000)
    expect(app.fake.requests).toEqual([])
    setVisible(true)
    await pass(100)
    expect(result.current.credits).toEqual(expect.any(Number))
    expect(app.fake.requests).toHaveLength(1)
  })

  it('asks nothing while disabled', async () => {
    const app = createTestApp()
    renderHook(() => useKieCredits({ enabled: false }), app)
    await pass(1000)
    expect(app.fake.requests).toEqual([])
  })
})
