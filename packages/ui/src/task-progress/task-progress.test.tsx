import { createDurationStats, createKieClient, KieError } from '@kiekit/core'
import { KieProvider } from '@kiekit/react'
import { act, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { en } from '../labels/en.ts'
import {
  createdAt,
  errorTask,
  everyState,
  failedTask,
  followed,
  pendingTask,
  succeededTask,
} from '../samples/sample-task.stories-support.ts'
import { TaskProgress } from './task-progress.tsx'

const bar = () => screen.getByRole('progressbar', { name: 'Task progress' })
const label = '[data-slot="task-progress-label"]'
const indicator = () => document.querySelector('[data-slot="task-progress-indicator"]')
const value = () => document.querySelector('[data-slot="task-progress-value"]')?.textContent

/** An app that has seen tasks of the samples' model end, after a minute each. */
function Learned({ children }: { children: ReactNode }) {
  const durations = createDurationStats()
  for (let count = 0; count < 5; count++) durations.observe(pendingTask('generating').model, 60_000)
  return (
    <KieProvider client={createKieClient({ baseUrl: 'https://app.test' })} durations={durations}>
      {children}
    </KieProvider>
  )
}

describe('how far a task is', () => {
  it('moves without a number for a model that nothing was learned about', () => {
    render(<TaskProgress task={pendingTask('generating')} />)
    expect(bar()).not.toHaveAttribute('aria-valuenow')
    expect(bar()).toHaveAttribute('aria-valuetext', 'Generating')
  })

  it('shows no percentage that Kie did not report, and marks what it works out as a guess', () => {
    render(<TaskProgress task={pendingTask('generating')} />, { wrapper: Learned })
    expect(document.body.textContent).not.toContain('%')
    expect(value()).toMatch(/about .* left/)
    expect(bar()).toHaveAttribute('aria-valuetext', expect.stringMatching(/^Generating, about \d+%$/))
  })

  it('moves without a number while nothing at all is known', () => {
    render(<TaskProgress task={followed({ status: 'loading' })} />)
    expect(bar()).not.toHaveAttribute('aria-valuenow')
    expect(bar()).toHaveAttribute('aria-valuetext', 'Loading')
    expect(value()).toBe('')
  })

  it('shows the percentage that Kie reports', () => {
    render(<TaskProgress task={pendingTask('generating', 0.45)} />)
    expect(bar()).toHaveAttribute('aria-valuenow', '45')
    expect(bar()).toHaveAttribute('aria-valuetext', 'Generating, 45%')
  })

  it('is not full before success, even if Kie says so', () => {
    const { rerender } = render(<TaskProgress task={pendingTask('generating', 1)} />)
    expect(bar()).toHaveAttribute('aria-valuenow', '99')
    rerender(<TaskProgress task={succeededTask([])} />)
    expect(bar()).toHaveAttribute('aria-valuenow', '100')
    expect(bar()).toHaveAttribute('aria-valuetext', 'Done')
  })

  it.each(['bar', 'ring', 'steps'] as const)(
    'looks different in every state as %s, and says which it is',
    (variant) => {
      const looks = Object.entries(everyState).map(([state, task]) => {
        const { container, unmount } = render(<TaskProgress task={task} variant={variant} />)
        const root = container.firstElementChild
        const status = ['waiting', 'queuing', 'generating'].includes(state) ? 'running' : state
        expect(root).toHaveAttribute('data-state', status)
        expect(
          within(container).getByText(en[`phase.${state as keyof typeof everyState}`], { selector: label }),
        ).toBeVisible()
        const look = root?.querySelector('[data-slot="task-progress-track"]')?.outerHTML
        unmount()
        return [root?.className, look].join(' ')
      })
      expect(looks).toHaveLength(9)
      expect(new Set(looks).size).toBe(looks.length)
    },
  )

  it.each(['bar', 'ring'] as const)('marks an estimate in the %s, and nothing that Kie told', (variant) => {
    const { rerender } = render(<TaskProgress task={pendingTask('generating')} variant={variant} />, {
      wrapper: Learned,
    })
    expect(bar()).toHaveAttribute('aria-valuenow')
    expect(indicator()).toHaveAttribute('data-estimate', 'true')
    expect(indicator()).toHaveClass('kie:opacity-65')
    const told = { ...pendingTask('generating', 0.99), taskId: 'told' }
    rerender(<TaskProgress task={told} variant={variant} />)
    expect(indicator()).not.toHaveAttribute('data-estimate')
    expect(indicator()).not.toHaveClass('kie:opacity-65')
  })

  it.each([
    ['timed-out', followed({ status: 'timed-out', task: pendingTask('generating', 0.45) }), 'Taking longer, 45%'],
    ['error', errorTask('auth', pendingTask('generating', 0.45)), 'Not available, 45%'],
    ['fail', failedTask('provider'), 'Failed, 45%'],
  ] as const)('stays where the task stopped: %s', (_status, stopped, valueText) => {
    const running = followed({ status: 'running', task: pendingTask('generating', 0.45) })
    const { rerender } = render(<TaskProgress task={running} />)
    rerender(<TaskProgress task={stopped} />)
    expect(bar()).toHaveAttribute('aria-valuenow', '45')
    expect(bar()).toHaveAttribute('aria-valuetext', valueText)
    expect(value()).toMatch(/^45%/)
    expect(indicator()).toHaveStyle({ inlineSize: '45%' })
    expect(value()).not.toContain('left')
  })

  it('marks the present one of four steps', () => {
    render(<TaskProgress task={pendingTask('queuing')} variant="steps" />)
    expect(screen.getAllByRole('listitem')).toHaveLength(4)
    expect(document.querySelector('[aria-current="step"]')).toHaveTextContent('In queue')
  })
})

describe('time', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: createdAt + 41_000 })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('counts the seconds since the task was created', () => {
    render(<TaskProgress task={pendingTask('generating')} />, { wrapper: Learned })
    expect(value()).toMatch(/^0:41 · about/)
    act(() => void vi.advanceTimersByTime(2000))
    expect(value()).toMatch(/^0:43 · about/)
  })

  it('counts for a model that nothing was learned about, too, and in days when it is left for long', () => {
    const { unmount } = render(<TaskProgress task={pendingTask('generating')} />)
    expect(value()).toBe('0:41')
    unmount()
    vi.setSystemTime(createdAt + 26 * 86_400_000)
    render(<TaskProgress task={pendingTask('generating')} />)
    expect(value()).toBe('26 days')
  })

  it('stops at the end and says how long it took', () => {
    render(<TaskProgress task={succeededTask([])} />)
    expect(value()).toBe('took 1:05')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('shows none for a finished task where Kie gave none', () => {
    render(<TaskProgress task={{ ...succeededTask([]), createTime: null }} />)
    expect(value()).toBe('')
  })
})

describe('when something is not as it should be', () => {
  it('says why a task failed and what to do', () => {
    render(<TaskProgress task={failedTask('content-policy')} />)
    expect(screen.getByText(/content filter refused.*Reword the prompt/)).toBeInTheDocument()
  })

  it('offers to keep waiting after a time-out, and does', async () => {
    const resume = vi.fn()
    render(<TaskProgress task={followed({ status: 'timed-out', task: pendingTask('generating'), resume })} />)
    await userEvent.click(screen.getByRole('button', { name: 'Keep waiting' }))
    expect(resume.mock.calls).toEqual([[]])
  })

  it('keeps the last state while reconnecting', () => {
    const error = new KieError('Kiekit: no connection.', { kind: 'network' })
    const task = pendingTask('generating', 0.45)
    render(<TaskProgress task={followed({ status: 'running', task, error, isReconnecting: true })} />)
    expect(screen.getByText(/reconnecting/)).toBeInTheDocument()
    expect(bar()).toHaveAttribute('aria-valuenow', '45')
  })

  it('says that there is no network while there is none', () => {
    const onLine = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    const task = pendingTask('generating', 0.45)
    render(<TaskProgress task={followed({ status: 'running', task, isReconnecting: true })} />)
    expect(screen.getByText(/You are offline/)).toBeInTheDocument()
    onLine.mockReturnValue(true)
    act(() => void window.dispatchEvent(new Event('online')))
    expect(screen.queryByText(/You are offline/)).not.toBeInTheDocument()
    onLine.mockRestore()
  })

  it('says nothing of the network about a task that nobody follows', () => {
    const onLine = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    render(<TaskProgress task={pendingTask('generating', 0.45)} />)
    expect(document.querySelector('[data-slot="task-progress-message"]')).toBeNull()
    onLine.mockRestore()
  })

  it.each(['auth', 'credits', 'not-found', 'network', 'invalid-response'] as const)('has a sentence for %s', (kind) => {
    render(<TaskProgress task={errorTask(kind)} />)
    const message = document.querySelector('[data-slot="task-progress-message"]')
    expect(message?.textContent?.split('. ').length).toBeGreaterThan(1)
    expect(screen.getByRole('button', { name: 'Try again' })).toBeInTheDocument()
  })
})
