import { fireEvent, render, screen } from '@testing-library/react'
import { createRef } from 'react'
import { describe, expect, it } from 'vitest'
import { pendingTask, succeededTask } from '../samples/sample-task.stories-support.ts'
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
    expect(slider).toHaveAttribute('aria-valuetext', '75% after')
    fireEvent.change(slider, { target: { value: '90' } })
    expect(slider).toHaveAttribute('aria-valuetext', '10% after')
    expect(screen.getByRole('img', { name: 'After' }).style.clipPath).toContain('90%')
  })

  it('shows the picture before while the task runs, and the result alone where there was none', () => {
    const { rerender } = render(<BeforeAfter task={pendingTask('generating', null, input)} />)
    expect(screen.getByRole('img', { name: 'Before' })).toBeInTheDocument()
    expect(screen.queryByRole('slider')).not.toBeInTheDocument()
    rerender(<BeforeAfter task={succeededTask([after])} />)
    expect(screen.getByRole('img', { name: 'After' })).toBeInTheDocument()
    expect(screen.queryByRole('slider')).not.toBeInTheDocument()
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
