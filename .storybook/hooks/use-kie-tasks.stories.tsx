import { useKieTasks } from '@kiekit/react'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import { FakeKieProvider } from './fake-kie-provider.tsx'

/** Several tasks at once: each as `useKieTask` has it, and how many are in which state. */
function Several({ taskIds }: { taskIds: string[] }) {
  const { tasks, totals } = useKieTasks(taskIds)
  return (
    <>
      <p>
        {totals.success} of {totals.total} done, {totals.fail} failed, {totals.running} running
      </p>
      <ol>
        {tasks.map(({ taskId, status, task }) => (
          <li key={taskId}>
            {task?.model ?? 'A task'}: {task?.state ?? status}
          </li>
        ))}
      </ol>
    </>
  )
}

const scenarios = ['image', 'video', 'audio', 'fail-content'] as const

function Story({ speed }: { speed: number }) {
  return <FakeKieProvider speed={speed}>{(fake) => <Tasks fake={fake} />}</FakeKieProvider>
}

function Tasks({ fake }: { fake: Parameters<Parameters<typeof FakeKieProvider>[0]['children']>[0] }) {
  const [taskIds] = useState(() =>
    scenarios.map((scenario) => fake.addTask({ model: `example/${scenario}`, input: {} }, { scenario })),
  )
  return <Several taskIds={taskIds} />
}

const meta = { title: 'Hooks/useKieTasks', component: Story, args: { speed: 8 } } satisfies Meta<typeof Story>
export default meta

export const FourTasks: StoryObj<typeof meta> = {}
