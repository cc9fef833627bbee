import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { followed, pendingTask } from '../samples/sample-task.stories-support.ts'
import { TaskCard } from '../task-card/task-card.tsx'
import { TaskProgress } from './task-progress.tsx'

const late = followed({ status: 'timed-out', task: pendingTask('generating') })
const running = followed({ status: 'running', task: pendingTask('generating') })

describe('the focus on "Keep waiting"', () => {
  it('goes to the progress when the button goes', async () => {
    const { rerender } = render(<TaskProgress task={late} />)
    await userEvent.click(screen.getByRole('button', { name: 'Keep waiting' }))
    rerender(<TaskProgress task={running} />)
    expect(document.querySelector('[data-slot="task-progress"]')).toHaveFocus()
  })

  it('goes to the card when the whole notice goes', async () => {
    const { rerender } = render(<TaskCard task={late} />)
    await userEvent.click(screen.getByRole('button', { name: 'Keep waiting' }))
    rerender(<TaskCard task={running} />)
    expect(screen.getByRole('article')).toHaveFocus()
  })

  it('is left alone where it has moved on', async () => {
    const page = (task: typeof late) => (
      <>
        <TaskProgress task={task} />
        <input aria-label="Prompt" />
      </>
    )
    const { rerender } = render(page(late))
    await userEvent.click(screen.getByRole('button', { name: 'Keep waiting' }))
    screen.getByRole('textbox').focus()
    rerender(page(running))
    expect(screen.getByRole('textbox')).toHaveFocus()
    expect(document.querySelector('[data-slot="task-progress"]')).not.toHaveAttribute('tabindex')
  })
})
