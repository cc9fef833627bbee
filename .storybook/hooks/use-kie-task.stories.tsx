import { useKieTask, useTaskProgress } from '@kiekit/react'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, within } from 'storybook/test'
import { withFakeTask } from '../../packages/ui/src/samples/fake-task.stories-support.tsx'

/** One task under a UI of one's own: `status` says which fields there are. */
function Picture({ taskId }: { taskId: string }) {
  const task = useKieTask(taskId)
  const { elapsedMs } = useTaskProgress(task.task)
  switch (task.status) {
    case 'success': {
      const [first] = task.results
      return first?.kind === 'image' ? <img src={first.url} alt="What the task made" width={320} /> : <p>No picture.</p>
    }
    case 'fail':
      return <p>{task.failure.message}</p>
    case 'timed-out':
      return <button onClick={() => task.resume()}>It takes long. Keep waiting?</button>
    case 'error':
      return <p>{task.error.message}</p>
    default:
      return (
        <p>
          {task.isReconnecting ? 'Reconnecting' : 'Painting'} for {Math.floor(elapsedMs / 1000)} s
        </p>
      )
  }
}

const meta = {
  title: 'Hooks/useKieTask',
  component: Picture,
  args: { taskId: '' },
} satisfies Meta<typeof Picture>
export default meta

type Story = StoryObj<typeof meta>

export const APicture: Story = {
  decorators: [withFakeTask({ scenario: 'image', speed: 8 })],
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await expect(await canvas.findByRole('img', {}, { timeout: 15_000 })).toBeVisible()
  },
}

export const AFailure: Story = {
  decorators: [withFakeTask({ scenario: 'fail-content', speed: 8 })],
}
