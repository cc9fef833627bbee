import { createKieClient, fixedPolling, type KieTask } from '@kiekit/core'
import { KieProvider } from '@kiekit/react'
import { createFakeKie } from '@kiekit/testing'
import { act, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createRef, StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { everyState, failedTask, followed, pendingTask, succeededTask } from '../samples/sample-task.stories-support.ts'
import { TaskList } from './task-list.tsx'

const slot = (name: string) => document.querySelector<HTMLElement>(`[data-slot="${name}"]`)
const rows = () => screen.getAllByRole('row')
const row = (index: number) => screen.getAllByRole('row').find((found) => found.dataset.index === `${index}`)

function task(index: number, like: KieTask = succeededTask([])): KieTask {
  const request = { model: like.model, input: { prompt: `Prompt ${index}` }, callBackUrl: null }
  return { ...like, taskId: `task-${index}`, request }
}
const list = (count: number) => Array.from({ length: count }, (_, index) => task(index))
const tenThousand = list(10_000)

describe('what it shows', () => {
  it('has a row for each task, with prompt, model and badge', () => {
    render(<TaskList tasks={[task(0), task(1, pendingTask('queuing')), task(2, failedTask('credits'))]} />)
    expect(screen.getByRole('grid', { name: 'Tasks' })).toHaveAttribute('aria-rowcount', '3')
    expect(rows().map((found) => found.dataset.state)).toEqual(['success', 'running', 'fail'])
    const [first, second, third] = rows()
    expect(first).toHaveTextContent('Prompt 0')
    expect(first).toHaveTextContent('google/nano-banana')
    expect(second).toHaveTextContent('In queue')
    expect(third).toHaveTextContent('There were not enough credits for this task.')
  })

  it('says in compact rows, too, why a task failed', () => {
    render(<TaskList density="compact" tasks={[task(0), task(1, failedTask('credits'))]} />)
    const [first, second] = rows()
    expect(first).not.toHaveTextContent('google/nano-banana')
    expect(second).toHaveTextContent('There were not enough credits for this task.')
  })

  it('renders of 10,000 only what is in sight, and says how many there are', () => {
    render(<TaskList tasks={tenThousand} />)
    expect(rows().length).toBeGreaterThan(5)
    expect(rows().length).toBeLessThan(40)
    expect(screen.getByRole('grid')).toHaveAttribute('aria-rowcount', '10000')
    expect(row(0)).toHaveAttribute('aria-rowindex', '1')
  })

  it('says so when there is none, in its own words or in yours', () => {
    const { rerender } = render(<TaskList tasks={[]} />)
    expect(slot('task-list')).toHaveAttribute('data-state', 'empty')
    expect(screen.getByText('No tasks yet. They appear here once you start one.')).toBeInTheDocument()
    expect(screen.queryByRole('grid')).not.toBeInTheDocument()
    rerender(<TaskList taskIds={[]} empty="Make one!" />)
    expect(screen.getByText('Make one!')).toBeInTheDocument()
  })

  it('shows every state, and tasks without times, prompts or ids of their own', () => {
    const bare = { ...succeededTask([]), request: null, model: '', createTime: 9e20, completeTime: null }
    render(<TaskList tasks={[...Object.values(everyState), bare, bare]} />)
    expect(screen.getAllByText('Task without a prompt')).toHaveLength(2)
  })

  it('renders on a server', () => {
    const html = renderToString(<TaskList tasks={tenThousand} />)
    expect(html).toContain('Prompt 0')
    expect(html).not.toContain('Prompt 999')
  })

  it('takes over what a server rendered without a difference', async () => {
    const page = (
      <StrictMode>
        <TaskList tasks={[...Object.values(everyState), ...list(100)]} selectedTaskId="task-1" />
      </StrictMode>
    )
    const container = document.createElement('div')
    container.innerHTML = renderToString(page)
    document.body.append(container)
    const differences: unknown[] = []
    const root = await act(async () => hydrateRoot(container, page, { onRecoverableError: (e) => differences.push(e) }))
    expect(differences).toEqual([])
    expect(screen.getByText('Prompt 0')).toBeInTheDocument()
    act(() => root.unmount())
    container.remove()
  })
})

describe('without a network', () => {
  it('says in each row of a task that it follows that it is looked up later', () => {
    const onLine = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    const running = followed({ status: 'running', task: pendingTask('generating'), isReconnecting: true })
    render(<TaskList tasks={[running, task(1, pendingTask('generating'))]} />)
    const [first, second] = rows()
    expect(first).toHaveTextContent('You are offline.')
    expect(second).not.toHaveTextContent('You are offline.')
    onLine.mockRestore()
  })
})

describe('a row without an id', () => {
  it('is not the selected one while none is', () => {
    const idle = followed({ status: 'idle', taskId: null })
    const { rerender } = render(<TaskList tasks={[idle, { ...task(1), taskId: '' }]} selectedTaskId={null} />)
    expect(rows().map((found) => found.getAttribute('aria-selected'))).toEqual(['false', 'false'])
    rerender(<TaskList tasks={[idle, { ...task(1), taskId: '' }]} selectedTaskId="" />)
    expect(rows().map((found) => found.getAttribute('aria-selected'))).toEqual(['false', 'false'])
  })
})

describe('by keyboard', () => {
  it('has one row in the Tab order, and moves with the arrow keys', async () => {
    render(<TaskList tasks={list(5)} />)
    await userEvent.tab()
    expect(row(0)).toHaveFocus()
    await userEvent.keyboard('{ArrowDown}{ArrowDown}')
    expect(row(2)).toHaveFocus()
    expect(rows().filter((found) => found.tabIndex === 0)).toEqual([row(2)])
    await userEvent.keyboard('{ArrowUp}')
    expect(row(1)).toHaveFocus()
    await userEvent.tab()
    expect(document.body).toHaveFocus()
    await userEvent.tab({ shift: true })
    expect(row(1)).toHaveFocus()
  })

  it('goes to both ends, and no further', async () => {
    render(<TaskList tasks={list(8)} />)
    await userEvent.tab()
    await userEvent.keyboard('{End}')
    expect(row(7)).toHaveFocus()
    await userEvent.keyboard('{ArrowDown}{PageDown}')
    expect(row(7)).toHaveFocus()
    await userEvent.keyboard('{Home}{ArrowUp}{PageUp}')
    expect(row(0)).toHaveFocus()
  })

  it('goes to the last of 10,000 at once', async () => {
    render(<TaskList tasks={tenThousand} />)
    await userEvent.tab()
    await userEvent.keyboard('{End}')
    expect(row(9999)).toHaveFocus()
  })

  it('selects with Enter, Space and a click, but not by a control inside a row', async () => {
    const onSelectTask = vi.fn()
    const refetch = vi.fn()
    const unknown = followed({ ...everyState.error, refetch })
    render(<TaskList tasks={[task(0), task(1), unknown]} onSelectTask={onSelectTask} selectedTaskId="task-1" />)
    expect(rows().map((found) => found.getAttribute('aria-selected'))).toEqual(['false', 'true', 'false'])
    await userEvent.tab()
    await userEvent.keyboard('{Enter}{ArrowDown} ')
    await userEvent.click(screen.getByText('Prompt 0'))
    expect(onSelectTask.mock.calls).toEqual([['task-0'], ['task-1'], ['task-0']])
    await userEvent.keyboard('{End}')
    await userEvent.tab()
    expect(screen.getByRole('button', { name: 'Try again' })).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    expect(refetch).toHaveBeenCalledOnce()
    expect(onSelectTask).toHaveBeenCalledTimes(3)
  })

  it('keeps the focus on its row when others come before it, and moves it on when the row goes', async () => {
    const { rerender } = render(<TaskList tasks={list(5)} />)
    await userEvent.tab()
    await userEvent.keyboard('{ArrowDown}{ArrowDown}')
    const focused = row(2)
    rerender(<TaskList tasks={[task(99), ...list(5)]} />)
    expect(focused).toHaveFocus()
    expect(focused?.dataset.index).toBe('3')
    rerender(<TaskList tasks={list(5).filter(({ taskId }) => taskId !== 'task-2')} />)
    expect(document.activeElement).toHaveAttribute('data-slot', 'task-list-row')
  })

  it('keeps the focus in the list when its last row goes, and takes none that it never had', async () => {
    const { rerender } = render(<TaskList tasks={list(2)} />)
    rerender(<TaskList tasks={[]} />)
    expect(document.body).toHaveFocus()
    rerender(<TaskList tasks={list(2)} />)
    await userEvent.tab()
    rerender(<TaskList tasks={[]} />)
    expect(slot('task-list')).toHaveFocus()
    rerender(<TaskList tasks={list(2)} />)
    expect(slot('task-list')).toHaveFocus()
    act(() => slot('task-list')?.blur())
    rerender(<TaskList tasks={list(3)} />)
    expect(document.body).toHaveFocus()
    await userEvent.tab()
    expect(row(0)).toHaveFocus()
  })
})

describe('renders', () => {
  it('a row again only when its own task changes', () => {
    let seen: string[] = []
    const classNames = { prompt: () => void seen.push('row') }
    const app = (tasks: KieTask[]) => (
      <TaskList
        tasks={tasks}
        classNames={{ ...classNames }}
        labels={{ 'list.label': 'Mine' }}
        onSelectTask={() => {}}
      />
    )
    const before = list(5)
    const { rerender } = render(app(before))
    expect(seen.length).toBeGreaterThanOrEqual(5)
    seen = []
    rerender(app([...before]))
    expect(seen).toEqual([])
    rerender(app(before.map((one, index) => (index === 2 ? task(2, failedTask('input')) : one))))
    // StrictMode renders twice.
    expect(seen.length).toBeLessThanOrEqual(2)
    expect(row(2)).toHaveAttribute('data-state', 'fail')
  })
})

describe('tasks by their ids', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('follows only those in sight', async () => {
    const fake = createFakeKie()
    const taskIds = Array.from({ length: 1000 }, (_, index) =>
      fake.addTask({ model: 'z-image', input: { prompt: `Prompt ${index}` } }, { scenario: 'image', ageMs: 3_600_000 }),
    )
    const client = createKieClient({ baseUrl: 'https://kie.test', fetch: fake.fetch })
    render(
      <KieProvider client={client} polling={fixedPolling(1000)}>
        <TaskList taskIds={taskIds} />
      </KieProvider>,
    )
    expect(row(0)).toHaveAttribute('data-state', 'loading')
    await act(() => vi.advanceTimersByTimeAsync(5000))
    expect(row(0)).toHaveAttribute('data-state', 'success')
    expect(within(row(0) as HTMLElement).getByText('Prompt 0')).toBeInTheDocument()
    // One by one or many at once, depending on the server.
    const asked = fake.requests.flatMap(
      ({ query, body }) => query['taskId'] ?? JSON.stringify(body).match(/\w{32}/g) ?? [],
    )
    expect(asked).toContain(taskIds[0])
    expect(new Set(asked).size).toBeLessThan(40)
  })
})

describe('how it is taken over', () => {
  it('takes ref, classes, words and another element', () => {
    const ref = createRef<HTMLDivElement>()
    render(
      <TaskList
        ref={ref}
        tasks={[task(0)]}
        className={(state) => `is-${state}`}
        classNames={{ viewport: (state) => `view-${state}`, row: (status) => `row-${status}` }}
        labels={{ 'list.label': 'My tasks' }}
        render={<section aria-label="History" />}
      />,
    )
    const root = screen.getByRole('region', { name: 'History' })
    expect(ref.current).toBe(root)
    expect(root).toHaveClass('is-filled', 'kie:root')
    expect(screen.getByRole('grid', { name: 'My tasks' })).toHaveClass('view-filled')
    expect(row(0)).toHaveClass('row-success')
  })
})
