import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { withFakeTask } from '../samples/fake-task.stories-support.tsx'
import { everyState } from '../samples/sample-task.stories-support.ts'
import { TaskStatusBadge } from './task-status-badge.tsx'

const meta = {
  title: 'Components/TaskStatusBadge',
  component: TaskStatusBadge,
} satisfies Meta<typeof TaskStatusBadge>
export default meta

type Story = StoryObj<typeof meta>

const row = { display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'center' } as const

/** A task on its way from waiting to done, through the real hook. */
export const Live: Story = { args: { taskId: '' }, decorators: [withFakeTask({ scenario: 'image' })] }

export const LiveFailure: Story = {
  args: { taskId: '' },
  decorators: [withFakeTask({ scenario: 'fail-content', speed: 3 })],
  play: async ({ canvas }) => {
    await canvas.findByText('Failed', {}, { timeout: 15_000 })
  },
}

export const EveryState: Story = {
  args: { task: everyState.idle },
  render: () => (
    <div style={row}>
      {Object.entries(everyState).map(([state, task]) => (
        <TaskStatusBadge key={state} task={task} />
      ))}
    </div>
  ),
}

export const EveryLook: Story = {
  args: { task: everyState.idle },
  render: () => (
    <div style={{ display: 'grid', gap: 12 }}>
      {(['soft', 'solid', 'outline', 'dot'] as const).map((variant) => (
        <div key={variant} style={row}>
          {Object.entries(everyState).map(([state, task]) => (
            <TaskStatusBadge key={state} task={task} variant={variant} />
          ))}
        </div>
      ))}
    </div>
  ),
}

export const SizesAndContents: Story = {
  args: { task: everyState.idle },
  render: () => (
    <div style={{ display: 'grid', gap: 12 }}>
      {(['both', 'label', 'icon'] as const).map((show) => (
        <div key={show} style={row}>
          {(['sm', 'md', 'lg'] as const).map((size) => (
            <TaskStatusBadge key={size} task={everyState.success} size={size} show={show} />
          ))}
        </div>
      ))}
    </div>
  ),
}

/** One word of your own, and the rest as shipped. */
export const OwnWords: Story = {
  args: { task: everyState.success, labels: { 'phase.success': 'Ready to use' } },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('Ready to use')).toBeVisible()
  },
}
