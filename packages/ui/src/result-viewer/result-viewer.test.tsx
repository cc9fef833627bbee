import { render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { succeededTask } from '../samples/sample-task.stories-support.ts'
// Loaded here, so that a test does not wait for the module.
import './lightbox.tsx'
import { ResultViewer } from './result-viewer.tsx'
import { viewerSlides } from './viewer-slides.ts'

const results = [
  { kind: 'image', url: 'https://files.example/a.png' },
  { kind: 'text', text: 'Not shown large' },
  { kind: 'video', url: 'https://files.example/b.webm' },
  { kind: 'image', url: 'javascript:alert(1)' },
] as const

describe('what is shown large', () => {
  it('is each picture and film with an http address, and remembers its place among all results', () => {
    expect(viewerSlides(results).map(({ kind, index }) => [kind, index])).toEqual([
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
