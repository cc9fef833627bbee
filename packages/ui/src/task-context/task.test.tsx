import { createKieClient, fixedPolling } from '@kiekit/core'
import { KieProvider } from '@kiekit/react'
import { createFakeKie } from '@kiekit/testing'
import { act, render, screen } from '@testing-library/react'
import { type ReactNode, useState } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { takeConsoleOutput } from '../../../../vitest.dom.ts'
import { everyState, failedTask } from '../samples/sample-task.stories-support.ts'
import { Task, TaskFailureNotice, TaskProgress, TaskStatusBadge, useTask } from '../task.ts'
import { TaskStatusBadge as AnyBadge } from '../task-status-badge/task-status-badge.tsx'

const slot = (name: string) => document.querySelector(`[data-slot="${name}"]`)

describe('a task named once', () => {
  it('is shown by every part inside, which were given nothing', () => {
    render(
      <Task task={everyState.fail}>
        <TaskStatusBadge />
        <TaskProgress />
        <TaskFailureNotice />
      </Task>,
    )
    for (const name of ['task-status-badge', 'task-progress', 'task-failure-notice']) {
      expect(slot(name)).toHaveAttribute('data-state', 'fail')
    }
  })

  it('renders no element of its own', () => {
    const { container } = render(<Task task={everyState.idle}>only this</Task>)
    expect(container.innerHTML).toBe('only this')
  })

  it('gives way to a task named closer by', () => {
    render(
      <Task task={everyState.fail}>
        <AnyBadge task={everyState.success} />
        <Task task={everyState.queuing}>
          <p>
            <TaskStatusBadge />
          </p>
        </Task>
      </Task>,
    )
    expect(screen.getByText('Done')).toBeInTheDocument()
    expect(screen.getByText('In queue')).toBeInTheDocument()
    expect(screen.queryByText('Failed')).not.toBeInTheDocument()
  })

  it('is there for parts of your own', () => {
    function Model() {
      const { task } = useTask()
      return <code>{task?.model}</code>
    }
    render(
      <Task task={failedTask('credits')}>
        <Model />
      </Task>,
    )
    expect(screen.getByText('google/nano-banana')).toBeInTheDocument()
    expect(() => render(<Model />)).toThrow(/Kiekit: useTask\(\) was called outside of a <Task>/)
    takeConsoleOutput()
  })

  it('renders its parts again only when the task changes', () => {
    let renders = 0
    function Part() {
      useTask()
      renders += 1
      return null
    }
    const part = <Part />
    let again = () => {}
    function App() {
      const [count, setCount] = useState(0)
      again = () => setCount(count + 1)
      return (
        <Task task={count < 2 ? everyState.waiting : everyState.queuing}>
          {count}
          {part}
        </Task>
      )
    }
    render(<App />)
    const before = renders
    act(() => again())
    expect(screen.getByText('1')).toBeInTheDocument()
    expect(renders).toBe(before)
    act(() => again())
    expect(renders).toBeGreaterThan(before)
  })
})

describe('a task named by its id', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is followed once for all the parts inside', async () => {
    const fake = createFakeKie()
    const taskId = fake.addTask({ model: 'z-image', input: { prompt: 'x' } }, { scenario: 'image' })
    const client = createKieClient({ baseUrl: 'https://kie.test', fetch: fake.fetch })
    const app = (children: ReactNode) => (
      <KieProvider client={client} polling={fixedPolling(1000)}>
        {children}
      </KieProvider>
    )
    render(
      app(
        <Task taskId={taskId}>
          <TaskStatusBadge />
          <TaskProgress />
        </Task>,
      ),
    )
    expect(slot('task-status-badge')).toHaveAttribute('data-state', 'loading')
    await act(() => vi.advanceTimersByTimeAsync(100))
    expect(slot('task-status-badge')).toHaveAttribute('data-state', 'waiting')
    expect(fake.requests).toHaveLength(1)
    await act(() => vi.advanceTimersByTimeAsync(20_000))
    expect(slot('task-status-badge')).toHaveAttribute('data-state', 'success')
    expect(slot('task-progress')).toHaveAttribute('data-state', 'success')
  })
})
