import type { TaskResult } from '@kiekit/core'
import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { succeededTask } from '../samples/sample-task.stories-support.ts'
import { ResultGallery } from './result-gallery.tsx'

const image = (name: string): TaskResult => ({ kind: 'image', url: `https://files.example/${name}.png` })
const pictures = succeededTask([image('a'), image('b'), image('c')])
const many = succeededTask(['a', 'b', 'c', 'd', 'e', 'f'].map(image))
const boxes = () => screen.getAllByRole('checkbox')
const box = (position: number) => screen.getByRole('checkbox', { name: new RegExp(`result ${position} of`) })
const checked = () => boxes().map((each) => each.getAttribute('aria-checked') === 'true')
/** Positions, from 1. */
const chosen = () => checked().flatMap((isChecked, index) => (isChecked ? [index + 1] : []))
/** The announcer may still have the words of another test. */
const shownCount = { selector: '[data-slot="result-gallery-selected-count"]' }
const announcer = () => document.querySelector('[data-slot="kie-announcer"]')

describe('choosing results', () => {
  it('is done by a checkbox on each, which has a name of its own', () => {
    render(<ResultGallery task={pictures} selectable />)
    expect(boxes()[1]).toHaveAccessibleName('Select result 2 of 3')
    expect(checked()).toEqual([false, false, false])
  })

  it('is not offered unless it is asked for', () => {
    render(<ResultGallery task={pictures} selected={[0]} />)
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument()
    expect(document.querySelector('[data-selected]')).toBeNull()
  })

  it('works by pointer and by keyboard, tells the app, and marks the tile', async () => {
    const user = userEvent.setup()
    const onSelectedChange = vi.fn()
    render(<ResultGallery task={pictures} selectable onSelectedChange={onSelectedChange} />)
    const [first, , third] = boxes()
    if (!first || !third) throw new Error('three boxes were expected')
    await user.click(third)
    await user.tab({ shift: true })
    first.focus()
    await user.keyboard(' ')
    expect(checked()).toEqual([true, false, true])
    expect(document.querySelectorAll('[data-slot="result-gallery-tile"][data-selected]')).toHaveLength(2)
    await user.click(third)
    expect(onSelectedChange.mock.calls).toEqual([[[2]], [[0, 2]], [[0]]])
  })

  it('is left to an app that keeps it', async () => {
    function App() {
      const [selected, setSelected] = useState<readonly number[]>([1])
      // At most one: the app has the last word.
      return (
        <ResultGallery
          task={pictures}
          selectable
          selected={selected}
          onSelectedChange={(next) => setSelected(next.slice(-1))}
        />
      )
    }
    render(<App />)
    expect(checked()).toEqual([false, true, false])
    await userEvent.click(boxes()[2] ?? document.body)
    expect(checked()).toEqual([false, false, true])
  })

  it('counts no result that is not there', async () => {
    const onSelectedChange = vi.fn()
    render(<ResultGallery task={pictures} selectable selected={[0, 1, 7, -1]} onSelectedChange={onSelectedChange} />)
    expect(screen.getByText('2 of 3 selected', shownCount)).toBeInTheDocument()
    await userEvent.click(box(1))
    expect(onSelectedChange).toHaveBeenLastCalledWith([1])
  })

  it('begins anew with another task', async () => {
    const { rerender } = render(<ResultGallery task={pictures} selectable />)
    await userEvent.click(boxes()[0] ?? document.body)
    rerender(<ResultGallery task={{ ...pictures, taskId: 'another' }} selectable />)
    expect(checked()).toEqual([false, false, false])
  })
})

describe('choosing many at once', () => {
  it('takes all from the one before with the shift key, forwards and backwards', async () => {
    const user = userEvent.setup()
    const onSelectedChange = vi.fn()
    render(<ResultGallery task={many} selectable onSelectedChange={onSelectedChange} />)
    await user.click(box(2))
    await user.keyboard('{Shift>}')
    await user.click(box(4))
    await user.keyboard('{/Shift}')
    expect(chosen()).toEqual([2, 3, 4])
    expect(onSelectedChange).toHaveBeenLastCalledWith([1, 2, 3])
    await user.click(box(6))
    await user.keyboard('{Shift>}')
    await user.click(box(5))
    await user.keyboard('{/Shift}')
    expect(chosen()).toEqual([2, 3, 4, 5, 6])
  })

  it('leaves out a range in the same way', async () => {
    const user = userEvent.setup()
    render(<ResultGallery task={many} selectable />)
    await user.click(screen.getByRole('button', { name: 'Select all' }))
    await user.click(box(2))
    await user.keyboard('{Shift>}')
    await user.click(box(5))
    await user.keyboard('{/Shift}')
    expect(chosen()).toEqual([1, 6])
  })

  it('works with shift and the space bar', async () => {
    const user = userEvent.setup()
    render(<ResultGallery task={many} selectable />)
    box(1).focus()
    await user.keyboard(' ')
    box(3).focus()
    await user.keyboard('{Shift>} {/Shift}')
    expect(chosen()).toEqual([1, 2, 3])
  })

  it('takes a range of the task that is shown, not from where the one before was left', async () => {
    const user = userEvent.setup()
    const { rerender } = render(<ResultGallery task={many} selectable />)
    await user.click(box(1))
    rerender(<ResultGallery task={{ ...many, taskId: 'another' }} selectable />)
    await user.keyboard('{Shift>}')
    await user.click(box(4))
    await user.keyboard('{/Shift}')
    expect(chosen()).toEqual([4])
  })

  it('takes all, and leaves all out', async () => {
    const user = userEvent.setup()
    render(<ResultGallery task={pictures} selectable />)
    expect(screen.queryByText(/selected$/, shownCount)).not.toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Select all' }))
    expect(chosen()).toEqual([1, 2, 3])
    expect(screen.getByText('3 of 3 selected', shownCount)).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Select none' }))
    expect(chosen()).toEqual([])
  })

  it('leaves all out on Escape, and leaves a dialog around it open', async () => {
    const user = userEvent.setup()
    const onKeyDown = vi.fn()
    render(
      <div role="dialog" aria-label="Around" onKeyDown={(event) => void onKeyDown(event.key)}>
        <ResultGallery task={pictures} selectable />
      </div>,
    )
    await user.click(box(2))
    await user.keyboard('{Escape}')
    expect(chosen()).toEqual([])
    expect(onKeyDown).not.toHaveBeenCalled()
    // With nothing to leave out, the key is the dialog's.
    await user.keyboard('{Escape}')
    expect(onKeyDown).toHaveBeenCalledExactlyOnceWith('Escape')
  })

  it('tells a screen reader how many are chosen, once the choice has come to rest', async () => {
    render(<ResultGallery task={many} selectable />)
    await userEvent.click(box(1))
    await userEvent.click(screen.getByRole('button', { name: 'Select all' }))
    await waitFor(() => expect(announcer()).toHaveTextContent(/^6 of 6 selected$/))
  })
})
