import { render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createRef, version } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { succeededTask } from '../samples/sample-task.stories-support.ts'
import { TaskStatusBadge, type TaskStatusBadgeProps } from '../task-status-badge/task-status-badge.tsx'

const badge = (props: TaskStatusBadgeProps) => {
  const { container } = render(<TaskStatusBadge task={succeededTask([])} {...props} />)
  const root = container.firstElementChild
  if (!(root instanceof HTMLElement)) throw new Error('a root was expected')
  return root
}

describe('an element that takes the place of the root', () => {
  it('keeps what it has itself, and adds ours to it', () => {
    const root = badge({ render: <a href="/task" className="mine" style={{ margin: 1 }} />, style: { padding: 2 } })
    expect(root).toHaveAttribute('href', '/task')
    expect(root).toHaveClass('mine', 'kie:root')
    expect(root).toHaveStyle({ margin: '1px', padding: '2px' })
    expect(root).toHaveAttribute('data-state', 'success')
    expect(root).toHaveTextContent('Done')
  })

  it('hears of an event before the component', async () => {
    const heard: string[] = []
    const onClick = (name: string) => () => void heard.push(name)
    await userEvent.click(
      badge({ render: <button type="button" onClick={onClick('own')} />, onClick: onClick('ours') }),
    )
    expect(heard).toEqual(['own', 'ours'])
  })

  it('keeps its ref, unless the component is given one', () => {
    const [own, given] = [vi.fn(), createRef<HTMLSpanElement>()]
    const root = badge({ render: <b ref={own} /> })
    expect(own).toHaveBeenCalledWith(root)
    const { container } = render(<TaskStatusBadge ref={given} task={succeededTask([])} render={<b />} />)
    expect(given.current).toBe(container.firstElementChild)
  })

  // There are no Server Components in React 18.
  it.skipIf(version.startsWith('18'))('may come wrapped, as a Server Component hands it over', () => {
    const wrapper = { $$typeof: Symbol.for('react.lazy'), _payload: <i />, _init: (inside: unknown) => inside }
    const wrapped = Object.assign({ type: '', props: {}, key: null }, wrapper)
    expect(badge({ render: wrapped }).localName).toBe('i')
  })
})
