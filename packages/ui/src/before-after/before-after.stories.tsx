import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { mediaUrl } from '../samples/fake-task.stories-support.tsx'
import { pendingTask, succeededTask } from '../samples/sample-task.stories-support.ts'
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
    await expect(slider).toHaveAttribute('aria-valuetext', '50% after')
    await userEvent.keyboard('{ArrowRight}')
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
