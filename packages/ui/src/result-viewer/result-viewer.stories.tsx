import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import { expect, fn, screen, waitFor, within } from 'storybook/test'
import { mediaUrl } from '../samples/fake-task.stories-support.tsx'
import { succeededTask } from '../samples/sample-task.stories-support.ts'
import { ResultViewer } from './result-viewer.tsx'

const meta = {
  title: 'Components/ResultViewer',
  component: ResultViewer,
} satisfies Meta<typeof ResultViewer>
export default meta

type Story = StoryObj<typeof meta>

const task = succeededTask([
  { kind: 'image', url: mediaUrl('dunes-16x9.jpg') },
  { kind: 'text', text: 'Not shown large' },
  { kind: 'video', url: mediaUrl('aurora-16x9.mp4'), posterUrl: mediaUrl('aurora-16x9.webp') },
  { kind: 'image', url: mediaUrl('hills-9x16.png') },
])

function Opened({ initially }: { initially: boolean }) {
  const [open, setOpen] = useState(initially)
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Look closer
      </button>
      <ResultViewer task={task} open={open} onOpenChange={setOpen} />
    </>
  )
}

/** A button of your own opens it; closing gives the focus back. */
export const FromAButton: Story = {
  args: { task, open: false, onOpenChange: () => {} },
  render: () => <Opened initially={false} />,
  play: async ({ canvas, userEvent }) => {
    const opener = canvas.getByRole('button', { name: 'Look closer' })
    await userEvent.click(opener)
    const viewer = await screen.findByRole('dialog', { name: 'Results, large' }, { timeout: 5000 })
    const button = (name: string) => within(viewer).getByRole('button', { name })
    await waitFor(() => expect(button('Zoom in')).toBeEnabled(), { timeout: 5000 })
    await expect(button('Zoom out')).toBeDisabled()
    await userEvent.click(button('Zoom in'))
    await waitFor(() => expect(button('Zoom out')).toBeEnabled())
    await userEvent.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument(), { timeout: 5000 })
    await expect(opener).toHaveFocus()
  },
}

/** By keyboard and by thumbnails from one to the next; texts are left out. */
export const Turned: Story = {
  ...FromAButton,
  render: () => <Opened initially />,
  play: async ({ userEvent }) => {
    const viewer = await screen.findByRole('dialog', { name: 'Results, large' }, { timeout: 5000 })
    const button = (name: string | RegExp) => within(viewer).getByRole('button', { name })
    await waitFor(() => expect(button('Previous')).toBeDisabled())
    await userEvent.keyboard('{ArrowRight}')
    await waitFor(() => expect(button('Previous')).toBeEnabled())
    const thumbnails = viewer.querySelectorAll<HTMLElement>('.yarl__thumbnails_thumbnail:has(img)')
    await expect(thumbnails).toHaveLength(3)
    if (thumbnails[2]) await userEvent.click(thumbnails[2])
    await waitFor(() => expect(button('Next')).toBeDisabled(), { timeout: 5000 })
  },
}

/** Of a prompt of 10,000 characters the description has the beginning. */
export const EndlessPrompt: Story = {
  args: {
    task: succeededTask([{ kind: 'image', url: mediaUrl('dunes-16x9.jpg') }], { prompt: 'word '.repeat(2000) }),
    open: true,
    onOpenChange: () => {},
  },
  play: async () => {
    const picture = await screen.findByRole<HTMLImageElement>('img', { name: /^Image 1 of 1: word/ }, { timeout: 5000 })
    await expect(picture.alt.length).toBeLessThan(200)
  },
}

const withExpired = succeededTask([
  { kind: 'image', url: mediaUrl('notes.mid') },
  { kind: 'video', url: mediaUrl('unplayable-16x9.mp4') },
])

/** A link that brings no picture any more is renewed once. */
export const ExpiredLink: Story = {
  args: {
    task: withExpired,
    open: true,
    onOpenChange: () => {},
    refreshUrl: fn(() => Promise.resolve(mediaUrl('dunes-16x9.jpg'))),
  },
  play: async ({ args }) => {
    const picture = () => screen.getAllByRole('img', { name: /^Image 1 of 2/ })[0]
    await waitFor(() => expect(picture()).toHaveAttribute('src', mediaUrl('dunes-16x9.jpg')), { timeout: 10_000 })
    await expect(args.refreshUrl).toHaveBeenCalledWith(mediaUrl('notes.mid'))
  },
}

/** Without a fresh link, and for a film that the browser cannot play, there is a message, and a way to go on. */
export const Broken: Story = {
  args: { task: withExpired, open: true, onOpenChange: () => {}, index: 1 },
  play: async ({ userEvent }) => {
    const viewer = await screen.findByRole('dialog', { name: 'Results, large' }, { timeout: 5000 })
    await within(viewer).findByText(/could not be played here/, {}, { timeout: 10_000 })
    await waitFor(() => expect(within(viewer).getByRole('button', { name: 'Previous' })).toBeEnabled())
    await userEvent.keyboard('{ArrowLeft}')
    await within(viewer).findByText(/could not be shown/, {}, { timeout: 10_000 })
    await expect(within(viewer).getAllByRole('link', { name: 'Open' })[0]).toBeVisible()
  },
}

export const Open: Story = {
  args: { task, open: true, onOpenChange: () => {} },
  render: () => <Opened initially />,
}
