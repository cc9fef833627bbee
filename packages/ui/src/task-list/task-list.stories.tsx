import { createKieClient, type KieTask, type MediaResult, type TaskResult } from '@kiekit/core'
import { KieProvider } from '@kiekit/react'
import { createFakeKie, type ScenarioName } from '@kiekit/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { type CSSProperties, useState } from 'react'
import { expect, fn, userEvent, within } from 'storybook/test'
import { mediaUrl } from '../samples/fake-task.stories-support.tsx'
import {
  errorTask,
  everyState,
  failedTask,
  followed,
  pendingTask,
  succeededTask,
} from '../samples/sample-task.stories-support.ts'
import { TaskList } from './task-list.tsx'

const meta = {
  title: 'Components/TaskList',
  component: TaskList,
} satisfies Meta<typeof TaskList>
export default meta

type Story = StoryObj<typeof meta>

const prompts = [
  'A quiet harbour at dawn, long exposure',
  'Dunes under a wide evening sky',
  'Rolling hills in flat colours, a low sun behind them, for the cover of a travel guide',
  'Northern lights above a still lake',
  'Folded silk, warm light',
]
const media = (kind: MediaResult['kind'], file: string, more: Partial<MediaResult> = {}): TaskResult => ({
  kind,
  url: mediaUrl(file),
  ...more,
})
const pictures = ['dunes-1x1.jpg', 'hills-1x1.png', 'aurora-1x1.webp', 'silk-1x1.webp']

/** A task of its own: an id, a prompt and, so that pictures stay the same, no running clock. */
function numbered(task: KieTask, index: number): KieTask {
  const prompt = prompts[index % prompts.length] ?? ''
  const isDone = task.state === 'success' || task.state === 'fail'
  return {
    ...task,
    taskId: `task-${index}`,
    createTime: isDone ? task.createTime : null,
    request: { model: task.model, input: { prompt }, callBackUrl: null },
  }
}

const kinds = [
  pendingTask('generating', 0.45),
  pendingTask('queuing'),
  pendingTask('waiting'),
  succeededTask([media('image', 'dunes-1x1.jpg')]),
  succeededTask(pictures.map((file) => media('image', file))),
  failedTask('content-policy'),
  succeededTask([media('video', 'silk-1x1.mp4', { posterUrl: mediaUrl('silk-1x1.webp') })]),
  succeededTask([media('audio', 'evening.mp3')]),
  succeededTask([{ kind: 'text', text: 'A light comes up behind the hill.' }]),
]
const tasks = kinds.map(numbered)

const tenThousand = Array.from({ length: 10_000 }, (_, index) => {
  const file = pictures[index % pictures.length] ?? ''
  return numbered(index % 9 === 5 ? failedTask('provider') : succeededTask([media('image', file)]), index)
})

export const Tasks: Story = { args: { tasks } }

/** A failed task says why here, too, in a row as high as the others. */
export const Compact: Story = {
  args: { tasks, density: 'compact' },
  play: async ({ canvas }) => {
    const reason = canvas.getByText(/content filter/)
    await expect(reason).toHaveAttribute('title', reason.textContent)
    const heights = canvas.getAllByRole('row').map((row) => row.getBoundingClientRect().height)
    // The first row has no line above it.
    await expect(new Set(heights.slice(1)).size).toBe(1)
  },
}

/** Each state that a row can be in, those of the request included. */
export const EveryState: Story = {
  args: { tasks: [] },
  render: () => (
    <TaskList
      tasks={[
        everyState.idle,
        everyState.loading,
        ...tasks.slice(0, 4),
        ...tasks.slice(5, 6),
        followed({ status: 'timed-out', task: { ...pendingTask('generating'), createTime: null } }),
        errorTask('network'),
      ]}
    />
  ),
}

/** On a phone: what it is about, and why nothing came of it, in two lines each, and rows that are equally high still. */
export const Narrow: Story = {
  args: { tasks, style: { maxWidth: 288 } },
  play: async ({ canvas, canvasElement }) => {
    await expectWhole(canvasElement)
    const reason = canvas.getByText(/content filter/)
    await expect(reason.clientHeight).toBeGreaterThan(1.8 * Number.parseFloat(getComputedStyle(reason).lineHeight))
  },
}

export const NarrowCompact: Story = {
  args: { tasks, density: 'compact', style: { maxWidth: 288 } },
  play: async ({ canvasElement }) => expectWhole(canvasElement),
}

/** Text of twice the size on a phone. */
export const LargeText: Story = {
  tags: ['large-text'],
  args: {
    tasks: [
      everyState.loading,
      ...tasks.slice(0, 6),
      followed({ status: 'timed-out', task: { ...pendingTask('generating'), createTime: null }, resume: () => {} }),
    ],
    style: { maxWidth: '18.5rem', maxHeight: 'none', fontSize: '2rem', '--kie-scale': 2 } as CSSProperties,
  },
  play: async ({ canvasElement }) => expectWhole(canvasElement),
}

/** Nothing sticks out of the rows, and they are equally high. */
async function expectWhole(list: HTMLElement) {
  const rows = within(list).getAllByRole('row')
  for (const row of rows) {
    const { left, right } = row.getBoundingClientRect()
    for (const part of row.querySelectorAll('[data-slot]')) {
      const box = part.getBoundingClientRect()
      await expect(box.left).toBeGreaterThanOrEqual(left)
      await expect(box.right).toBeLessThanOrEqual(right)
    }
    const prompt = row.querySelector('[data-slot="task-list-prompt"]')
    if (prompt) await expect(prompt.clientWidth).toBeGreaterThan(190)
  }
  // The first row has no line above it.
  await expect(new Set(rows.slice(1).map((row) => row.getBoundingClientRect().height)).size).toBe(1)
}

/** A model's name is cut off at its own end, whichever way the page runs. */
export const RightToLeft: Story = {
  args: { tasks: [] },
  render: () => (
    <div dir="rtl" style={{ maxWidth: 288 }}>
      <TaskList tasks={[{ ...succeededTask([]), model: 'somebody/a-model-with-a-name-that-goes-on-and-on' }]} />
    </div>
  ),
  play: async ({ canvas }) => {
    const name = canvas.getByText(/^somebody/)
    const first = document.createRange()
    first.setStart(name.firstChild ?? name, 0)
    first.setEnd(name.firstChild ?? name, 1)
    const facts = name.parentElement?.getBoundingClientRect()
    await expect(first.getBoundingClientRect().left).toBeGreaterThanOrEqual(facts?.left ?? 0)
  },
}

/** A row without a time has its badge in the middle. */
export const WithoutTimes: Story = {
  args: { tasks: [everyState.idle, { ...numbered(succeededTask([]), 0), createTime: null, completeTime: null }] },
  play: async ({ canvas }) => {
    for (const row of canvas.getAllByRole('row')) {
      const cell = within(row).getByRole('gridcell').getBoundingClientRect()
      const badge = row.querySelector('[data-slot="task-list-badge"]')?.getBoundingClientRect()
      await expect((badge?.top ?? 0) - cell.top).toBeCloseTo(cell.bottom - (badge?.bottom ?? 0), 0)
    }
  },
}

const resume = fn()

/** What a row offers is done in the row. */
export const KeepWaiting: Story = {
  args: {
    tasks: [followed({ status: 'timed-out', task: { ...pendingTask('generating'), createTime: null }, resume })],
    density: 'compact',
  },
  play: async ({ canvas }) => {
    await expect(canvas.getByText(/^This takes longer than expected/)).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Keep waiting' }))
    await expect(resume).toHaveBeenCalledOnce()
  },
}

export const Empty: Story = { args: { tasks: [] } }

/** Something of your own for the beginning. */
export const EmptyWithAction: Story = {
  args: {
    tasks: [],
    empty: (
      <span style={{ display: 'grid', gap: 12, justifyItems: 'center' }}>
        Nothing made yet.
        <button type="button">Make the first picture</button>
      </span>
    ),
  },
}

function SelectableList(props: { tasks: readonly KieTask[] }) {
  const [selected, setSelected] = useState('task-3')
  return <TaskList {...props} selectedTaskId={selected} onSelectTask={setSelected} />
}

/** Arrow keys move the focus, Enter selects. */
export const Selectable: Story = {
  args: { tasks },
  render: () => <SelectableList tasks={tasks} />,
  play: async ({ canvasElement }) => {
    const rows = () => within(canvasElement).getAllByRole('row')
    await userEvent.click(rows()[0] ?? canvasElement)
    await expect(rows()[0]).toHaveAttribute('aria-selected', 'true')
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}')
    await expect(rows()[2]).toHaveFocus()
    await expect(rows()[2]).toHaveAttribute('aria-selected', 'true')
  },
}

/** Only what is in sight exists on the page. */
export const TenThousand: Story = {
  args: { tasks: [] },
  render: () => <SelectableList tasks={tenThousand} />,
  play: async ({ canvas, canvasElement }) => {
    await expect(canvas.getAllByRole('row').length).toBeLessThan(40)
    await userEvent.click(canvas.getAllByRole('row')[0] ?? canvasElement)
    await userEvent.keyboard('{End}')
    const last = await canvas.findByText('Folded silk, warm light', { selector: '[data-index="9999"] *' })
    await expect(last.closest('[role="row"]')).toHaveFocus()
    await userEvent.keyboard('{Home}')
    await expect(canvas.getAllByRole('row')[0]).toHaveFocus()
  },
}

/** Rows that are higher than usual are expected to be: the list is as long as it will prove to be, and nothing jumps. */
export const TenThousandNarrow: Story = {
  args: { tasks: [] },
  render: () => (
    <div style={{ maxWidth: 288 }}>
      <SelectableList tasks={tenThousand} />
    </div>
  ),
  play: async ({ canvas, canvasElement }) => {
    const list = canvas.getByRole('grid')
    const height = (canvas.getAllByRole('row')[1] ?? canvasElement).offsetHeight
    await expect(Math.abs(list.scrollHeight - 10_000 * height)).toBeLessThan(10)
    await userEvent.click(canvas.getAllByRole('row')[0] ?? canvasElement)
    await userEvent.keyboard('{PageDown}')
    const shown = Math.floor(list.clientHeight / height)
    await expect(list.querySelector(`[data-index="${shown - 1}"]`)).toHaveFocus()
    await userEvent.keyboard('{End}')
    const last = await canvas.findByText('Folded silk, warm light', { selector: '[data-index="9999"] *' })
    await expect(last.closest('[role="row"]')).toHaveFocus()
    await expect(Math.abs(list.scrollHeight - 10_000 * height)).toBeLessThan(10)
  },
}

/** A prompt of 10,000 characters, HTML in it, Arabic in it, broken files, a time that is none, one id twice. */
export const HostileTasks: Story = {
  args: {
    tasks: [
      promptOf('A very long prompt about nothing in particular. '.repeat(208)),
      promptOf('<img src=x onerror=alert(1)><b>bold</b>'),
      promptOf('ميناء هادئ عند الفجر'),
      { ...promptOf('Made in no year'), createTime: 9e20, completeTime: null },
      { ...succeededTask([{ kind: 'image', url: 'javascript:alert(1)' }]), taskId: 'twice' },
      { ...succeededTask([media('image', 'unplayable-16x9.mp4')]), taskId: 'twice' },
      { ...succeededTask([]), taskId: 'bare', request: null, model: '', createTime: null },
    ],
  },
  play: async ({ canvas, canvasElement }) => {
    await expect(canvas.getByText('<img src=x onerror=alert(1)><b>bold</b>')).toBeVisible()
    await expect(canvasElement.querySelector('b, [onerror], [src^="javascript"]')).toBeNull()
    await expect(canvas.getAllByRole('row')).toHaveLength(7)
  },
}

function promptOf(prompt: string): KieTask {
  const task = succeededTask([media('image', 'dunes-1x1.jpg')])
  return { ...task, taskId: prompt.slice(0, 9), request: { model: task.model, input: { prompt }, callBackUrl: null } }
}

const scenarios: ScenarioName[] = ['images', 'fail-content', 'image', 'video', 'progress', 'audio']

function LiveList() {
  const [{ client, taskIds }] = useState(() => {
    const fake = createFakeKie({ mediaBaseUrl: mediaUrl(''), seed: 7 })
    const taskIds = Array.from({ length: 500 }, (_, index) =>
      fake.addTask(
        { model: 'google/nano-banana', input: { prompt: prompts[index % prompts.length] ?? '' } },
        { scenario: scenarios[index % scenarios.length], ageMs: index < 3 ? 0 : 3_600_000 },
      ),
    )
    return { client: createKieClient({ baseUrl: location.origin, fetch: fake.fetch }), taskIds }
  })
  return (
    <KieProvider client={client}>
      <TaskList taskIds={taskIds} />
    </KieProvider>
  )
}

/** 500 ids through the real hook: only the rows in sight ask. */
export const Live: Story = { args: { taskIds: [] }, render: () => <LiveList /> }
