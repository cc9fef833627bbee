import { act, render, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ResultGallery } from '../result-gallery/result-gallery.tsx'
import { ResultViewer } from '../result-viewer/result-viewer.tsx'
import {
  errorTask,
  everyState,
  failedTask,
  followed,
  pendingTask,
  succeededTask,
} from '../samples/sample-task.stories-support.ts'
import { TaskFailureNotice } from '../task-failure-notice/task-failure-notice.tsx'
import { TaskProgress } from '../task-progress/task-progress.tsx'
import { TaskStatusBadge } from '../task-status-badge/task-status-badge.tsx'
import { announce } from './announce.ts'

const regions = () => document.querySelectorAll('[aria-live]')
const spoken = () => [...(regions()[0]?.children ?? [])].map((each) => each.textContent)

function said() {
  act(() => void vi.advanceTimersByTime(1000))
  return spoken()
}

describe('what a screen reader is told', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const both = (task: Parameters<typeof TaskProgress>[0]['task'] & object) => (
    <>
      <TaskStatusBadge task={task} />
      <TaskProgress task={task} />
    </>
  )

  it('is each change of state, once, in one polite region, however many components show the task', () => {
    const of = (task: ReturnType<typeof pendingTask>) => ({ ...task, taskId: 'once' })
    const { rerender } = render(both(of(pendingTask('queuing'))))
    rerender(both(of(pendingTask('generating'))))
    act(() => void vi.advanceTimersByTime(1000))
    expect(regions()).toHaveLength(1)
    expect(regions()[0]).toHaveAttribute('aria-live', 'polite')
    expect(spoken()).toEqual(['Generating: A quiet harbour at dawn, long exposure'])
  })

  it('is no percentage, and nothing that was so from the beginning', () => {
    const { rerender } = render(both({ ...pendingTask('generating', 0.1), taskId: 'percent' }))
    act(() => void vi.advanceTimersByTime(1000))
    const before = spoken()
    rerender(both({ ...pendingTask('generating', 0.9), taskId: 'percent' }))
    act(() => void vi.advanceTimersByTime(1000))
    expect(spoken()).toEqual(before)
  })

  it('is the end also where another component takes the place of the progress', () => {
    const of = (task: ReturnType<typeof pendingTask> | ReturnType<typeof succeededTask>) => ({ ...task, taskId: 'end' })
    const app = (task: ReturnType<typeof of>) =>
      task.state === 'success' ? <ResultGallery task={task} /> : <TaskProgress task={task} />
    const { rerender } = render(app(of(pendingTask('generating'))))
    rerender(app(of(succeededTask([]))))
    expect(said()).toEqual(['Done: A quiet harbour at dawn, long exposure'])
  })

  it('is a failure also where only the notice of it is shown', () => {
    const { rerender } = render(<TaskFailureNotice task={{ ...pendingTask('generating'), taskId: 'notice' }} />)
    rerender(<TaskFailureNotice task={{ ...failedTask('provider'), taskId: 'notice' }} />)
    expect(said()).toEqual(['Failed: A quiet harbour at dawn, long exposure'])
  })

  it('is that a task cannot be had, though nothing else is known of it', () => {
    const { rerender } = render(<TaskStatusBadge task={followed({ status: 'loading', taskId: 'gone' })} />)
    rerender(<TaskStatusBadge task={followed({ ...errorTask('not-found'), taskId: 'gone' })} />)
    expect(said()).toEqual(['Not available'])
  })

  it('is not what the first answer tells of an old task, but what it tells of one that this page has made', () => {
    const request = succeededTask([]).request
    const loading = (taskId: string, made: boolean) =>
      followed({ status: 'loading', taskId, request: made ? request : null })
    const done = (taskId: string) => ({ ...succeededTask([]), taskId })
    const { rerender } = render(
      <>
        <TaskStatusBadge task={loading('old', false)} />
        <TaskStatusBadge task={loading('mine', true)} labels={{ 'phase.success': 'Ready' }} />
      </>,
    )
    rerender(
      <>
        <TaskStatusBadge task={done('old')} />
        <TaskStatusBadge task={done('mine')} labels={{ 'phase.success': 'Ready' }} />
      </>,
    )
    expect(said()).toEqual(['Ready: A quiet harbour at dawn, long exposure'])
  })

  it('is nothing that an old copy of a finished task tells', () => {
    const old = { ...pendingTask('generating'), taskId: 'copy' }
    const { rerender } = render(<TaskStatusBadge task={old} />)
    rerender(<TaskStatusBadge task={{ ...succeededTask([]), taskId: 'copy' }} />)
    const before = said()
    rerender(
      <>
        <TaskStatusBadge task={{ ...succeededTask([]), taskId: 'copy' }} />
        <TaskProgress task={old} />
      </>,
    )
    expect(said()).toEqual(before)
  })

  it('is nothing that happened while the task was not on the page', () => {
    const { rerender } = render(<TaskStatusBadge task={{ ...pendingTask('generating'), taskId: 'away' }} />)
    const before = said()
    rerender(<p>Another page</p>)
    act(() => void vi.advanceTimersByTime(60_000))
    expect(vi.getTimerCount()).toBe(0)
    rerender(<TaskStatusBadge task={{ ...succeededTask([]), taskId: 'away' }} />)
    expect(said()).toEqual(before)
  })

  it('tells of several tasks together', () => {
    const pair = (one: typeof everyState.success | typeof everyState.generating, two: typeof one) => (
      <>
        <TaskStatusBadge task={{ ...one, taskId: 'one' }} />
        <TaskStatusBadge task={{ ...two, taskId: 'two' }} />
      </>
    )
    const { rerender } = render(pair(pendingTask('generating'), pendingTask('generating')))
    rerender(
      <>
        <TaskStatusBadge task={{ ...succeededTask([]), taskId: 'one' }} />
        <TaskStatusBadge task={{ ...failedTask('input'), taskId: 'two' }} />
      </>,
    )
    act(() => void vi.advanceTimersByTime(1000))
    expect(spoken().map((text) => text?.split(':')[0])).toEqual(['Done', 'Failed'])
  })

  it('harms nothing when the page is gone before it is said, as at the end of a test of yours', () => {
    announce('Done: too late')
    vi.stubGlobal('document', undefined)
    expect(() => vi.advanceTimersByTime(1000)).not.toThrow()
    vi.unstubAllGlobals()
    expect(spoken()).toEqual(['Done: too late'])
  })
})

it('is heard while a result is shown large, which hides the rest of the page', async () => {
  const page = (task: ReturnType<typeof pendingTask> | ReturnType<typeof succeededTask>) => (
    <>
      <TaskStatusBadge task={{ ...task, taskId: 'behind' }} />
      <ResultViewer task={everyState.success} open onOpenChange={() => {}} />
    </>
  )
  const { rerender } = render(page(pendingTask('generating')))
  await waitFor(() => expect(regions()[0]).toHaveAttribute('inert'))
  rerender(page(succeededTask([])))
  await waitFor(() => expect(spoken()).toEqual(['Done: A quiet harbour at dawn, long exposure']))
  expect(regions()[0]).not.toHaveAttribute('inert')
  expect(regions()[0]).not.toHaveAttribute('aria-hidden')
})
