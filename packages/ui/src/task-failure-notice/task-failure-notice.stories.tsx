import type { Meta, StoryObj } from '@storybook/react-vite'
import type { ReactNode } from 'react'
import { expect, fn, userEvent } from 'storybook/test'
import { errorKinds, withFakeTask } from '../samples/fake-task.stories-support.tsx'
import { errorTask, everyState, failedTask, followed, pendingTask } from '../samples/sample-task.stories-support.ts'
import { TaskFailureNotice } from './task-failure-notice.tsx'

const meta = {
  title: 'Components/TaskFailureNotice',
  component: TaskFailureNotice,
} satisfies Meta<typeof TaskFailureNotice>
export default meta

type Story = StoryObj<typeof meta>

function Stack({ children }: { children: ReactNode }) {
  return <div style={{ display: 'grid', gap: 16, maxWidth: 480 }}>{children}</div>
}

/** Not there at first; it comes when the task fails. */
export const Live: Story = {
  args: { taskId: '' },
  decorators: [
    (Story) => (
      <div>
        <p>The task fails in a few seconds.</p>
        <Story />
      </div>
    ),
    withFakeTask({ scenario: 'fail-content', speed: 3 }),
  ],
}

/** Each reason for which Kie refuses or gives up. Only what has a chance can be started again. */
export const FailureReasons: Story = {
  args: { task: everyState.fail },
  render: () => (
    <Stack>
      {(['content-policy', 'input', 'credits', 'timeout', 'provider', 'unknown'] as const).map((reason) => (
        <TaskFailureNotice
          key={reason}
          task={{
            ...failedTask(reason),
            failure: { ...failedTask(reason).failure, worthRetrying: reason === 'provider' || reason === 'timeout' },
          }}
          onRetry={() => {}}
        />
      ))}
    </Stack>
  ),
}

const resume = fn()

/** The task may still finish, so waiting is offered and never another, paid task. */
export const TimedOut: Story = {
  args: {
    task: followed({ status: 'timed-out', task: pendingTask('generating'), resume }),
    onRetry: fn(),
    style: { maxWidth: 480 },
  },
  play: async ({ canvas }) => {
    await expect(canvas.getAllByRole('button')).toHaveLength(1)
    await userEvent.click(canvas.getByRole('button', { name: 'Keep waiting' }))
    await expect(resume).toHaveBeenCalledOnce()
  },
}

/** Each way in which asking about a task can fail. */
export const Errors: Story = {
  args: { task: everyState.error },
  render: () => (
    <Stack>
      {errorKinds.map((kind) => (
        <TaskFailureNotice key={kind} task={errorTask(kind)} />
      ))}
    </Stack>
  ),
}

export const ProviderMessage: Story = {
  args: {
    task: {
      ...failedTask('input', 'Your media file is unavailable, please replace it. '.repeat(4).trim()),
      creditsConsumed: 6.5,
    },
    style: { maxWidth: 480 },
  },
  play: async ({ canvas }) => {
    await expect(canvas.getByText(/^The model said: “\u2068Your media file is unavailable/)).toBeVisible()
    await expect(canvas.getByText('6.5 credits charged.')).toBeVisible()
  },
}

/** Further actions beside the kit's own. */
export const WithActions: Story = {
  args: {
    task: failedTask('provider', 'Internal Error, Please try again later.'),
    onRetry: fn(),
    style: { maxWidth: 480 },
    children: <button type="button">Edit prompt</button>,
  },
  play: async ({ args, canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Start again' }))
    await expect(args.onRetry).toHaveBeenCalledOnce()
  },
}
