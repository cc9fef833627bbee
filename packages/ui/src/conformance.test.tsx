import { createKieClient } from '@kiekit/core'
import { KieProvider } from '@kiekit/react'
import { createFakeKie } from '@kiekit/testing'
import { act, render, screen } from '@testing-library/react'
import { type ComponentType, createRef, type ReactElement, type Ref, StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { BeforeAfter } from './before-after/before-after.tsx'
import { ResultGallery } from './result-gallery/result-gallery.tsx'
import { everyState, failedTask, succeededTask } from './samples/sample-task.stories-support.ts'
import { TaskCard } from './task-card/task-card.tsx'
import { Task } from './task-context/task.tsx'
import { TaskFailureNotice } from './task-failure-notice/task-failure-notice.tsx'
import { TaskProgress } from './task-progress/task-progress.tsx'
import { TaskStatusBadge } from './task-status-badge/task-status-badge.tsx'

/** What every component promises, whatever it shows. */
interface AnyProps {
  task?: unknown
  taskId?: string | null
  ref?: Ref<HTMLElement>
  className?: string | ((state: string) => string)
  render?: (props: Record<string, unknown>, context: { state: string }) => ReactElement
  id?: string
}
/** The components differ in what they show; here only what they have in common is used. */
function like(component: object) {
  return component as ComponentType<AnyProps>
}

const picture = { kind: 'image', url: 'https://files.example/a.png' } as const
const success = succeededTask([picture], { image_url: 'https://files.example/before.png' })

const components: [slot: string, component: ComponentType<AnyProps>, task: unknown][] = [
  ['task-status-badge', like(TaskStatusBadge), success],
  ['task-progress', like(TaskProgress), success],
  ['result-gallery', like(ResultGallery), success],
  ['before-after', like(BeforeAfter), success],
  ['task-card', like(TaskCard), success],
  ['task-failure-notice', like(TaskFailureNotice), failedTask('content-policy')],
]

describe.each(components)('%s', (slot, Component, task) => {
  const root = () => document.querySelector<HTMLElement>(`[data-slot="${slot}"]`)
  const state = slot === 'task-failure-notice' ? 'fail' : 'success'

  it('gives the ref its element, carries slot and state, and passes on attributes', () => {
    const ref = createRef<HTMLElement>()
    render(<Component ref={ref} task={task} id="mine" />)
    expect(ref.current).toBe(root())
    expect(root()).toHaveAttribute('data-state', state)
    expect(root()).toHaveAttribute('id', 'mine')
  })

  it('takes a class as text and as a function of the state', () => {
    const { rerender } = render(<Component task={task} className="mine" />)
    expect(root()).toHaveClass('mine', 'kie:root')
    rerender(<Component task={task} className={(now) => `is-${now}`} />)
    expect(root()).toHaveClass(`is-${state}`)
  })

  it('renders through a function that is given its props and state', () => {
    render(<Component task={task} render={(props, context) => <main {...props} data-seen={context.state} />} />)
    expect(root()?.tagName).toBe('MAIN')
    expect(root()).toHaveAttribute('data-seen', state)
  })

  it('names each of its parts after itself', () => {
    render(<Component task={task} />)
    const parts = [...(root()?.querySelectorAll('[data-slot]') ?? [])]
    expect(parts.every((part) => part.getAttribute('data-slot') !== '')).toBe(true)
    expect(parts.filter((part) => !part.hasAttribute('data-state'))).toEqual([])
  })

  it('hydrates without a mismatch in every state', async () => {
    const kie = createKieClient({ baseUrl: 'https://app.example', fetch: createFakeKie().fetch })
    for (const each of Object.values(everyState)) {
      const page = (
        <StrictMode>
          <KieProvider client={kie}>
            <Component task={each} />
          </KieProvider>
        </StrictMode>
      )
      const container = document.createElement('div')
      container.innerHTML = renderToString(page)
      document.body.append(container)
      const hydrated = await act(async () => hydrateRoot(container, page))
      await act(async () => hydrated.unmount())
      container.remove()
    }
  })

  it('needs nothing of its own inside <Task>', () => {
    render(
      <Task task={task as typeof success}>
        <Component />
      </Task>,
    )
    expect(root()).toHaveAttribute('data-state', state)
  })
})

describe('following a task', () => {
  it('shows its end through the provider, and asks nothing without an id', async () => {
    const fake = createFakeKie()
    const taskId = fake.addTask({ model: 'z-image', input: {} }, { scenario: 'image', ageMs: 60_000 })
    const client = createKieClient({ baseUrl: 'https://app.example', fetch: fake.fetch })
    const page = (id: string | null) => (
      <KieProvider client={client}>
        <TaskStatusBadge taskId={id} />
        <TaskProgress taskId={id} />
        <ResultGallery taskId={id} />
      </KieProvider>
    )
    const { rerender } = render(page(null))
    expect(screen.getByText('Results appear here.')).toBeInTheDocument()
    expect(fake.requests).toHaveLength(0)
    rerender(page(taskId))
    expect(await screen.findByRole('img')).toBeInTheDocument()
    expect(screen.getAllByText('Done')).not.toHaveLength(0)
    expect(fake.requests).toHaveLength(1)
  })
})
