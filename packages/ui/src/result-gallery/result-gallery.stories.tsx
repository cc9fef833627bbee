import { KieError, type MediaResult, type TaskResult } from '@kiekit/core'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, screen, spyOn, waitFor, within } from 'storybook/test'
import { mediaUrl, withFakeTask } from '../samples/fake-task.stories-support.tsx'
import {
  errorTask,
  everyState,
  failedTask,
  followed,
  pendingTask,
  succeededTask,
} from '../samples/sample-task.stories-support.ts'
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

/** A place for each picture that was asked for, in the ratio that was asked for. */
export const Waiting: Story = {
  args: { task: pendingTask('waiting', null, { num_images: 4, aspect_ratio: '3:4' }) },
  play: async ({ canvas }) => {
    const places = canvas.getByRole('list', { name: '4 results on their way' }).children
    await expect(places).toHaveLength(4)
    for (const place of places) {
      const { width, height } = place.getBoundingClientRect()
      await expect(width / height).toBeCloseTo(3 / 4, 2)
    }
  },
}

/** The app knows the shape before Kie's first answer. */
export const Loading: Story = { args: { task: followed({ status: 'loading' }), ratio: '16:9', count: 2 } }

export const Idle: Story = { args: { task: everyState.idle } }

export const NoFiles: Story = { args: { task: succeededTask([]) } }

/** Why it failed is told by `TaskProgress` and `TaskFailureNotice`. */
export const Failed: Story = {
  args: { task: failedTask('content-policy') },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('No results: the task failed.')).toBeVisible()
  },
}

/** The task may still finish: its results keep their places. */
export const TimedOut: Story = {
  args: { task: followed({ status: 'timed-out', task: pendingTask('generating', null, { num_images: 2 }) }) },
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('list', { name: '2 results on their way' })).toBeVisible()
  },
}

/** A task that could not be asked about any more: its results keep their places. */
export const ErrorWithATask: Story = {
  args: {
    task: followed({
      status: 'error',
      error: new KieError('Kiekit: for a story.', { kind: 'auth' }),
      task: pendingTask('generating', null, { num_images: 2 }),
    }),
  },
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('list', { name: '2 results on their way' })).toBeVisible()
  },
}

/** Nothing is known of the task. */
export const ErrorWithoutATask: Story = {
  args: { task: errorTask('not-found') },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('No results: the task is not available.')).toBeVisible()
  },
}

/** An address that is none, and a file that no browser plays: each fails alone, and can be tried again. */
export const BrokenFiles: Story = {
  args: {
    task: succeededTask([
      media('image', 'dunes-1x1.jpg'),
      { kind: 'image', url: 'javascript:alert(1)' },
      media('video', 'unplayable-16x9.mp4'),
    ]),
  },
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByText(/could not be played here/, {}, { timeout: 5000 })
    await expect(canvas.getByText(/could not be shown/)).toBeVisible()
    const whole = canvas.getByRole<HTMLImageElement>('img', { name: /^Image 1 of 3/ })
    await waitFor(() => expect(whole.naturalWidth).toBeGreaterThan(0))
    await expect(canvasElement.querySelector('[href^="javascript"], [src^="javascript"]')).toBeNull()
  },
}

/** A film that the browser cannot play is offered to be saved: other programs play it. */
export const UnplayableVideo: Story = {
  args: { taskId: '' },
  decorators: [withFakeTask({ scenario: 'unplayable', ageMs: 120_000, input: { aspect_ratio: '16:9' } })],
  play: async ({ canvas }) => {
    await canvas.findByText(/could not be played here/, {}, { timeout: 15_000 })
    await expect(canvas.getByRole('button', { name: 'Save' })).toBeEnabled()
    await expect(canvas.getByRole('link', { name: 'Open' })).toHaveAttribute(
      'href',
      expect.stringContaining('unplayable'),
    )
  },
}

/** A picture without width and height shows nothing, so it counts as broken. */
export const ZeroSizeImage: Story = {
  args: {
    task: succeededTask([
      { kind: 'image', url: new URL('samples/nothing.svg', location.href).href },
      media('image', 'dunes-1x1.jpg'),
    ]),
  },
  play: async ({ canvas }) => {
    await canvas.findByText(/could not be shown/, {}, { timeout: 5000 })
    await expect(canvas.getAllByRole('img')).toHaveLength(1)
  },
}

/** Its link brings no picture any more: a fresh one is asked for once, and the picture is there. */
export const ExpiredLink: Story = {
  args: {
    task: succeededTask([media('image', 'notes.mid'), media('image', 'hills-1x1.png')]),
    refreshUrl: fn(() => Promise.resolve(mediaUrl('dunes-1x1.jpg'))),
  },
  play: async ({ args, canvas }) => {
    await waitFor(
      () => expect(canvas.getByRole('img', { name: /^Image 1/ })).toHaveAttribute('src', mediaUrl('dunes-1x1.jpg')),
      { timeout: 5000 },
    )
    await expect(args.refreshUrl).toHaveBeenCalledOnce()
    await expect(args.refreshUrl).toHaveBeenCalledWith(mediaUrl('notes.mid'))
  },
}

/** There is no fresh link either: the tile says so, and asks again when told to. */
export const ExpiredForGood: Story = {
  args: {
    task: succeededTask([media('image', 'notes.mid'), media('image', 'hills-1x1.png')]),
    refreshUrl: fn(() => Promise.reject(new Error('gone'))),
  },
  play: async ({ args, canvas, userEvent }) => {
    const again = await canvas.findByRole('button', { name: 'Try again' }, { timeout: 5000 })
    await userEvent.click(again)
    await waitFor(() => expect(args.refreshUrl).toHaveBeenCalledTimes(2))
    await canvas.findByText(/could not be shown/)
    await waitFor(() => expect(again).toBeEnabled())
    await expect(again).toHaveFocus()
    await expect(canvas.getAllByRole('img')).toHaveLength(1)
  },
}

const aged = { scenario: 'images', input: { num_images: 4, aspect_ratio: '4:3' }, ageMs: 120_000 } as const
const saveStatus = { selector: '[data-slot$="save-status"]' }

/** All results as one zip, fetched through the gateway. */
export const Saved: Story = {
  args: { taskId: '' },
  decorators: [withFakeTask(aged)],
  play: async ({ canvas, userEvent }) => {
    const zip = await canvas.findByRole('button', { name: 'Save all 4 as a zip' }, { timeout: 15_000 })
    const save = spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {})
    await userEvent.click(zip)
    await canvas.findByText('4 files saved.', saveStatus, { timeout: 15_000 })
    await expect(save).toHaveBeenCalledOnce()
    save.mockRestore()
    await expect(zip).toHaveFocus()
  },
}

/** One result, by the button in its corner. */
export const OneSaved: Story = {
  args: { taskId: '' },
  decorators: [withFakeTask(aged)],
  play: async ({ canvas, userEvent }) => {
    const [first] = await canvas.findAllByRole('button', { name: 'Save' }, { timeout: 15_000 })
    const save = spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {})
    if (first) await userEvent.click(first)
    await waitFor(() => expect(save).toHaveBeenCalledOnce(), { timeout: 5000 })
    save.mockRestore()
    await waitFor(() => expect(first).toHaveAccessibleName('Save'))
  },
}

/** The link of a file, for other programs. */
export const CopyLink: Story = {
  args: { task: succeededTask([media('image', 'dunes-1x1.jpg')]) },
  play: async ({ canvas, userEvent }) => {
    // A page that nobody has clicked on may not write to the clipboard.
    const write = spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    await userEvent.click(canvas.getByRole('button', { name: 'Copy link' }))
    await expect(await canvas.findByRole('button', { name: 'Copied' })).toHaveFocus()
    await expect(write).toHaveBeenCalledWith(mediaUrl('dunes-1x1.jpg'))
    write.mockRestore()
  },
}

/** Saving says how far it is, and is called off by the same button or with Escape. */
export const SavingCalledOff: Story = {
  args: { taskId: '' },
  decorators: [withFakeTask({ ...aged, downloads: 'never-ending' })],
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Save all 4 as a zip' }, { timeout: 15_000 }))
    await canvas.findByText('Saving 1 of 4', saveStatus, { timeout: 5000 })
    await expect(canvas.getByRole('button', { name: 'Cancel' })).toHaveFocus()
    await userEvent.keyboard('{Escape}')
    await canvas.findByText('Saving cancelled. Nothing was saved.', saveStatus)
    await expect(canvas.getByRole('button', { name: 'Save all 4 as a zip' })).toHaveFocus()
  },
}

/** No file can be had: it says so, and can be tried again. */
export const SavingFails: Story = {
  args: { taskId: '' },
  decorators: [withFakeTask({ ...aged, downloads: 'none' })],
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Save all 4 as a zip' }, { timeout: 15_000 }))
    await canvas.findByText(/^Could not be saved/, saveStatus, { timeout: 5000 })
    await expect(canvas.getByRole('button', { name: 'Try again' })).toHaveFocus()
  },
}

/** A text is copied as a whole. */
export const CopyText: Story = {
  args: { task: succeededTask([{ kind: 'text', text: lyrics, title: 'Open Water' }]) },
  play: async ({ canvas, userEvent }) => {
    // A page that nobody has clicked on may not write to the clipboard.
    const write = spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    await userEvent.click(canvas.getByRole('button', { name: 'Copy' }))
    await expect(await canvas.findByRole('button', { name: 'Copied' })).toHaveFocus()
    await expect(write).toHaveBeenCalledWith(lyrics)
    write.mockRestore()
  },
}

/** What an app does with a result, beside what the kit does: here a picture becomes the input of the next task. */
export const WithActions: Story = {
  args: {
    ...MixedKinds.args,
    tileActions: (result, index) =>
      result.kind === 'image' && (
        <button type="button" aria-label={`Edit image ${index + 1}`} style={{ minBlockSize: 24 }}>
          Edit
        </button>
      ),
  },
  play: async ({ canvas }) => {
    const edit = canvas.getByRole('button', { name: 'Edit image 1' })
    edit.focus()
    await waitFor(() => expect(edit).toBeVisible())
  },
}

/** A click shows a picture large; the arrow keys turn the pages; closing gives the focus back to the picture. */
export const ShownLarge: Story = {
  args: {
    task: succeededTask(
      ['dunes-4x3.jpg', 'hills-4x3.png', 'aurora-4x3.webp'].map((file) => media('image', file)),
      { aspect_ratio: '4:3' },
    ),
  },
  play: async ({ canvas, userEvent }) => {
    const tile = canvas.getByRole('button', { name: /^Image 2 of 3/ })
    await userEvent.click(tile)
    const viewer = await screen.findByRole('dialog', { name: 'Results, large' }, { timeout: 5000 })
    await waitFor(() => expect(within(viewer).getByRole('button', { name: 'Next' })).toBeEnabled())
    await userEvent.keyboard('{ArrowRight}')
    await waitFor(() => expect(within(viewer).getByRole('button', { name: 'Next' })).toBeDisabled())
    await userEvent.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument(), { timeout: 5000 })
    await expect(tile).toHaveFocus()
  },
}

/** Results with a checkbox each, to save some of them or to go on with. */
export const Selectable: Story = {
  args: { taskId: '', selectable: true, onSelectedChange: fn() },
  decorators: [withFakeTask(aged)],
  play: async ({ args, canvas, userEvent }) => {
    const third = await canvas.findByRole('checkbox', { name: 'Select result 3 of 4' }, { timeout: 15_000 })
    await userEvent.click(third)
    await expect(third).toBeChecked()
    canvas.getByRole('checkbox', { name: 'Select result 1 of 4' }).focus()
    await userEvent.keyboard(' ')
    await expect(args.onSelectedChange).toHaveBeenLastCalledWith([0, 2])
    await expect(canvas.getByRole('button', { name: 'Save 2 selected' })).toBeEnabled()
    await expect(canvas.getByText('2 of 4 selected')).toBeVisible()
  },
}

/** With the shift key a range is chosen, by a click or the space bar; a button takes all or none, and so does Escape. */
export const SelectingMany: Story = {
  ...Selectable,
  play: async ({ args, canvas, userEvent }) => {
    await canvas.findByRole('checkbox', { name: 'Select result 1 of 4' }, { timeout: 15_000 })
    const box = (position: number) => canvas.getByRole('checkbox', { name: `Select result ${position} of 4` })
    await userEvent.click(box(1))
    await userEvent.keyboard('{Shift>}')
    await userEvent.click(box(3))
    await userEvent.keyboard('{/Shift}')
    await expect(args.onSelectedChange).toHaveBeenLastCalledWith([0, 1, 2])
    box(2).focus()
    await userEvent.keyboard('{Shift>} {/Shift}')
    await expect(args.onSelectedChange).toHaveBeenLastCalledWith([0])
    await userEvent.keyboard('{Escape}')
    await expect(args.onSelectedChange).toHaveBeenLastCalledWith([])
    await userEvent.click(canvas.getByRole('button', { name: 'Select all' }))
    await expect(canvas.getByText('4 of 4 selected')).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Select none' })).toHaveFocus()
  },
}

/** Every kind of result can be chosen, and the app may keep what is. */
export const SelectedByTheApp: Story = { args: { ...MixedKinds.args, selectable: true, selected: [0, 4] } }

/** No target lies over another, and none is smaller than 24 px. */
async function expectRoomForFingers(tile: HTMLElement) {
  const targets = [...tile.querySelectorAll<HTMLElement>('[role="checkbox"], [data-slot="result-gallery-action"]')]
  const boxes = targets.map((target) => target.getBoundingClientRect())
  await expect(boxes.length).toBeGreaterThan(0)
  for (const [index, box] of boxes.entries()) {
    await expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(24)
    for (const other of boxes.slice(index + 1)) {
      const isApart =
        box.right <= other.left || other.right <= box.left || box.bottom <= other.top || other.bottom <= box.top
      await expect(isApart).toBe(true)
    }
  }
}

/** In the tiles of a small phone the checkbox and the actions are beside each other. */
export const SelectableOnAPhone: Story = {
  args: { taskId: '', selectable: true, style: { maxWidth: 288 } },
  decorators: [withFakeTask(aged)],
  play: async ({ canvas }) => {
    const boxes = await canvas.findAllByRole('checkbox', { name: /^Select result/ }, { timeout: 15_000 })
    for (const box of boxes) {
      const tile = box.closest('li')
      if (tile) await expectRoomForFingers(tile)
    }
  },
}

/** What stands in a tile of its own fits into those of a small phone: buttons as a whole, and the player. */
export const OnAPhone: Story = {
  args: { ...MixedKinds.args, style: { maxWidth: 288 } },
  play: async ({ canvasElement }) => {
    for (const part of canvasElement.querySelectorAll<HTMLElement>('audio, [data-slot="result-gallery-action"]')) {
      const tile = part.closest('li')?.getBoundingClientRect()
      const { top, bottom, left, right } = part.getBoundingClientRect()
      await expect(top >= Number(tile?.top) && bottom <= Number(tile?.bottom)).toBe(true)
      await expect(left >= Number(tile?.left) && right <= Number(tile?.right)).toBe(true)
    }
  },
}

/** With letters twice as large there is one column, and all that stands in a tile fits as well. */
export const OnAPhoneWithLargeText: Story = {
  tags: ['large-text'],
  args: { ...MixedKinds.args, style: { maxWidth: 296, fontSize: 32 } },
  play: async ({ canvas }) => {
    const list = canvas.getByRole('list', { name: 'Results' })
    for (const tile of list.children) {
      await expect(tile.getBoundingClientRect().width).toBe(list.getBoundingClientRect().width)
    }
  },
}

/** The button that tries again is there as a whole before the sentence is. */
export const BrokenOnAPhone: Story = {
  args: {
    task: succeededTask([media('image', 'notes.mid'), media('video', 'notes.mid')], { aspect_ratio: '16:9' }),
    style: { maxWidth: 288 },
  },
  play: async ({ canvas }) => {
    await waitFor(() => expect(canvas.getAllByRole('button', { name: 'Try again' })).toHaveLength(2), { timeout: 5000 })
    for (const button of canvas.getAllByRole('button', { name: 'Try again' })) {
      const tile = button.closest('li')
      if (!tile) continue
      await expectRoomForFingers(tile)
      await expect(button.getBoundingClientRect().bottom).toBeLessThanOrEqual(tile.getBoundingClientRect().bottom)
    }
  },
}

const several = Array.from({ length: 7 }, (_, index) =>
  media('image', ['dunes-4x3.jpg', 'hills-4x3.png', 'aurora-4x3.webp', 'silk-4x3.webp'][index % 4] ?? 'dunes-4x3.jpg'),
)

/** All are equally high, those of the last row as well. */
export const Rows: Story = {
  args: { task: succeededTask(several, { aspect_ratio: '4:3' }), layout: 'rows' },
  play: async ({ canvas }) => {
    const list = canvas.getByRole('list', { name: 'Results' })
    const boxes = [...list.children].map((tile) => tile.getBoundingClientRect())
    await expect(new Set(boxes.map(({ height }) => Math.round(height))).size).toBe(1)
    await expect(Math.max(...boxes.map(({ right }) => right))).toBeCloseTo(list.getBoundingClientRect().right, 0)
  },
}

export const Columns: Story = { args: { task: succeededTask(several, { aspect_ratio: '4:3' }), layout: 'columns' } }

/** A thousand results: those out of sight are neither drawn nor loaded, but found by keyboard and by the page's search. */
export const Thousand: Story = {
  // Tests that look at each element of a story leave this one to `many.spec.ts`.
  tags: ['many'],
  args: {
    task: succeededTask([
      ...Array.from({ length: 999 }, (_, index) =>
        media('image', `${index % 2 ? 'dunes-1x1.jpg' : 'hills-1x1.png'}?${index}`),
      ),
      { kind: 'text', text: 'The last of a thousand.' },
    ]),
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
  play: async ({ canvas, canvasElement }) => {
    await expect(canvas.getByText('<img src=x onerror=alert(1)> & <b>markup</b>')).toBeVisible()
    await expect(canvasElement.querySelector('script, b, [onerror]')).toBeNull()
    const { alt } = canvas.getByRole<HTMLImageElement>('img')
    await expect(alt.length).toBeLessThan(200)
  },
}
