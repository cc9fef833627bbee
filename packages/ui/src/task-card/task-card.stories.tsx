import type { MediaResult, TaskResult } from '@kiekit/core'
import type { Meta, StoryObj } from '@storybook/react-vite'
import type { CSSProperties, ReactNode } from 'react'
import { expect, fn } from 'storybook/test'
import { mediaUrl, withFakeTask } from '../samples/fake-task.stories-support.tsx'
import {
  errorTask,
  everyState,
  failedTask,
  followed,
  pendingTask,
  succeededTask,
} from '../samples/sample-task.stories-support.ts'
import { TaskCard } from './task-card.tsx'

const meta = {
  title: 'Components/TaskCard',
  component: TaskCard,
} satisfies Meta<typeof TaskCard>
export default meta

type Story = StoryObj<typeof meta>

function Grid({ children }: { children: ReactNode }) {
  return (
    <div
      style={{
        display: 'grid',
        gap: 16,
        gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 20rem), 1fr))',
        alignItems: 'start',
      }}
    >
      {children}
    </div>
  )
}

const media = (kind: MediaResult['kind'], file: string, more: Partial<MediaResult> = {}): TaskResult => ({
  kind,
  url: mediaUrl(file),
  ...more,
})
// A frozen clock keeps the pictures of these stories the same.
const still = { ...pendingTask('generating', 0.45, { aspect_ratio: '4:3' }), createTime: null }
const waiting = { ...pendingTask('waiting', null, { aspect_ratio: '4:3', num_images: 4 }), createTime: null }
const done = succeededTask([media('image', 'dunes-4x3.jpg')], { aspect_ratio: '4:3' })
const four = succeededTask(
  ['dunes-4x3.jpg', 'hills-4x3.png', 'aurora-4x3.webp', 'silk-4x3.webp'].map((file) => media('image', file)),
  { aspect_ratio: '4:3', num_images: 4 },
)
const film = succeededTask([media('video', 'aurora-16x9.mp4', { posterUrl: mediaUrl('aurora-16x9.webp') })], {
  aspect_ratio: '16:9',
})
const song = succeededTask([media('audio', 'evening.mp3', { title: 'Evening' })], { aspect_ratio: '16:9' })
const words = succeededTask([{ kind: 'text', text: 'A light comes up behind the hill.' }])

/** Four pictures on their way, through the real hook. Nothing moves, because the app knows what it asked for. */
export const Live: Story = {
  args: { taskId: '', count: 4, ratio: '4:3', style: { maxWidth: 480 } },
  decorators: [withFakeTask({ scenario: 'images', input: { num_images: 4, aspect_ratio: '4:3' } })],
}

export const LiveFailure: Story = {
  args: { taskId: '', style: { maxWidth: 480 } },
  decorators: [withFakeTask({ scenario: 'fail-content', speed: 3 })],
}

export const EveryState: Story = {
  args: { task: everyState.idle },
  render: () => (
    <Grid>
      <TaskCard task={everyState.idle} />
      <TaskCard task={everyState.loading} />
      <TaskCard task={waiting} />
      <TaskCard task={still} />
      <TaskCard task={done} />
      <TaskCard task={four} />
      <TaskCard task={failedTask('content-policy', 'CONTENT_POLICY_BLOCKED: The input was flagged as sensitive.')} />
      <TaskCard task={failedTask('provider')} onRetry={() => {}} />
      <TaskCard task={followed({ status: 'timed-out', task: still })} />
      <TaskCard task={errorTask('not-found')} />
    </Grid>
  ),
}

export const EveryStateSmall: Story = {
  args: { task: everyState.idle },
  render: () => (
    <Grid>
      {[everyState.idle, everyState.loading, waiting, still, done, four, film, song, words].map((task, index) => (
        <TaskCard key={index} task={task} layout="thumbnail" />
      ))}
      <TaskCard task={failedTask('provider')} layout="thumbnail" onRetry={() => {}} />
      <TaskCard task={followed({ status: 'timed-out', task: still })} layout="thumbnail" />
      <TaskCard task={errorTask('not-found')} layout="thumbnail" />
    </Grid>
  ),
}

/** Text of twice the size on a phone: words stand under one another, and none of them letter by letter. */
export const LargeText: Story = {
  tags: ['large-text'],
  args: { task: everyState.idle },
  render: () => (
    <div style={{ display: 'grid', gap: 16, maxWidth: '18.5rem', fontSize: '2rem', '--kie-scale': 2 } as CSSProperties}>
      <TaskCard task={still} />
      <TaskCard task={followed({ status: 'timed-out', task: still, resume: () => {} })} />
      <TaskCard task={done} layout="thumbnail" />
      <TaskCard task={followed({ status: 'timed-out', task: still, resume: () => {} })} layout="thumbnail" />
    </div>
  ),
  play: async ({ canvas }) => {
    for (const card of canvas.getAllByRole('article')) {
      const { left, right } = card.getBoundingClientRect()
      for (const part of card.querySelectorAll('[data-slot]')) {
        const box = part.getBoundingClientRect()
        await expect(box.left).toBeGreaterThanOrEqual(left)
        await expect(box.right).toBeLessThanOrEqual(right)
      }
      await expect(card.querySelector('[data-slot="task-card-prompt"]')?.clientWidth).toBeGreaterThan(190)
      const notice = card.querySelector('[data-slot="task-failure-notice"]')
      if (notice) await expect(notice.scrollWidth).toBeLessThanOrEqual(notice.parentElement?.clientWidth ?? 0)
    }
  },
}

/** On a phone the model has a line of its own. */
export const Narrow: Story = {
  args: { task: done, layout: 'thumbnail', style: { maxWidth: 288 } },
  play: async ({ canvas }) => {
    const model = canvas.getByText('google/nano-banana')
    await expect(model.scrollWidth).toBeLessThanOrEqual(model.clientWidth)
  },
}

/** The same card with less and with more room: `--kie-density`, from 0.75 to 1.5. */
export const Densities: Story = {
  args: { task: done },
  render: () => (
    <div style={{ display: 'grid', gap: 16, maxWidth: 420 }}>
      {[0.75, 1, 1.5].map((density) => (
        <div key={density} style={{ '--kie-density': density } as CSSProperties}>
          <TaskCard task={done} layout="thumbnail" />
        </div>
      ))}
    </div>
  ),
}

/** Whether the middle of an element is covered by nothing else. */
async function expectOnTop(element: HTMLElement) {
  element.scrollIntoView({ block: 'center' })
  const { x, y, width, height } = element.getBoundingClientRect()
  await expect(document.elementFromPoint(x + width / 2, y + height / 2)).toBe(element)
}

/** A connection that is lost leaves the card as it was, and says so. */
export const Reconnecting: Story = {
  args: {
    task: followed({ status: 'running', task: still, isReconnecting: true }),
    style: { maxWidth: 400 },
  },
  play: async ({ canvas }) => {
    await expectOnTop(canvas.getByText(/^Connection lost\. The task goes on/))
  },
}

/** The browser knows that it has no network. */
export const Offline: Story = {
  args: {
    task: followed({ status: 'running', task: still }),
    style: { maxWidth: 400 },
  },
  beforeEach: () => {
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false })
    return () => Reflect.deleteProperty(navigator, 'onLine')
  },
  play: async ({ canvas }) => {
    await expectOnTop(canvas.getByText(/^You are offline\. The task goes on/))
  },
}

/** A new attempt is paid for, so it is the person who begins it. */
export const StartedAgain: Story = {
  args: { task: failedTask('provider'), onRetry: fn(), style: { maxWidth: 400 } },
  play: async ({ args, canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Start again' }))
    await expect(args.onRetry).toHaveBeenCalledOnce()
  },
}

export const TallResult: Story = {
  args: {
    task: succeededTask([media('image', 'hills-9x16.png')], { aspect_ratio: '9:16' }),
    style: { maxWidth: 400 },
  },
}

/** Actions of your own in the footer. */
export const WithActions: Story = {
  args: {
    task: done,
    style: { maxWidth: 400 },
    children: (
      <span style={{ display: 'flex', gap: 8 }}>
        <button type="button">Use as input</button>
        <button type="button">Remove</button>
      </span>
    ),
  },
}

/** A prompt of 10,000 characters, HTML in it, words without end, and no times. */
export const HostileTexts: Story = {
  args: { task: everyState.idle },
  render: () => (
    <Grid>
      <TaskCard task={{ ...done, request: promptOf('A very long prompt about nothing in particular. '.repeat(208)) }} />
      <TaskCard task={{ ...done, request: promptOf('<img src=x onerror=alert(1)><b>bold</b>') }} />
      <TaskCard task={{ ...done, request: promptOf('W'.repeat(300)), model: 'm'.repeat(120) }} />
      <TaskCard task={{ ...done, request: promptOf('ميناء هادئ عند الفجر') }} />
      <TaskCard task={{ ...done, request: null, model: '', createTime: null, creditsConsumed: null }} />
    </Grid>
  ),
  play: async ({ canvas, canvasElement }) => {
    await expect(canvas.getByText('<img src=x onerror=alert(1)><b>bold</b>')).toBeVisible()
    await expect(canvasElement.querySelector('b, [onerror]')).toBeNull()
    for (const card of canvas.getAllByRole('article')) {
      await expect(card.getBoundingClientRect().height).toBeLessThan(700)
    }
  },
}

function promptOf(prompt: string) {
  return { model: 'google/nano-banana', input: { prompt, aspect_ratio: '4:3' }, callBackUrl: null }
}
