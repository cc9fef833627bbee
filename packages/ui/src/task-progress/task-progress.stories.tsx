import { createDurationStats, createKieClient, KieError } from '@kiekit/core'
import { KieProvider } from '@kiekit/react'
import type { Decorator, Meta, StoryObj } from '@storybook/react-vite'
import type { ReactNode } from 'react'
import { expect, fn } from 'storybook/test'
import { errorKinds, withFakeTask } from '../samples/fake-task.stories-support.tsx'
import {
  errorTask,
  everyState,
  failedTask,
  followed,
  pendingTask,
  succeededTask,
} from '../samples/sample-task.stories-support.ts'
import { TaskProgress } from './task-progress.tsx'

const meta = {
  title: 'Components/TaskProgress',
  component: TaskProgress,
} satisfies Meta<typeof TaskProgress>
export default meta

type Story = StoryObj<typeof meta>

function Stack({ children }: { children: ReactNode }) {
  return <div style={{ display: 'grid', gap: 24, maxWidth: 480 }}>{children}</div>
}

// A frozen clock keeps the pictures of these stories the same.
const still = { ...pendingTask('generating', 0.45), createTime: null }

/** A picture on its way, through the real hook: Kie reports no percentage, so none is shown. */
export const Live: Story = { args: { taskId: '' }, decorators: [withFakeTask({ scenario: 'image' })] }

/** A model that does report a percentage. */
export const LiveWithPercentage: Story = {
  args: { taskId: '' },
  decorators: [withFakeTask({ scenario: 'progress', model: 'sora-2-text-to-video' })],
}

/** The sentence comes into room that is kept for it. */
export const LiveFailure: Story = {
  args: { taskId: '', style: { minBlockSize: 96 } },
  decorators: [withFakeTask({ scenario: 'fail-content', speed: 3 })],
  play: async ({ canvas }) => {
    await canvas.findByText(/^The content filter refused/, {}, { timeout: 15_000 })
  },
}

export const LiveUnknownTask: Story = {
  args: { taskId: '' },
  decorators: [withFakeTask({ scenario: 'image', unknown: true })],
}

/** An app that has seen tasks of the samples' model end, after two minutes each. */
const withDurations: Decorator = (Story) => {
  const durations = createDurationStats()
  for (let count = 0; count < 5; count++) durations.observe(still.model, 120_000)
  return (
    <KieProvider client={createKieClient({ baseUrl: location.origin })} durations={durations}>
      <Story />
    </KieProvider>
  )
}

/** Worked out from how long the model has taken before, and marked as such: paler, with no percentage beside it. */
export const Estimate: Story = {
  args: { task: everyState.generating },
  decorators: [withDurations],
  render: () => {
    const task = { ...everyState.generating, createTime: Date.now() - 50_000 }
    return (
      <Stack>
        <TaskProgress task={task} />
        <TaskProgress task={task} variant="ring" />
        <TaskProgress task={task} variant="steps" />
      </Stack>
    )
  },
  play: async ({ canvas, canvasElement }) => {
    for (const gauge of canvas.getAllByRole('progressbar')) {
      await expect(gauge).toHaveAttribute('aria-valuetext', expect.stringMatching(/^Generating, about \d+%$/))
    }
    await expect(canvasElement.querySelectorAll('[data-estimate]')).toHaveLength(2)
    await expect(canvasElement).not.toHaveTextContent('%')
  },
}

/** Where Kie tells no times, none is made up. */
export const MissingTimes: Story = {
  args: { task: everyState.idle },
  render: () => (
    <Stack>
      <TaskProgress task={still} />
      <TaskProgress task={{ ...succeededTask([]), createTime: null }} />
      <TaskProgress task={{ ...succeededTask([]), completeTime: null }} />
      <TaskProgress task={{ ...failedTask('provider'), createTime: null, completeTime: null }} />
    </Stack>
  ),
  play: async ({ canvas }) => {
    await expect(canvas.getAllByText('Done')).toHaveLength(2)
    await expect(canvas.queryByText(/took/)).toBeNull()
  },
}

export const EveryState: Story = {
  args: { task: everyState.idle },
  render: ({ variant }) => (
    <Stack>
      {Object.entries(everyState).map(([state, task]) => (
        <TaskProgress key={state} variant={variant} task={'state' in task ? { ...task, createTime: null } : task} />
      ))}
    </Stack>
  ),
}

/** The word stands in the middle beside the ring where no time will come under it. */
export const EveryStateAsRing: Story = {
  ...EveryState,
  args: { task: everyState.idle, variant: 'ring' },
  play: async ({ canvasElement }) => {
    const middle = (element: Element | null | undefined) => {
      const { top, bottom } = element?.getBoundingClientRect() ?? new DOMRect()
      return (top + bottom) / 2
    }
    for (const state of ['idle', 'success', 'fail', 'error']) {
      const root = canvasElement.querySelector(`[data-slot="task-progress"][data-state="${state}"]`)
      const label = root?.querySelector('[data-slot="task-progress-label"]')
      await expect(label).toBeVisible()
      await expect(middle(label)).toBeCloseTo(middle(root?.querySelector('[role="progressbar"]')), 0)
    }
  },
}

export const EveryStateAsSteps: Story = { ...EveryState, args: { task: everyState.idle, variant: 'steps' } }

/** Where words would break only the bars are seen: the present step's word stands above them. */
export const NarrowSteps: Story = {
  args: { task: still, variant: 'steps', style: { maxWidth: 288 } },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('In queue')).toBeInTheDocument()
    for (const step of canvas.getAllByRole('listitem')) {
      await expect(step.lastElementChild?.getBoundingClientRect().width).toBe(1)
    }
  },
}

export const Sizes: Story = {
  args: { task: still },
  render: () => (
    <Stack>
      {(['bar', 'ring'] as const).flatMap((variant) =>
        (['sm', 'md', 'lg'] as const).map((size) => (
          <TaskProgress key={`${variant} ${size}`} task={still} variant={variant} size={size} />
        )),
      )}
    </Stack>
  ),
}

export const Reconnecting: Story = {
  args: {
    task: followed({
      status: 'running',
      task: still,
      isReconnecting: true,
      error: new KieError('Kiekit: no connection.', { kind: 'network' }),
    }),
  },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('Connection lost. The task goes on; reconnecting…')).toBeVisible()
    await expect(canvas.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '45')
  },
}

const resume = fn()

/** Nothing is lost: waiting can go on. */
export const TimedOut: Story = {
  args: { task: followed({ status: 'timed-out', task: still, resume }) },
  play: async ({ canvas, userEvent }) => {
    await expect(canvas.getByText(/^This takes longer than expected/)).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Keep waiting' }))
    await expect(resume).toHaveBeenCalledOnce()
  },
}

const refetch = fn()

/** The task cannot be asked for: asking can be tried again, which costs nothing. */
export const OutOfReach: Story = {
  args: { task: { ...errorTask('server'), refetch } },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Try again' }))
    await expect(refetch).toHaveBeenCalledOnce()
  },
}

/** The browser knows that it has no network. */
export const Offline: Story = {
  args: { task: followed({ status: 'running', task: still }) },
  beforeEach: () => {
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false })
    return () => Reflect.deleteProperty(navigator, 'onLine')
  },
  play: async ({ canvas }) => {
    await expect(canvas.getByText(/^You are offline\. The task goes on/)).toBeVisible()
  },
}

/** Each reason for which Kie refuses or gives up. */
export const FailureReasons: Story = {
  args: { task: everyState.fail },
  render: () => (
    <Stack>
      {(['content-policy', 'input', 'credits', 'timeout', 'provider', 'unknown'] as const).map((reason) => (
        <TaskProgress key={reason} task={failedTask(reason)} />
      ))}
    </Stack>
  ),
}

/** Each way in which asking about a task can fail. */
export const Errors: Story = {
  args: { task: everyState.error },
  render: () => (
    <Stack>
      {errorKinds.map((kind) => (
        <TaskProgress key={kind} task={errorTask(kind)} />
      ))}
    </Stack>
  ),
}
