import type { MediaResult, TaskResult } from '@kiekit/core'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { mediaUrl, withFakeTask } from '../samples/fake-task.stories-support.tsx'
import { everyState, failedTask, followed, pendingTask, succeededTask } from '../samples/sample-task.stories-support.ts'
import { ResultGallery } from './result-gallery.tsx'

const meta = {
  title: 'Components/ResultGallery',
  component: ResultGallery,
} satisfies Meta<typeof ResultGallery>
export default meta

type Story = StoryObj<typeof meta>

const media = (kind: MediaResult['kind'], file: string, more: Partial<MediaResult> = {}): TaskResult => ({
  kind,
  url: mediaUrl(file),
  ...more,
})
const lyrics = '[Verse]\nA light comes up behind the hill,\nthe lake lies open, wide and still.\n'

/** Four pictures on their way, through the real hook: nothing moves when they arrive. The app knows what it asked for. */
export const Live: Story = {
  args: { taskId: '', count: 4, ratio: '4:3' },
  decorators: [withFakeTask({ scenario: 'images', input: { num_images: 4, aspect_ratio: '4:3' } })],
}

export const LiveVideo: Story = {
  args: { taskId: '', ratio: '16:9' },
  decorators: [withFakeTask({ scenario: 'video', model: 'veo3_fast', speed: 4, input: { aspect_ratio: '16:9' } })],
}

export const LiveAudio: Story = {
  args: { taskId: '', count: 2 },
  decorators: [withFakeTask({ scenario: 'audio', model: 'ai-music-api/generate', speed: 4 })],
}

export const OneResult: Story = {
  args: { task: succeededTask([media('image', 'dunes-16x9.jpg')], { aspect_ratio: '16:9' }) },
}

export const TallResult: Story = {
  args: { task: succeededTask([media('image', 'hills-9x16.png')], { aspect_ratio: '9:16' }) },
}

export const FourResults: Story = {
  args: {
    task: succeededTask(
      ['dunes-4x3.jpg', 'hills-4x3.png', 'aurora-4x3.webp', 'silk-4x3.webp'].map((file) => media('image', file)),
      { aspect_ratio: '4:3' },
    ),
  },
}

export const MixedKinds: Story = {
  args: {
    task: succeededTask([
      media('image', 'dunes-1x1.jpg'),
      media('video', 'silk-1x1.mp4', { posterUrl: mediaUrl('silk-1x1.webp') }),
      media('audio', 'evening.mp3', { title: 'Evening' }),
      media('audio', 'morning.mp3', { title: 'Morning', posterUrl: mediaUrl('hills-1x1.png') }),
      { kind: 'text', text: lyrics.repeat(6), title: 'Open Water' },
      { kind: 'data', data: { subject_status: 1, boxes: [[12, 40, 200, 180]] } },
      media('file', 'notes.mid'),
    ]),
  },
}

/** A picture that does not fit the ratio that was asked for is shown whole. */
export const FittedIntoTheRatio: Story = {
  args: {
    task: succeededTask([media('image', 'hills-9x16.png'), media('image', 'dunes-16x9.jpg')], { aspect_ratio: '1:1' }),
  },
}

export const Waiting: Story = {
  args: { task: pendingTask('waiting', null, { num_images: 4, aspect_ratio: '3:4' }) },
}

/** The app knows the shape before Kie's first answer. */
export const Loading: Story = { args: { task: followed({ status: 'loading' }), ratio: '16:9', count: 2 } }

export const Idle: Story = { args: { task: everyState.idle } }

export const NoFiles: Story = { args: { task: succeededTask([]) } }

export const Failed: Story = { args: { task: failedTask('content-policy') } }

/** An address that is none, and a file that no browser plays: each fails alone. */
export const BrokenFiles: Story = {
  args: {
    task: succeededTask([
      media('image', 'dunes-1x1.jpg'),
      { kind: 'image', url: 'javascript:alert(1)' },
      media('video', 'unplayable-16x9.mp4'),
    ]),
  },
}

/** Its link brings no picture any more: a fresh one is asked for once, and the picture is there. */
export const ExpiredLink: Story = {
  args: {
    task: succeededTask([media('image', 'notes.mid'), media('image', 'hills-1x1.png')]),
    refreshUrl: () => Promise.resolve(mediaUrl('dunes-1x1.jpg')),
  },
}

/** Results with a checkbox each, to save some of them or to go on with. */
export const Selectable: Story = {
  args: { taskId: '', selectable: true, onSelectedChange: fn() },
  decorators: [withFakeTask({ scenario: 'images', input: { num_images: 4, aspect_ratio: '4:3' }, ageMs: 120_000 })],
  play: async ({ args, canvas, userEvent }) => {
    const third = await canvas.findByRole('checkbox', { name: 'Select result 3 of 4' }, { timeout: 15_000 })
    await userEvent.click(third)
    await expect(third).toBeChecked()
    canvas.getByRole('checkbox', { name: 'Select result 1 of 4' }).focus()
    await userEvent.keyboard(' ')
    await expect(args.onSelectedChange).toHaveBeenLastCalledWith([0, 2])
    await expect(canvas.getByRole('button', { name: 'Save 2 selected' })).toBeEnabled()
  },
}

/** Every kind of result can be chosen, and the app may keep what is. */
export const SelectedByTheApp: Story = { args: { ...MixedKinds.args, selectable: true, selected: [0, 4] } }

const several = Array.from({ length: 7 }, (_, index) =>
  media('image', ['dunes-4x3.jpg', 'hills-4x3.png', 'aurora-4x3.webp', 'silk-4x3.webp'][index % 4] ?? 'dunes-4x3.jpg'),
)

export const Rows: Story = { args: { task: succeededTask(several, { aspect_ratio: '4:3' }), layout: 'rows' } }

export const Columns: Story = { args: { task: succeededTask(several, { aspect_ratio: '4:3' }), layout: 'columns' } }

/** Hundreds of pictures: those out of sight are not drawn. */
export const Hundreds: Story = {
  args: {
    task: succeededTask(
      Array.from({ length: 300 }, (_, index) => media('image', index % 2 ? 'dunes-1x1.jpg' : 'hills-1x1.png')),
    ),
  },
}

/** Words that others wrote, as long and as odd as they come. */
export const HostileTexts: Story = {
  args: {
    task: succeededTask(
      [
        { kind: 'text', text: '<img src=x onerror=alert(1)> & <b>markup</b>', title: '<script>alert(1)</script>' },
        { kind: 'text', text: 'endless'.repeat(4000) },
        media('image', 'dunes-1x1.jpg'),
        { kind: 'file', url: `https://files.example/${'long-'.repeat(60)}name.bin` },
      ],
      { prompt: 'word '.repeat(2000) },
    ),
  },
}
