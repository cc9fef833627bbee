import { render, screen } from '@testing-library/react'
import { createRef } from 'react'
import { describe, expect, it } from 'vitest'
import { takeConsoleOutput } from '../../../../vitest.dom.ts'
import { KieLabelsProvider } from '../labels/kie-labels-provider.tsx'
import { everyState, followed, pendingTask } from '../samples/sample-task.stories-support.ts'
import { TaskStatusBadge } from './task-status-badge.tsx'

const badge = () => document.querySelector('[data-slot="task-status-badge"]')

describe('what it says', () => {
  it.each(Object.entries(everyState))('says a word for %s and carries the state', (state, task) => {
    render(<TaskStatusBadge task={task} />)
    expect(badge()).toHaveAttribute('data-state', state)
    expect(badge()?.textContent).not.toBe('')
  })

  it('tells a running task by its own state, and counts one without a record as waiting', () => {
    const { rerender } = render(
      <TaskStatusBadge task={followed({ status: 'running', task: pendingTask('queuing') })} />,
    )
    expect(badge()).toHaveAttribute('data-state', 'queuing')
    rerender(<TaskStatusBadge task={followed({ status: 'running' })} />)
    expect(badge()).toHaveAttribute('data-state', 'waiting')
  })

  it('keeps its word for screen readers when only the icon is shown', () => {
    render(<TaskStatusBadge task={everyState.success} show="icon" />)
    expect(screen.getByText('Done')).toBeInTheDocument()
  })

  it('tells its word to the eye as well, on pointing at it, when only the icon is shown', () => {
    const { rerender } = render(<TaskStatusBadge task={everyState.success} show="icon" />)
    expect(badge()).toHaveAttribute('title', 'Done')
    rerender(<TaskStatusBadge task={everyState.success} show="icon" title="Mine" />)
    expect(badge()).toHaveAttribute('title', 'Mine')
    rerender(<TaskStatusBadge task={everyState.success} />)
    expect(badge()).not.toHaveAttribute('title')
  })

  it('takes its words from its own labels first, then from the provider', () => {
    render(
      <KieLabelsProvider labels={{ 'phase.success': 'Listo', 'phase.fail': 'Error' }}>
        <TaskStatusBadge task={everyState.success} labels={{ 'phase.success': 'Ready' }} />
        <TaskStatusBadge task={everyState.fail} />
        <TaskStatusBadge task={everyState.waiting} />
      </KieLabelsProvider>,
    )
    for (const word of ['Ready', 'Error', 'Waiting']) expect(screen.getByText(word)).toBeInTheDocument()
  })
})

describe('how it is taken over', () => {
  it('gives the ref its element and passes on other attributes', () => {
    const ref = createRef<HTMLSpanElement>()
    render(<TaskStatusBadge ref={ref} task={everyState.success} id="mine" title="hello" data-mine="1" />)
    expect(ref.current).toBe(badge())
    expect(badge()).toHaveAttribute('id', 'mine')
    expect(badge()).toHaveAttribute('data-mine', '1')
  })

  it('takes classes as text and as a function of the state, on the root and on parts', () => {
    render(
      <TaskStatusBadge
        task={everyState.generating}
        className={(state) => `is-${state}`}
        classNames={{ label: 'my-label', icon: (state) => `icon-${state}` }}
      />,
    )
    expect(badge()).toHaveClass('is-generating', 'kie:root')
    expect(document.querySelector('[data-slot="task-status-badge-label"]')).toHaveClass('my-label')
    expect(document.querySelector('[data-slot="task-status-badge-icon"]')).toHaveClass('icon-generating')
  })

  it('renders as another element, or through a function', () => {
    const { rerender } = render(<TaskStatusBadge task={everyState.success} render={<a href="/task" />} />)
    expect(screen.getByRole('link', { name: 'Done' })).toHaveAttribute('data-state', 'success')
    rerender(
      <TaskStatusBadge
        task={everyState.success}
        render={(props, { state }) => <strong {...props} data-seen={state} />}
      />,
    )
    expect(badge()?.tagName).toBe('STRONG')
    expect(badge()).toHaveAttribute('data-seen', 'success')
  })

  it('says what to do when it is given no task at all', () => {
    // @ts-expect-error neither `task` nor `taskId`
    expect(() => render(<TaskStatusBadge />)).toThrow(/Kiekit: <TaskStatusBadge> was given neither/)
    takeConsoleOutput()
  })
})
