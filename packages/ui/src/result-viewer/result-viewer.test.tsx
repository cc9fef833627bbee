import type { SucceededTask } from '@kiekit/core'
import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { succeededTask } from '../samples/sample-task.stories-support.ts'
// Loaded here, so that a test does not wait for the module.
import './lightbox.tsx'
import { ResultViewer, type ResultViewerProps } from './result-viewer.tsx'
import { viewerSlides } from './viewer-slides.ts'

const results = [
  { kind: 'image', url: 'https://files.example/a.png' },
  { kind: 'text', text: 'Not shown large' },
  { kind: 'video', url: 'https://files.example/b.webm' },
  { kind: 'image', url: 'javascript:alert(1)' },
] as const

describe('what is shown large', () => {
  it('is each picture and film with an http address, and remembers its place among all results', () => {
    expect(viewerSlides(results).map(({ result, index }) => [result.kind, index])).toEqual([
      ['image', 0],
      ['video', 2],
    ])
  })
})

describe('the viewer', () => {
  it('says that it was closed by its button or by Escape', async () => {
    const onOpenChange = vi.fn()
    render(<ResultViewer task={succeededTask([...results])} open onOpenChange={onOpenChange} />)
    const viewer = await screen.findByRole('dialog', { name: 'Results, large' })
    await userEvent.click(within(viewer).getByRole('button', { name: 'Close' }))
    await waitFor(() => expect(onOpenChange).toHaveBeenCalledWith(false))
  })

  const open = async (task: SucceededTask, more: Partial<ResultViewerProps> = {}) => {
    const viewer = (shown: SucceededTask) => <ResultViewer task={shown} open onOpenChange={() => {}} {...more} />
    const { rerender } = render(viewer(task))
    const dialog = await screen.findByRole('dialog')
    return { dialog, show: (shown: SucceededTask) => rerender(viewer(shown)) }
  }

  it('names a film as a film, and everything in the words of the page', async () => {
    const { dialog } = await open(succeededTask([...results]), { index: 2, labels: { 'viewer.slide': 'Bild' } })
    expect(within(dialog).getByRole('group', { name: 'Video 3 of 4' })).toBeInTheDocument()
    expect(dialog.querySelector('[aria-roledescription="Bild"]')).toBeInTheDocument()
    expect(dialog.querySelector('[aria-roledescription="Slide"]')).toBeNull()
  })

  it('renews an expired link, and says so where it cannot', async () => {
    const refreshUrl = vi.fn(async (url: string) => `${url}?fresh`)
    const { dialog } = await open(succeededTask([results[0]]), { refreshUrl })
    const picture = () => within(dialog).getByRole('img')
    await act(async () => void fireEvent.error(picture()))
    expect(picture()).toHaveAttribute('src', 'https://files.example/a.png?fresh')
    fireEvent.error(picture())
    expect(within(dialog).getByText(/could not be shown/)).toBeInTheDocument()
    await userEvent.click(within(dialog).getByRole('button', { name: 'Try again' }))
    expect(picture()).toHaveAttribute('src', 'https://files.example/a.png?fresh')
    expect(refreshUrl).toHaveBeenCalledTimes(2)
  })

  it('begins anew when another task takes the place of the one that is large', async () => {
    const pictures = ['a', 'b', 'c'].map((name) => ({
      kind: 'image' as const,
      url: `https://files.example/${name}.png`,
    }))
    const { show } = await open(succeededTask(pictures), { index: 0 })
    await userEvent.keyboard('{ArrowRight}')
    const next = () => screen.getByRole('button', { name: 'Previous' })
    await waitFor(() => expect(next()).toBeEnabled())
    show({ ...succeededTask(pictures), taskId: 'another' })
    await waitFor(() => expect(next()).toBeDisabled())
  })

  it('passes attributes on to its root', async () => {
    const { dialog } = await open(succeededTask([...results]), { id: 'large', className: (state) => `is-${state}` })
    expect(dialog).toHaveAttribute('id', 'large')
    expect(dialog).toHaveAttribute('data-slot', 'result-viewer')
    expect(dialog).toHaveClass('is-success')
  })

  it('takes its words from labels', async () => {
    render(
      <ResultViewer
        task={succeededTask([...results])}
        open
        onOpenChange={() => {}}
        labels={{ 'viewer.close': 'Cerrar', 'viewer.label': 'En grande' }}
      />,
    )
    const viewer = await screen.findByRole('dialog', { name: 'En grande' })
    expect(within(viewer).getByRole('button', { name: 'Cerrar' })).toBeInTheDocument()
  })

  it('is not there while it is closed, and while there is nothing to show', () => {
    const { rerender } = render(
      <ResultViewer task={succeededTask([...results])} open={false} onOpenChange={() => {}} />,
    )
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
    rerender(<ResultViewer task={succeededTask([])} open onOpenChange={() => {}} />)
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
  })
})
