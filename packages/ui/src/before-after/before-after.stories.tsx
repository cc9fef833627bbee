import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fireEvent, fn, waitFor } from 'storybook/test'
import { mediaUrl } from '../samples/fake-task.stories-support.tsx'
import { everyState, followed, pendingTask, succeededTask } from '../samples/sample-task.stories-support.ts'
import { BeforeAfter } from './before-after.tsx'

const meta = {
  title: 'Components/BeforeAfter',
  component: BeforeAfter,
} satisfies Meta<typeof BeforeAfter>
export default meta

type Story = StoryObj<typeof meta>

const input = { image_urls: [mediaUrl('hills-4x3.png')], aspect_ratio: '4:3' }

/** The result over the picture that the request was given, with a divider that follows the pointer and the arrow keys. */
export const Compared: Story = {
  args: { task: succeededTask([{ kind: 'image', url: mediaUrl('dunes-4x3.jpg') }], input), style: { maxWidth: 640 } },
  play: async ({ canvas, userEvent }) => {
    await expect(canvas.getByRole('img', { name: 'Before' })).toHaveAttribute('src', mediaUrl('hills-4x3.png'))
    await userEvent.tab()
    const slider = canvas.getByRole('slider', { name: 'Compare before and after' })
    await expect(slider).toHaveFocus()
    await expect(slider).toHaveAttribute('aria-valuetext', 'After: 50%')
    // The browser moves it by keys that are pressed for real: pointer.spec.ts does.
    await fireEvent.change(slider, { target: { value: '75' } })
    await expect(slider).toHaveAttribute('aria-valuetext', 'After: 25%')
    await fireEvent.change(slider, { target: { value: '50' } })
  },
}

/** While the task runs, the picture before is there. */
export const Working: Story = { args: { task: pendingTask('generating', null, input), style: { maxWidth: 640 } } }

/** Without a picture before there is nothing to compare. */
export const OnlyAfter: Story = {
  args: {
    task: succeededTask([{ kind: 'image', url: mediaUrl('dunes-4x3.jpg') }], { aspect_ratio: '4:3' }),
    style: { maxWidth: 640 },
  },
}

export const Idle: Story = { args: { task: everyState.idle } }

/** The app knows the shape before Kie's first answer. */
export const Loading: Story = {
  args: { task: followed({ status: 'loading' }), ratio: '4:3', style: { maxWidth: 640 } },
}

/** The picture before stays; why the task failed is told by `TaskProgress` and `TaskFailureNotice`. */
export const Failed: Story = {
  args: {
    task: { ...everyState.fail, request: pendingTask('waiting', null, input).request },
    style: { maxWidth: 640 },
  },
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('img', { name: 'Before' })).toBeVisible()
    await expect(canvas.getByText('There is no result to compare with.')).toBeVisible()
  },
}

/** Nothing is known of the task, not even the picture before. */
export const NotAvailable: Story = { args: { task: everyState.error } }

/** The link of the picture after has expired for good: the one before stays, without a divider. */
export const Broken: Story = {
  args: {
    task: succeededTask([{ kind: 'image', url: mediaUrl('notes.mid') }], input),
    refreshUrl: fn(() => Promise.reject(new Error('gone'))),
    style: { maxWidth: 640 },
  },
  play: async ({ args, canvas, userEvent }) => {
    await canvas.findByText(/could not be shown/, {}, { timeout: 5000 })
    await expect(canvas.queryByRole('slider')).not.toBeInTheDocument()
    await userEvent.click(canvas.getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(args.refreshUrl).toHaveBeenCalledTimes(2))
    await expect(canvas.getByRole('img', { name: 'Before' })).toBeVisible()
  },
}

/** Its link has expired, and a fresh one is at hand. */
export const Renewed: Story = {
  args: {
    task: succeededTask([{ kind: 'image', url: mediaUrl('notes.mid') }], input),
    refreshUrl: fn(() => Promise.resolve(mediaUrl('dunes-4x3.jpg'))),
    style: { maxWidth: 640 },
  },
  play: async ({ canvas }) => {
    await canvas.findByRole('slider', {}, { timeout: 5000 })
    await waitFor(() =>
      expect(canvas.getByRole('img', { name: 'After' })).toHaveAttribute('src', mediaUrl('dunes-4x3.jpg')),
    )
  },
}

/** An address that leads to a script is none. */
export const HostileAddress: Story = {
  args: {
    task: succeededTask([{ kind: 'image', url: 'javascript:alert(1)' }], { image_url: 'javascript:alert(2)' }),
    style: { maxWidth: 640 },
  },
  play: async ({ canvas, canvasElement }) => {
    await expect(canvas.getByText('There is no result to compare with.')).toBeVisible()
    await expect(canvasElement.querySelector('[src^="javascript"]')).toBeNull()
  },
}
