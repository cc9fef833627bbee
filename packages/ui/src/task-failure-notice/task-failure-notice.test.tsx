import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createRef } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { ar } from '../labels/ar.ts'
import { everyState, failedTask, followed, pendingTask } from '../samples/sample-task.stories-support.ts'
import { TaskFailureNotice } from './task-failure-notice.tsx'

const notice = () => document.querySelector('[data-slot="task-failure-notice"]')

describe('what it says', () => {
  it.each(['idle', 'loading', 'waiting', 'queuing', 'generating', 'success'] as const)(
    'is not there while %s',
    (state) => {
      const { container } = render(<TaskFailureNotice task={everyState[state]} />)
      expect(container).toBeEmptyDOMElement()
    },
  )

  it.each(['content-policy', 'input', 'credits', 'timeout', 'provider', 'unknown'] as const)(
    'says what to do about %s, and that it cost nothing',
    (reason) => {
      render(<TaskFailureNotice task={failedTask(reason)} />)
      expect(notice()).toHaveAttribute('data-state', 'fail')
      expect(screen.getByText(/\. (?:Reword|Check|Top up|Try again)/)).toBeInTheDocument()
      expect(screen.getByText('No credits were charged.')).toBeInTheDocument()
    },
  )

  it("repeats the model's own words as text, whatever they are", () => {
    const { container } = render(<TaskFailureNotice task={failedTask('unknown', '<img src=x onerror=alert(1)>')} />)
    expect(screen.getByText('The model said: “\u2068<img src=x onerror=alert(1)>\u2069”')).toBeInTheDocument()
    expect(container.querySelector('img')).toBeNull()
  })

  it("keeps the model's English and its full stop together in a sentence from right to left", () => {
    render(<TaskFailureNotice task={failedTask('unknown', 'Please replace it.')} labels={ar} />)
    expect(screen.getByText('قال النموذج: «\u2068Please replace it.\u2069»')).toBeInTheDocument()
  })

  it('tells what was charged, and says nothing where that is unknown', () => {
    const { rerender } = render(<TaskFailureNotice task={{ ...failedTask('timeout'), creditsConsumed: 1 }} />)
    expect(screen.getByText('1 credit charged.')).toBeInTheDocument()
    rerender(<TaskFailureNotice task={{ ...failedTask('timeout'), creditsConsumed: 14.4 }} />)
    expect(screen.getByText('14.4 credits charged.')).toBeInTheDocument()
    rerender(<TaskFailureNotice task={{ ...failedTask('timeout'), creditsConsumed: null }} />)
    expect(screen.queryByText(/charged/)).not.toBeInTheDocument()
  })
})

describe('what can be done', () => {
  it('starts a failed task again where that has a chance', async () => {
    const onRetry = vi.fn()
    const task = failedTask('provider')
    const { rerender } = render(<TaskFailureNotice task={task} onRetry={onRetry} />)
    await userEvent.click(screen.getByRole('button', { name: 'Start again' }))
    expect(onRetry).toHaveBeenCalledExactlyOnceWith(task)
    rerender(<TaskFailureNotice task={failedTask('input')} onRetry={onRetry} />)
    expect(screen.queryByRole('button')).not.toBeInTheDocument()
    rerender(<TaskFailureNotice task={task} />)
    expect(screen.queryByRole('button')).not.toBeInTheDocument()
  })

  it('goes on with a task that takes long, and never offers to pay for it again', async () => {
    const resume = vi.fn()
    render(
      <TaskFailureNotice
        task={followed({ status: 'timed-out', task: pendingTask('generating'), resume })}
        onRetry={() => {}}
      />,
    )
    await userEvent.click(screen.getByRole('button', { name: 'Keep waiting' }))
    expect(resume).toHaveBeenCalledOnce()
    expect(screen.queryByRole('button', { name: 'Start again' })).not.toBeInTheDocument()
  })

  it('has room for further actions', () => {
    render(
      <TaskFailureNotice task={everyState.fail}>
        <a href="/help">Get help</a>
      </TaskFailureNotice>,
    )
    expect(screen.getByRole('link', { name: 'Get help' })).toBeInTheDocument()
  })
})

describe('how it is taken over', () => {
  it('takes ref, classes, words and another element', () => {
    const ref = createRef<HTMLDivElement>()
    render(
      <TaskFailureNotice
        ref={ref}
        task={everyState.fail}
        className={(state) => `is-${state}`}
        classNames={{ title: 'my-title' }}
        labels={{ 'phase.fail': 'Oh no' }}
        render={<section aria-label="Problem" />}
      />,
    )
    expect(ref.current).toBe(notice())
    expect(screen.getByRole('region', { name: 'Problem' })).toHaveClass('is-fail', 'kie:root')
    expect(screen.getByText('Oh no')).toHaveClass('my-title')
  })
})
