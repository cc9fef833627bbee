import { createKieClient, type KieTask } from '@kiekit/core'
import { KieProvider } from '@kiekit/react'
import { createFakeKie } from '@kiekit/testing'
import { act, render, screen } from '@testing-library/react'
import { type ComponentType, StrictMode } from 'react'
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

/** The components differ in what they show; here only the task is given. */
function like(component: object) {
  return component as ComponentType<{ task?: unknown }>
}

const picture = { kind: 'image', url: 'https://files.example/a.png' } as const
const success = succeededTask([picture], { image_url: 'https://files.example/before.png' })

const components: [slot: string, component: ComponentType<{ task?: unknown }>, task: KieTask][] = [
  ['task-status-badge', like(TaskStatusBadge), success],
  ['task-progress', like(TaskProgress), success],
  ['result-gallery', like(ResultGallery), success],
  ['before-after', like(BeforeAfter), success],
  ['task-card', like(TaskCard), success],
  ['task-failure-notice', like(TaskFailureNotice), failedTask('content-policy')],
]

describe.each(components)('%s', (slot, Component, task) => {
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
      <Task task={task}>
        <Component />
      </Task>,
    )
    expect(document.querySelector(`[data-slot="${slot}"]`)).toHaveAttribute('data-state', task.state)
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
