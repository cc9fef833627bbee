import type { Scenario } from '@kiekit/testing'
import { render, screen } from '@testing-library/react'
import { Component, type ReactNode, Suspense } from 'react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { takeConsoleOutput } from '../../../vitest.dom.ts'
import { createTestApp, pass } from '../test/test-app.tsx'
import { useSuspenseKieTask } from './use-suspense-kie-task.ts'

const endless: Scenario = { steps: [{ state: 'generating', afterMs: 0 }] }

beforeEach(() => {
  vi.useFakeTimers()
  return () => {
    vi.useRealTimers()
  }
})

function Status({ taskId }: { taskId: string }) {
  return <p>{useSuspenseKieTask(taskId).status}</p>
}

class Boundary extends Component<{ children: ReactNode }> {
  override state: { error: Error | null } = { error: null }
  static getDerivedStateFromError(error: Error) {
    return { error }
  }
  override render() {
    return this.state.error ? <p>{this.state.error.message}</p> : this.props.children
  }
}

const page = (taskId: string) => (
  <Boundary>
    <Suspense fallback={<p>suspended</p>}>
      <Status taskId={taskId} />
      <Status taskId={taskId} />
    </Suspense>
  </Boundary>
)

describe('useSuspenseKieTask', () => {
  it('suspends until the first answer, then follows the task', async () => {
    const app = createTestApp()
    const taskId = app.addTask('image')
    render(page(taskId), { wrapper: app.wrapper })
    expect(screen.getByText('suspended')).toBeInTheDocument()
    await pass(500)
    expect(screen.getAllByText('running')).toHaveLength(2)
    expect(app.looks()).toBe(1)
    await pass(10_000)
    expect(screen.getAllByText('success')).toHaveLength(2)
    expect(app.looks()).toBe(7)
  })

  it('stays suspended while requests fail, and goes on by itself', async () => {
    const app = createTestApp()
    const taskId = app.addTask(endless)
    app.fake.inject('server-error', { times: 3 })
    render(page(taskId), { wrapper: app.wrapper })
    await pass(1500)
    expect(screen.getByText('suspended')).toBeInTheDocument()
    await pass(20_000)
    expect(screen.getAllByText('running')).toHaveLength(2)
  })

  it('hands a final error to the error boundary', async () => {
    const app = createTestApp({ fake: { apiKey: 'right' } })
    render(page('1'), { wrapper: app.wrapper })
    await pass(1000)
    expect(screen.getByText(/Kiekit/)).toBeInTheDocument()
    expect(app.looks()).toBe(1)
    takeConsoleOutput()
  })

  it('says what to do about an empty id', () => {
    const app = createTestApp()
    render(page(''), { wrapper: app.wrapper })
    expect(screen.getByText(/useSuspenseKieTask was given an empty task id/)).toBeInTheDocument()
    takeConsoleOutput()
  })
})
