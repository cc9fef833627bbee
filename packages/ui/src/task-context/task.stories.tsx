import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor } from 'storybook/test'
import { withFakeTask } from '../samples/fake-task.stories-support.tsx'
import { everyState } from '../samples/sample-task.stories-support.ts'
import { ResultGallery, TaskFailureNotice, TaskProgress, TaskStatusBadge, useTask } from '../task.ts'
import { Task } from './task.tsx'

const meta = {
  title: 'Components/Task',
  component: Task,
} satisfies Meta<typeof Task>
export default meta

type Story = StoryObj<typeof meta>

/** A part of your own: it reads the task that is around it. */
function Model() {
  return <code>{useTask().task?.model ?? '…'}</code>
}

const parts = (
  <div style={{ display: 'grid', gap: 16, maxWidth: 480 }}>
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: 12, alignItems: 'center' }}>
      <TaskStatusBadge />
      <Model />
    </div>
    <TaskProgress />
    <ResultGallery ratio="16:9" />
    <TaskFailureNotice />
  </div>
)

/** The task is named once; the parts inside need no props. */
export const Live: Story = {
  args: { taskId: '', children: parts },
  decorators: [withFakeTask({ scenario: 'image', input: { aspect_ratio: '16:9' } })],
}

/** A task that fails: the notice tells why, and the gallery that nothing is to come. */
export const LiveFailure: Story = {
  args: { taskId: '', children: parts },
  decorators: [withFakeTask({ scenario: 'fail-content', speed: 3 })],
  play: async ({ canvas, canvasElement }) => {
    await waitFor(() => expect(canvas.getAllByText(/^The content filter refused/)).not.toHaveLength(0), {
      timeout: 15_000,
    })
    await expect(canvasElement.querySelector('[data-slot="task-failure-notice"]')).toBeVisible()
    await expect(canvas.getByText('No results: the task failed.')).toBeVisible()
  },
}

export const Presentational: Story = {
  args: { task: { ...everyState.queuing, createTime: null }, children: parts },
  play: async ({ canvas }) => {
    await expect(canvas.getAllByText('In queue').length).toBeGreaterThan(1)
    await expect(canvas.getByText('google/nano-banana')).toBeVisible()
  },
}
