import { createKieClient, type KieClient, type KieTask } from '@kiekit/core'
import { KieProvider } from '@kiekit/react'
import { createFakeKie } from '@kiekit/testing'
import { type ConformancePart, type ConformanceProps, conformanceChecks } from '@kiekit/testing/conformance'
import { createElement, type ReactElement, useEffect, useRef } from 'react'
import { describe, expect, it } from 'vitest'
import {
  BeforeAfter,
  CreditsBadge,
  type KieLabels,
  ResultGallery,
  ResultViewer,
  TaskCard,
  TaskFailureNotice,
  TaskList,
  TaskProgress,
  TaskStatusBadge,
} from './index.ts'
// Loaded here, so that a check does not wait for the module.
import './result-viewer/lightbox.tsx'
import { everyState, failedTask, followed, pendingTask, succeededTask } from './samples/sample-task.stories-support.ts'
import * as inside from './task.ts'

interface Subject {
  element: (props: ConformanceProps<Partial<KieLabels>>) => ReactElement
  slot: string
  state: string
  parts: (string | ConformancePart)[]
  without?: ('ref' | 'render')[]
  labels: { given: Partial<KieLabels>; read: string }
}

const picture = { kind: 'image', url: 'https://files.example/a.png' } as const
const done = succeededTask([picture], { image_url: 'https://files.example/before.png' })
const several = succeededTask([picture, picture])
const many = succeededTask(Array.from({ length: 30 }, () => picture))
const broken = { kind: 'image', url: 'javascript:alert(1)' } as const
const song = { kind: 'audio', url: 'https://files.example/a.mp3', title: 'Evening', posterUrl: picture.url } as const
const client = {
  ...createKieClient({ baseUrl: 'https://app.example', fetch: createFakeKie().fetch }),
  // With it there is somewhere to save from.
  open: () => Promise.reject(new Error('Nothing is saved here.')),
}
const insideOf = (task: KieTask, part: ReactElement) => <inside.Task task={task}>{part}</inside.Task>
const lost = followed({ status: 'running', task: pendingTask('generating'), isReconnecting: true })
const words = succeededTask([{ kind: 'text', text: 'Words', title: 'Lyrics' }])
const finished = { given: { 'phase.success': 'Ready' }, read: 'Ready' }
const waiting = { given: { 'phase.waiting': 'Hold on' }, read: 'Hold on' }
const gallery = { given: { 'gallery.label': 'Pictures' }, read: 'Pictures' }

const silent: KieClient = {
  ...createKieClient({ baseUrl: 'https://app.example', fetch: () => new Promise(() => {}) }),
  open: () => new Promise(() => {}),
}

/** Presses the button that saves all; the files never come. */
function Saving({ children }: { children: ReactElement }) {
  const around = useRef<HTMLDivElement>(null)
  const isPressed = useRef(false)
  useEffect(() => {
    // A second press calls it off, as in StrictMode.
    if (!isPressed.current) around.current?.querySelector<HTMLElement>('[data-slot="task-card-save-all"]')?.click()
    isPressed.current = true
  }, [])
  return (
    <KieProvider client={silent}>
      <div ref={around}>{children}</div>
    </KieProvider>
  )
}

const subjects: Record<string, Subject> = {
  'TaskStatusBadge of a finished task': {
    element: (props) => <TaskStatusBadge task={done} {...props} />,
    slot: 'task-status-badge',
    state: 'success',
    parts: ['icon', 'label'],
    labels: finished,
  },
  'TaskStatusBadge as a dot': {
    element: (props) => <TaskStatusBadge task={everyState.waiting} variant="dot" {...props} />,
    slot: 'task-status-badge',
    state: 'waiting',
    parts: ['icon', 'label'],
    labels: waiting,
  },
  'TaskProgress as a bar': {
    element: (props) => <TaskProgress task={pendingTask('waiting', 0.4)} {...props} />,
    slot: 'task-progress',
    state: 'running',
    parts: ['header', 'label', 'value', 'track', 'indicator'],
    labels: waiting,
  },
  'TaskProgress as a ring': {
    element: (props) => <TaskProgress task={pendingTask('waiting', 0.4)} variant="ring" {...props} />,
    slot: 'task-progress',
    state: 'running',
    parts: ['header', 'label', 'value', 'track', 'indicator', 'percent'],
    labels: waiting,
  },
  'TaskProgress as a ring of a finished task': {
    element: (props) => <TaskProgress task={done} variant="ring" {...props} />,
    slot: 'task-progress',
    state: 'success',
    parts: ['track', 'indicator', 'sign'],
    labels: finished,
  },
  'TaskProgress as steps': {
    element: (props) => <TaskProgress task={pendingTask('waiting')} variant="steps" {...props} />,
    slot: 'task-progress',
    state: 'running',
    parts: ['header', 'label', 'track', 'step', 'indicator'],
    labels: waiting,
  },
  'TaskProgress of a task that takes long': {
    element: (props) => <TaskProgress task={everyState['timed-out']} {...props} />,
    slot: 'task-progress',
    state: 'timed-out',
    parts: ['message', 'action'],
    labels: { given: { 'progress.keep-waiting': 'Go on' }, read: 'Go on' },
  },
  'ResultGallery with a picture': {
    element: (props) => <ResultGallery task={done} {...props} />,
    slot: 'result-gallery',
    state: 'success',
    parts: ['list', 'tile', 'media'],
    labels: gallery,
  },
  'ResultGallery with words': {
    element: (props) => <ResultGallery task={words} {...props} />,
    slot: 'result-gallery',
    state: 'success',
    parts: ['list', 'tile', 'title', 'text', 'action'],
    labels: gallery,
  },
  'ResultGallery before the results': {
    element: (props) => <ResultGallery task={pendingTask('generating')} {...props} />,
    slot: 'result-gallery',
    state: 'running',
    parts: ['list', 'skeleton'],
    labels: { given: { 'gallery.pending': () => 'On their way' }, read: 'On their way' },
  },
  'ResultGallery that can be chosen from and saved': {
    element: (props) => (
      <KieProvider client={client}>
        <ResultGallery task={several} selectable selected={[0]} {...props} />
      </KieProvider>
    ),
    slot: 'result-gallery',
    state: 'success',
    parts: ['select', 'view', 'actions', 'controls', 'select-all', 'selected-count', 'save-selected', 'save-all'],
    labels: { given: { 'gallery.select-all': 'Take all' }, read: 'Take all' },
  },
  'ResultGallery with many results': {
    element: (props) => <ResultGallery task={many} {...props} />,
    slot: 'result-gallery',
    state: 'success',
    parts: ['group'],
    labels: gallery,
  },
  'ResultGallery with a song and a file that cannot be shown': {
    element: (props) => <ResultGallery task={succeededTask([song, broken])} {...props} />,
    slot: 'result-gallery',
    state: 'success',
    parts: ['cover', 'title', 'media', 'broken', 'icon', 'message'],
    labels: { given: { 'gallery.broken': 'No longer there' }, read: 'No longer there' },
  },
  'ResultGallery of a failed task': {
    element: (props) => <ResultGallery task={failedTask('input')} {...props} />,
    slot: 'result-gallery',
    state: 'fail',
    parts: ['message'],
    labels: { given: { 'gallery.failed': 'Nothing came of it' }, read: 'Nothing came of it' },
  },
  ResultViewer: {
    element: (props) => <ResultViewer task={several} open onOpenChange={() => {}} {...props} />,
    slot: 'result-viewer',
    state: 'success',
    parts: [],
    without: ['ref', 'render'],
    labels: { given: { 'viewer.label': 'Up close' }, read: 'Up close' },
  },
  'BeforeAfter of a failed task': {
    element: (props) => <BeforeAfter task={failedTask('input')} {...props} />,
    slot: 'before-after',
    state: 'fail',
    parts: ['message'],
    labels: { given: { 'compare.none': 'Nothing came of it' }, read: 'Nothing came of it' },
  },
  'ResultGallery without results': {
    element: (props) => <ResultGallery task={succeededTask([])} {...props} />,
    slot: 'result-gallery',
    state: 'success',
    parts: ['message'],
    labels: { given: { 'gallery.none': 'Nothing came of it' }, read: 'Nothing came of it' },
  },
  BeforeAfter: {
    element: (props) => <BeforeAfter task={done} {...props} />,
    slot: 'before-after',
    state: 'success',
    parts: ['before', 'after', 'before-label', 'after-label', 'slider', 'handle'],
    labels: { given: { 'compare.before': 'Original' }, read: 'Original' },
  },
  'TaskFailureNotice of a failed task': {
    element: (props) => <TaskFailureNotice task={failedTask('provider')} onRetry={() => {}} {...props} />,
    slot: 'task-failure-notice',
    state: 'fail',
    parts: ['icon', 'body', 'title', 'message', 'actions', 'action'],
    labels: { given: { 'failure.provider': 'The model broke' }, read: 'The model broke' },
  },
  'TaskFailureNotice of a failure that the model explains': {
    element: (props) => <TaskFailureNotice task={failedTask('input', 'No such style')} {...props} />,
    slot: 'task-failure-notice',
    state: 'fail',
    parts: ['provider', 'charge'],
    labels: {
      given: { 'notice.provider': (said) => `In its words: ${said}` },
      read: 'In its words: \u2068No such style\u2069',
    },
  },
  TaskCard: {
    element: (props) => <TaskCard task={done} {...props} />,
    slot: 'task-card',
    state: 'success',
    parts: ['header', 'prompt', 'model', 'badge', 'results', 'footer', 'facts'],
    labels: finished,
  },
  'TaskCard of a failed task': {
    element: (props) => <TaskCard task={failedTask('provider')} {...props} />,
    slot: 'task-card',
    state: 'fail',
    parts: ['badge', 'results'],
    labels: { given: { 'failure.provider': 'The model broke' }, read: 'The model broke' },
  },
  'TaskCard before the first answer': {
    element: (props) => <TaskCard task={everyState.loading} {...props} />,
    slot: 'task-card',
    state: 'loading',
    parts: ['skeleton', 'badge', 'results', 'footer'],
    labels: { given: { 'phase.loading': 'Looking' }, read: 'Looking' },
  },
  'TaskCard without a connection': {
    element: (props) => <TaskCard task={lost} {...props} />,
    slot: 'task-card',
    state: 'running',
    parts: ['note'],
    labels: { given: { 'progress.reconnecting': 'One moment' }, read: 'One moment' },
  },
  'TaskCard while all its files are saved': {
    element: (props) => (
      <Saving>
        <TaskCard task={several} {...props} />
      </Saving>
    ),
    slot: 'task-card',
    state: 'success',
    parts: ['save-all', 'save-status'],
    labels: { given: { 'gallery.saving-all': () => 'On its way' }, read: 'On its way' },
  },
  'TaskCard with a thumbnail': {
    element: (props) => <TaskCard task={several} layout="thumbnail" {...props} />,
    slot: 'task-card',
    state: 'success',
    parts: ['header', 'prompt', 'model', 'footer', 'facts', 'thumbnail', 'thumbnail-image', 'thumbnail-count'],
    labels: { given: { 'task.more': () => 'and another' }, read: 'and another' },
  },
  TaskList: {
    element: (props) => <TaskList tasks={[several]} {...props} />,
    slot: 'task-list',
    state: 'filled',
    parts: [
      'viewport',
      'rows',
      ...['row', 'prompt', 'facts', 'badge', 'time', 'thumbnail', 'thumbnail-image', 'thumbnail-count'].map((name) => ({
        name,
        state: 'success',
      })),
    ],
    labels: { given: { 'list.label': 'Everything so far' }, read: 'Everything so far' },
  },
  'TaskList before the first answer': {
    element: (props) => <TaskList tasks={[everyState.loading]} {...props} />,
    slot: 'task-list',
    state: 'filled',
    parts: [{ name: 'skeleton', state: 'loading' }],
    labels: { given: { 'phase.loading': 'Looking' }, read: 'Looking' },
  },
  'TaskList of a task that takes long': {
    element: (props) => <TaskList tasks={[everyState['timed-out']]} {...props} />,
    slot: 'task-list',
    state: 'filled',
    parts: [{ name: 'action', state: 'timed-out' }],
    labels: { given: { 'progress.keep-waiting': 'Go on' }, read: 'Go on' },
  },
  'TaskList without tasks': {
    element: (props) => <TaskList tasks={[]} {...props} />,
    slot: 'task-list',
    state: 'empty',
    parts: ['empty'],
    labels: { given: { 'list.empty': 'Nothing here' }, read: 'Nothing here' },
  },
  'TaskStatusBadge inside of a Task': {
    element: (props) => insideOf(done, <inside.TaskStatusBadge {...props} />),
    slot: 'task-status-badge',
    state: 'success',
    parts: ['icon', 'label'],
    labels: finished,
  },
  'TaskProgress inside of a Task': {
    element: (props) => insideOf(done, <inside.TaskProgress {...props} />),
    slot: 'task-progress',
    state: 'success',
    parts: ['header', 'label', 'value', 'track', 'indicator'],
    labels: finished,
  },
  'ResultGallery inside of a Task': {
    element: (props) => insideOf(done, <inside.ResultGallery {...props} />),
    slot: 'result-gallery',
    state: 'success',
    parts: ['list', 'tile', 'view', 'media', 'actions', 'action'],
    labels: gallery,
  },
  'TaskFailureNotice inside of a Task': {
    element: (props) => insideOf(failedTask('input'), <inside.TaskFailureNotice {...props} />),
    slot: 'task-failure-notice',
    state: 'fail',
    parts: ['icon', 'body', 'title', 'message', 'charge'],
    labels: { given: { 'failure.input': 'Bad input' }, read: 'Bad input' },
  },
  'CreditsBadge that warns': {
    element: (props) => <CreditsBadge credits={2} low={5} {...props} />,
    slot: 'credits-badge',
    state: 'low',
    parts: ['icon', 'amount', 'note'],
    labels: { given: { 'credits.low': 'Nearly gone' }, read: 'Nearly gone' },
  },
  CreditsBadge: {
    element: (props) => <CreditsBadge credits={12} {...props} />,
    slot: 'credits-badge',
    state: 'enough',
    parts: ['icon', 'amount'],
    labels: { given: { 'credits.amount': () => 'twelve left' }, read: 'twelve left' },
  },
}

describe('a wrapper that loses something', () => {
  const failuresOf = async (element: Subject['element']) => {
    const subject = { element, slot: 'task-status-badge', state: 'success', parts: ['label'], labels: finished }
    const outcomes = await conformanceChecks(subject).reduce(
      async (before, check) => [
        ...(await before),
        await check.run().then(
          () => null,
          (error: Error) => error.message,
        ),
      ],
      Promise.resolve<(string | null)[]>([]),
    )
    return outcomes.filter((outcome) => outcome !== null).join('\n')
  }

  it('is told so when it passes nothing on', async () => {
    const told = await failuresOf(() => <TaskStatusBadge task={done} />)
    for (const lost of [
      'ref was not given',
      'id is lost',
      'className is lost',
      'classNames.label is lost',
      '“Ready”',
    ]) {
      expect(told).toContain(lost)
    }
  })

  it('is told so when its server markup differs, its state is wrong or its root is missing', async () => {
    let renders = 0
    const restless = () => <b data-slot="task-status-badge">{++renders}</b>
    const told = await failuresOf(() => createElement(restless))
    expect(told).toContain('React complained')
    const mute = { 'data-slot': 'task-status-badge-label', className: 'conformance' }
    const stateless = () => (
      <b data-slot="task-status-badge" data-state="success">
        <i {...mute} />
      </b>
    )
    expect(await failuresOf(stateless)).toContain('the part label has data-state "null", expected "success"')
    expect(await failuresOf(() => <b />)).toContain('no element with data-slot="task-status-badge"')
    expect(await failuresOf((props) => <TaskStatusBadge task={everyState.fail} {...props} />)).toContain(
      'data-state is "fail", expected "success"',
    )
  })
})

describe.each(Object.entries(subjects))('%s', (_name, subject) => {
  for (const check of conformanceChecks(subject)) it(check.name, check.run)
})
