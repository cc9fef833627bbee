import { createKieClient } from '@kiekit/core'
import { KieProvider } from '@kiekit/react'
import { createFakeKie } from '@kiekit/testing'
import { fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createRef } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { everyState, failedTask, followed, pendingTask, succeededTask } from '../samples/sample-task.stories-support.ts'
import { TaskCard } from './task-card.tsx'

const slot = (name: string) => document.querySelector<HTMLElement>(`[data-slot="${name}"]`)
const url = 'https://tempfile.aiquickdraw.com/r/harbour.png'

describe('what it shows', () => {
  it('is an article named after the prompt, with badge and model', () => {
    render(<TaskCard task={everyState.queuing} />)
    const card = screen.getByRole('article', { name: 'A quiet harbour at dawn, long exposure' })
    expect(card).toHaveAttribute('data-state', 'running')
    expect(slot('task-status-badge')).toHaveAttribute('data-state', 'queuing')
    expect(screen.getByText('google/nano-banana')).toBeInTheDocument()
  })

  it('shows the progress and a place for each result while the task runs', () => {
    render(<TaskCard task={pendingTask('generating', 0.45, { num_images: 4 })} />)
    expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '45')
    expect(document.querySelectorAll('[data-slot="result-gallery-skeleton"]')).toHaveLength(4)
  })

  it('shows the results once they are there, how long it took and what it cost', () => {
    render(<TaskCard task={everyState.success} />)
    expect(screen.queryByRole('progressbar')).not.toBeInTheDocument()
    expect(screen.getByRole('list', { name: 'Results' })).toBeInTheDocument()
    expect(slot('task-card-facts')).toHaveTextContent('took 1:05 · 4 credits')
  })

  it('says why there are no results, in place of them', async () => {
    const onRetry = vi.fn()
    render(<TaskCard task={failedTask('provider')} onRetry={onRetry} />)
    expect(slot('task-failure-notice')).toBeInTheDocument()
    expect(slot('result-gallery')).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Start again' }))
    expect(onRetry).toHaveBeenCalledOnce()
  })

  it('keeps its height when the task fails: the tiles that were expected stay, without a word', () => {
    const tiles = () => [...document.querySelectorAll<HTMLElement>('li')].map((tile) => tile.style.aspectRatio)
    const input = { num_images: 3, aspect_ratio: '4:3' }
    const { rerender } = render(<TaskCard task={pendingTask('generating', null, input)} />)
    const before = tiles()
    expect(before).toHaveLength(3)
    rerender(<TaskCard task={{ ...failedTask('provider'), request: pendingTask('waiting', null, input).request }} />)
    expect(tiles()).toEqual(before)
    expect(screen.queryByRole('list')).not.toBeInTheDocument()
  })

  it('takes the shape of the results from the app while Kie has not answered', () => {
    render(<TaskCard task={followed({ status: 'loading' })} count={2} ratio="16:9" />)
    const tiles = [...document.querySelectorAll<HTMLElement>('[data-slot="result-gallery-skeleton"]')]
    expect(tiles).toHaveLength(2)
    expect(Number.parseFloat(tiles[0]?.style.aspectRatio ?? '')).toBeCloseTo(16 / 9)
  })

  it('says over the tiles, once, that the connection is lost', () => {
    render(<TaskCard task={followed({ status: 'running', task: pendingTask('generating'), isReconnecting: true })} />)
    expect(screen.getAllByText(/^Connection lost/)).toHaveLength(1)
    expect(slot('task-progress-message')).toBeNull()
  })

  it('keeps a task that takes long, and offers to keep waiting', async () => {
    const resume = vi.fn()
    render(<TaskCard task={followed({ status: 'timed-out', task: pendingTask('generating'), resume })} />)
    await userEvent.click(screen.getByRole('button', { name: 'Keep waiting' }))
    expect(resume).toHaveBeenCalledOnce()
  })

  it('says so when there is no prompt, and makes up no facts', () => {
    const task = { ...succeededTask([]), request: null, model: '', createTime: null, creditsConsumed: null }
    render(<TaskCard task={task} />)
    expect(screen.getByText('Task without a prompt')).toBeInTheDocument()
    expect(slot('task-card-model')).toBeNull()
    expect(slot('task-card-facts')).toHaveTextContent('')
  })
})

describe('of a task that it follows itself', () => {
  it('offers to save all files, in the footer', async () => {
    const fake = createFakeKie()
    const request = { model: 'z-image', input: { prompt: 'Dunes', num_images: 4 } }
    const taskId = fake.addTask(request, { scenario: 'images', ageMs: 3_600_000 })
    const client = createKieClient({ baseUrl: 'https://kie.test', fetch: fake.fetch })
    render(
      <KieProvider client={client}>
        <TaskCard taskId={taskId} />
      </KieProvider>,
    )
    await screen.findByText('Done')
    expect(slot('task-card-save-all')).toHaveTextContent('Save all 4')
    // In the place of the gallery's own.
    expect(screen.getAllByRole('button', { name: /^Save all/ })).toHaveLength(1)
    expect(slot('result-gallery-controls')).toBeNull()
  })

  it('saves nothing without a provider, which knows the way to the files', () => {
    render(<TaskCard task={succeededTask(Array.from({ length: 4 }, () => ({ kind: 'image', url })))} />)
    expect(slot('task-card-save-all')).toBeNull()
  })
})

describe('small, with a thumbnail', () => {
  const image = () => slot('task-card-thumbnail-image')

  it('shows the first result and counts the others', () => {
    render(
      <TaskCard layout="thumbnail" task={succeededTask(Array.from({ length: 4 }, () => ({ kind: 'image', url })))} />,
    )
    expect(image()).toHaveAttribute('src', url)
    expect(screen.getByText('and 3 more results')).toBeInTheDocument()
    expect(slot('result-gallery')).toBeNull()
  })

  it('shows the poster of a film, never the film', () => {
    render(
      <TaskCard
        layout="thumbnail"
        task={succeededTask([{ kind: 'video', url: 'https://files.test/a.mp4', posterUrl: url }])}
      />,
    )
    expect(image()).toHaveAttribute('src', url)
    expect(document.querySelector('video')).toBeNull()
  })

  it('never follows an address that is none, and replaces a picture that does not load', () => {
    const { rerender } = render(
      <TaskCard layout="thumbnail" task={succeededTask([{ kind: 'image', url: 'javascript:alert(1)' }])} />,
    )
    expect(image()).toBeNull()
    rerender(<TaskCard layout="thumbnail" task={everyState.success} />)
    fireEvent.error(image() as Element)
    expect(image()).toBeNull()
    expect(slot('task-card-thumbnail')?.querySelector('svg')).toBeInTheDocument()
  })
})

describe('how it is taken over', () => {
  it('takes ref, classes, words, another element and content of its own', () => {
    const ref = createRef<HTMLElement>()
    render(
      <TaskCard
        ref={ref}
        task={everyState.success}
        className={(state) => `is-${state}`}
        classNames={{ prompt: 'my-prompt', badge: 'my-badge', results: 'my-results' }}
        labels={{ 'phase.success': 'Ready' }}
        render={<section />}
      >
        <button type="button">Remove</button>
      </TaskCard>,
    )
    const card = screen.getByRole('region', { name: 'A quiet harbour at dawn, long exposure' })
    expect(ref.current).toBe(card)
    expect(card).toHaveClass('is-success', 'kie:root')
    expect(screen.getByText('A quiet harbour at dawn, long exposure')).toHaveClass('my-prompt')
    expect(slot('task-status-badge')?.parentElement).toHaveClass('my-badge')
    expect(slot('task-card-results')).toHaveClass('my-results')
    expect(slot('task-card-results')).toContainElement(slot('result-gallery'))
    expect(screen.getByText('Ready')).toBeInTheDocument()
    expect(screen.getByRole('button', { name: 'Remove' })).toBeInTheDocument()
  })
})
