import { act, render } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type everyState, failedTask, pendingTask, succeededTask } from '../samples/sample-task.stories-support.ts'
import { TaskProgress } from '../task-progress/task-progress.tsx'
import { TaskStatusBadge } from '../task-status-badge/task-status-badge.tsx'
import { announce } from './announce.ts'

const regions = () => document.querySelectorAll('[aria-live]')
const spoken = () => [...(regions()[0]?.children ?? [])].map((each) => each.textContent)

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
