import type { KieTask, PendingTask } from '@kiekit/core'
import {
  BeforeAfter,
  CreditsBadge,
  ResultGallery,
  TaskCard,
  TaskFailureNotice,
  TaskList,
  TaskProgress,
  TaskStatusBadge,
} from '@kiekit/ui'
import type { Meta, StoryObj } from '@storybook/react-vite'
import type { ReactNode } from 'react'
import { mediaUrl } from '../packages/ui/src/samples/fake-task.stories-support.tsx'
import {
  everyState,
  failedTask,
  followed,
  pendingTask,
  succeededTask,
} from '../packages/ui/src/samples/sample-task.stories-support.ts'

const pictures = ['hills-4x3.png', 'silk-4x3.webp', 'dunes-4x3.jpg', 'aurora-4x3.webp']
const four = succeededTask(
  pictures.map((file) => ({ kind: 'image', url: mediaUrl(file) })),
  { aspect_ratio: '4:3', num_images: 4 },
)
const songs = succeededTask([
  { kind: 'audio', url: mediaUrl('morning.mp3'), title: 'Open Water', posterUrl: mediaUrl('aurora-1x1.webp') },
  { kind: 'audio', url: mediaUrl('evening.mp3'), title: 'Evening Hills', posterUrl: mediaUrl('dunes-1x1.jpg') },
])
const openedAt = Date.now()
const sinceSeconds = (task: PendingTask, seconds: number) => ({ ...task, createTime: openedAt - seconds * 1000 })

const edited = succeededTask([{ kind: 'image', url: mediaUrl('dunes-16x9.jpg') }], {
  image_urls: [mediaUrl('hills-16x9.png')],
  aspect_ratio: '16:9',
})
const asked = (task: KieTask, taskId: string, prompt: string) => ({
  ...task,
  taskId,
  request: { model: task.model, input: { prompt }, callBackUrl: null },
})
const several = [
  asked(four, 'hills', 'Rolling hills in flat colours'),
  asked(sinceSeconds(pendingTask('generating', 0.62), 41), 'lake', 'Northern lights above a still lake'),
  asked(failedTask('content-policy'), 'film', 'A scene from a famous film'),
]

function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section style={{ display: 'flex', flexDirection: 'column', gap: 12, minWidth: 0 }}>
      <h2 style={{ margin: 0, fontSize: 12, fontWeight: 500, opacity: 0.7 }}>{title}</h2>
      {children}
    </section>
  )
}

const row = { display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'center' } as const
const column = { display: 'flex', flexDirection: 'column', gap: 32, minWidth: 0 } as const

/** Every component on one page, as the README shows it. */
function ContactSheet() {
  return (
    <main
      data-contact-sheet
      style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 40, padding: 32, maxWidth: 1180 }}
    >
      <div style={column}>
        <Block title="TaskStatusBadge">
          {(['soft', 'solid', 'outline', 'dot'] as const).map((variant) => (
            <div key={variant} style={row}>
              {Object.entries(everyState)
                .filter(([state]) => !['idle', 'loading', 'timed-out', 'error'].includes(state))
                .map(([state, task]) => (
                  <TaskStatusBadge key={state} task={task} variant={variant} size="sm" />
                ))}
            </div>
          ))}
        </Block>
        <Block title="TaskProgress">
          <TaskProgress task={sinceSeconds(pendingTask('generating', 0.62), 41)} />
          <TaskProgress task={sinceSeconds(pendingTask('generating'), 23)} variant="steps" />
          <TaskProgress task={followed({ status: 'timed-out', task: sinceSeconds(pendingTask('generating'), 900) })} />
        </Block>
        <Block title="TaskFailureNotice">
          <TaskFailureNotice task={failedTask('content-policy')} />
        </Block>
        <Block title="CreditsBadge">
          <div style={row}>
            <CreditsBadge credits={1284.5} />
            <CreditsBadge credits={12} low={50} />
          </div>
        </Block>
        <Block title="TaskList">
          <TaskList tasks={several} />
        </Block>
        <Block title="BeforeAfter">
          <BeforeAfter task={edited} />
        </Block>
      </div>
      <div style={column}>
        <Block title="ResultGallery">
          <ResultGallery task={four} />
        </Block>
        <Block title="ResultGallery, songs">
          <ResultGallery task={songs} />
        </Block>
        <Block title="TaskCard">
          <TaskCard task={four} layout="thumbnail" />
          <TaskCard task={sinceSeconds(pendingTask('queuing'), 8)} layout="thumbnail" />
        </Block>
      </div>
    </main>
  )
}

const meta = { title: 'Overview/Contact sheet', component: ContactSheet } satisfies Meta<typeof ContactSheet>
export default meta

export const All: StoryObj<typeof meta> = {}
