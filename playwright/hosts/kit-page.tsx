// The kit's components in frozen states, as a host page shows them: no clock, and no question to Kie.
import { createKieClient, type KieTask, type PendingTask, type TaskFailureReason, type TaskResult } from '@kiekit/core'
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
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'

const fields = {
  taskId: '7f3a9c1e52d84b06a1c4e8f7d2b5903e',
  model: 'google/nano-banana',
  creditsConsumed: null,
  createTime: Date.UTC(2026, 10, 1, 12, 0, 0),
  updateTime: null,
  completeTime: null,
  extra: {},
}
const requestOf = (input: NonNullable<KieTask['request']>['input']) => ({
  model: fields.model,
  input: { prompt: 'A quiet harbour at dawn', ...input },
  callBackUrl: null,
})
const pending = (state: PendingTask['state'], progress: number | null = null): PendingTask => ({
  ...fields,
  request: requestOf({ aspect_ratio: '16:9', num_images: 4 }),
  state,
  rawState: state,
  progress,
})
const succeeded = (results: TaskResult[], aspectRatio = '16:9'): KieTask => ({
  ...fields,
  request: requestOf({ aspect_ratio: aspectRatio }),
  state: 'success',
  rawState: 'success',
  completeTime: fields.createTime + 65_000,
  creditsConsumed: 4,
  results,
})
const failed = (reason: TaskFailureReason): KieTask => ({
  ...fields,
  request: requestOf({}),
  state: 'fail',
  rawState: 'fail',
  completeTime: fields.createTime + 9000,
  failure: { code: '422', reason, message: 'The task failed.', providerMessage: null, worthRetrying: true },
})

const image = succeeded([{ kind: 'image', url: 'http://hosts.test/media/dunes-16x9.jpg' }])
const mixed = succeeded(
  [
    { kind: 'image', url: 'http://hosts.test/media/hills-1x1.png' },
    { kind: 'image', url: 'http://hosts.test/media/gone.png' },
    { kind: 'video', url: 'http://hosts.test/media/silk-1x1.mp4', posterUrl: 'http://hosts.test/media/silk-1x1.webp' },
    {
      kind: 'audio',
      url: 'http://hosts.test/media/morning.mp3',
      title: 'Morning',
      posterUrl: 'http://hosts.test/media/aurora-1x1.webp',
    },
    { kind: 'text', text: 'Words that a model wrote.\n\nIn two paragraphs.', title: 'Lyrics' },
    { kind: 'data', data: { subject_status: 1, tags: ['a', 'b'] } },
    { kind: 'file', url: 'http://hosts.test/media/notes.mid' },
  ],
  '1:1',
)
const repainted: KieTask = {
  ...image,
  request: requestOf({ aspect_ratio: '16:9', image_url: 'http://hosts.test/media/hills-16x9.png' }),
}
const states: KieTask[] = [
  pending('waiting'),
  pending('queuing'),
  pending('generating'),
  pending('generating', 0.42),
  image,
  failed('content-policy'),
]

const pictures = succeeded([
  { kind: 'image', url: 'http://hosts.test/media/dunes-16x9.jpg' },
  { kind: 'image', url: 'http://hosts.test/media/hills-16x9.png' },
])
/** With a gateway there are buttons that save; tasks that are given are not asked for. */
const gateway = createKieClient({ baseUrl: 'http://hosts.test' })
/** Some of them, each with an id of its own. */
const listed = [states[1], image, mixed, failed('content-policy')]
  .filter((task) => task !== undefined)
  .map((task, index) => ({ ...task, taskId: `${task.taskId}-${index}` }))

function Kit() {
  return (
    <>
      {states.map((task, index) => (
        <p key={index} style={{ all: 'initial', display: 'block', font: 'inherit', margin: 8 }}>
          <TaskStatusBadge task={task} />
          <TaskStatusBadge task={task} variant="solid" size="sm" />
          <TaskStatusBadge task={task} variant="outline" size="lg" />
          <TaskStatusBadge task={task} variant="dot" />
          <TaskStatusBadge task={task} show="icon" />
        </p>
      ))}
      {states.map((task, index) => (
        <TaskProgress key={index} task={task} />
      ))}
      <TaskProgress task={pending('generating', 0.42)} variant="ring" />
      <TaskProgress task={image} variant="ring" size="lg" />
      <TaskProgress task={pending('generating')} variant="steps" />
      <ResultGallery task={image} />
      <ResultGallery task={pending('generating')} />
      <ResultGallery task={mixed} />
      <ResultGallery task={succeeded([])} />
      <KieProvider client={gateway}>
        <ResultGallery task={pictures} selectable />
      </KieProvider>
      <BeforeAfter task={repainted} />
      <TaskList tasks={listed} selectedTaskId={listed[1]?.taskId} />
      <TaskList tasks={listed} density="compact" style={{ maxHeight: 60 }} />
      <TaskList tasks={[]} />
      <CreditsBadge credits={1234.5} />
      <CreditsBadge credits={3} low={10} variant="outline" size="sm" />
      <CreditsBadge credits={0} variant="solid" size="lg" />
      <CreditsBadge credits={null} variant="dot" />
      <TaskFailureNotice task={failed('credits')} onRetry={() => {}} />
      <TaskCard task={image} />
      <TaskCard task={failed('provider')} layout="thumbnail" />
    </>
  )
}

/** A badge that the page restyles with classes of its own. */
function Restyled() {
  return (
    <TaskStatusBadge
      task={image}
      data-testid="restyled"
      className="rounded-none bg-[rgb(1,2,3)] pl-10"
      classNames={{ label: 'uppercase', icon: 'hidden' }}
    />
  )
}

function show(selector: string, node: ReactNode) {
  const place = document.querySelector(selector)
  if (place) createRoot(place).render(node)
}
show('#kit', <Kit />)
show('#restyled', <Restyled />)
