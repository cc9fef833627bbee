import { createDurationStats, createKieClient, type KieTask, type PendingTask } from '@kiekit/core'
import { KieProvider } from '@kiekit/react'
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

// Those with few colours: the README's pictures stay small.
const two = succeededTask(
  ['hills-4x3.png', 'aurora-4x3.webp'].map((file) => ({ kind: 'image', url: mediaUrl(file) })),
  { aspect_ratio: '4:3', num_images: 2 },
)
const songs = succeededTask([
  { kind: 'audio', url: mediaUrl('morning.mp3'), title: 'Open Water' },
  { kind: 'audio', url: mediaUrl('evening.mp3'), title: 'Evening Hills', posterUrl: mediaUrl('hills-1x1.png') },
])
const openedAt = Date.now()
const sinceSeconds = (task: PendingTask, seconds: number) => ({ ...task, createTime: openedAt - seconds * 1000 })

/** Enough tasks of the model have ended for an estimate. */
const durations = createDurationStats()
for (const ms of [52_000, 58_000, 61_000, 66_000]) durations.observe(pendingTask('generating').model, ms)
const client = createKieClient({ baseUrl: location.origin })

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
  asked(two, 'hills', 'Rolling hills in flat colours'),
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
const column = { display: 'flex', flexDirection: 'column', gap: 28, minWidth: 0 } as const

/** Every component on one page, as the README shows it, but for the viewer, which covers its page. */
function ContactSheet() {
  return (
    <main
      data-contact-sheet
      style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 32, padding: 24, maxWidth: 880 }}
    >
      <div style={column}>
        <Block title="TaskStatusBadge">
          {(['soft', 'solid', 'outline', 'dot'] as const).map((variant) => (
            <div key={variant} style={row}>
              {(['generating', 'success', 'fail'] as const).map((state) => (
                <TaskStatusBadge key={state} task={everyState[state]} variant={variant} size="sm" />
              ))}
            </div>
          ))}
        </Block>
        <Block title="TaskProgress: a percentage of Kie’s, an estimate, steps, a ring">
          <TaskProgress task={sinceSeconds(pendingTask('generating', 0.62), 41)} />
          <KieProvider client={client} durations={durations}>
            <TaskProgress task={sinceSeconds(pendingTask('generating'), 23)} />
          </KieProvider>
          <TaskProgress task={sinceSeconds(pendingTask('generating'), 23)} variant="steps" />
          <TaskProgress task={sinceSeconds(pendingTask('generating', 0.62), 41)} variant="ring" />
          <TaskProgress task={followed({ status: 'timed-out', task: sinceSeconds(pendingTask('generating'), 900) })} />
        </Block>
        <Block title="TaskFailureNotice">
          <TaskFailureNotice task={failedTask('content-policy')} onRetry={() => {}} />
        </Block>
        <Block title="TaskList">
          <TaskList tasks={several} />
        </Block>
        <Block title="CreditsBadge">
          <div style={row}>
            <CreditsBadge credits={1284.5} />
            <CreditsBadge credits={12} low={50} />
          </div>
        </Block>
      </div>
      <div style={column}>
        <Block title="TaskCard">
          <TaskCard task={two} />
        </Block>
        <Block title="TaskCard, small">
          <TaskCard task={sinceSeconds(pendingTask('queuing'), 8)} layout="thumbnail" />
        </Block>
        <Block title="BeforeAfter">
          <BeforeAfter task={edited} />
        </Block>
        <Block title="ResultGallery, songs">
          <ResultGallery task={songs} />
        </Block>
      </div>
    </main>
  )
}

const meta = { title: 'Overview/Contact sheet', component: ContactSheet } satisfies Meta<typeof ContactSheet>
export default meta

export const All: StoryObj<typeof meta> = {}
