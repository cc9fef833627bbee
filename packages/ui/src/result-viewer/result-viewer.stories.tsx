import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
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
}

export const Open: Story = {
  args: { task, open: true, onOpenChange: () => {} },
  render: () => <Opened initially />,
}
