import { act, fireEvent, render, screen } from '@testing-library/react'
import { createRef } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { everyState, failedTask, pendingTask, succeededTask } from '../samples/sample-task.stories-support.ts'
import { BeforeAfter } from './before-after.tsx'

const input = { image_urls: ['https://files.example/before.png'], aspect_ratio: '4:3' }
const after = { kind: 'image', url: 'https://files.example/after.png' } as const

describe('comparing with the picture before', () => {
  it('lays the result over the picture that the request was given', () => {
    render(<BeforeAfter task={succeededTask([after], input)} />)
    expect(screen.getByRole('img', { name: 'Before' })).toHaveAttribute('src', input.image_urls[0])
    expect(screen.getByRole('img', { name: 'After' })).toHaveAttribute('src', after.url)
  })

  it('moves the divider and says how much is seen', () => {
    render(<BeforeAfter task={succeededTask([after], input)} defaultPosition={0.25} />)
    const slider = screen.getByRole('slider', { name: 'Compare before and after' })
    expect(slider).toHaveAttribute('aria-valuetext', 'After: 75%')
    fireEvent.change(slider, { target: { value: '90' } })
    expect(slider).toHaveAttribute('aria-valuetext', 'After: 10%')
    expect(screen.getByRole('img', { name: 'After' }).style.clipPath).toContain('90%')
  })

  it('shows the picture before while the task runs, and the result alone where there was none', () => {
    const { rerender } = render(<BeforeAfter task={pendingTask('generating', null, input)} />)
    expect(screen.getByRole('img', { name: 'Before' })).toBeInTheDocument()
    expect(screen.getByText('Before')).toBeInTheDocument()
    expect(screen.queryByText('After')).not.toBeInTheDocument()
    expect(screen.queryByRole('slider')).not.toBeInTheDocument()
    rerender(<BeforeAfter task={succeededTask([after])} />)
    expect(screen.getByRole('img', { name: 'After' })).toBeInTheDocument()
    expect(screen.queryByRole('slider')).not.toBeInTheDocument()
  })

  it('renews an expired link, and where it cannot shows the other picture and says so', async () => {
    const refreshUrl = vi.fn(async (url: string) => `${url}?fresh`)
    render(<BeforeAfter task={succeededTask([after], input)} refreshUrl={refreshUrl} />)
    await act(async () => void fireEvent.error(screen.getByRole('img', { name: 'After' })))
    expect(screen.getByRole('img', { name: 'After' })).toHaveAttribute('src', `${after.url}?fresh`)
    expect(screen.getByRole('slider')).toBeInTheDocument()
    fireEvent.error(screen.getByRole('img', { name: 'After' }))
    expect(screen.getByText(/could not be shown/)).toBeInTheDocument()
    expect(screen.queryByRole('slider')).not.toBeInTheDocument()
    expect(screen.getByRole('img', { name: 'Before' })).toBeInTheDocument()
    const again = screen.getByRole('button', { name: 'Try again' })
    again.focus()
    await act(async () => again.click())
    expect(screen.getByRole('slider')).toBeInTheDocument()
    expect(document.querySelector('[data-slot="before-after"]')).toHaveFocus()
  })

  it('says that there is nothing to compare, or not yet', () => {
    const { rerender } = render(<BeforeAfter task={failedTask('input')} />)
    expect(screen.getByText('There is no result to compare with.')).toBeInTheDocument()
    rerender(<BeforeAfter task={everyState.idle} />)
    expect(screen.getByText('The comparison appears here.')).toBeInTheDocument()
    rerender(<BeforeAfter task={everyState['timed-out']} />)
    expect(document.querySelector('[data-slot="before-after-message"]')).toBeNull()
  })

  it('loads no address that is not http', () => {
    const { container } = render(
      <BeforeAfter
        task={succeededTask([{ kind: 'image', url: 'javascript:alert(1)' }], { image_url: 'javascript:alert(2)' })}
        before="javascript:alert(3)"
      />,
    )
    expect(container.innerHTML).not.toContain('javascript:')
  })

  it('gives the ref its element and takes classes and styles', () => {
    const ref = createRef<HTMLDivElement>()
    render(
      <BeforeAfter
        ref={ref}
        task={succeededTask([after], input)}
        className={(state) => `is-${state}`}
        classNames={{ handle: 'my-handle' }}
        style={{ maxWidth: 300 }}
      />,
    )
    expect(ref.current).toHaveClass('is-success')
    expect(ref.current).toHaveAttribute('data-slot', 'before-after')
    expect(ref.current?.style.maxWidth).toBe('300px')
    expect(document.querySelector('.my-handle')).toHaveAttribute('data-slot', 'before-after-handle')
  })
})
