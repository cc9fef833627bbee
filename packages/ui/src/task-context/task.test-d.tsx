import { createRef } from 'react'
import { describe, expectTypeOf, it } from 'vitest'
import { everyState } from '../samples/sample-task.stories-support.ts'
import {
  BeforeAfter,
  ResultGallery,
  ResultViewer,
  Task,
  TaskFailureNotice,
  TaskProgress,
  TaskStatusBadge,
  useTask,
} from '../task.ts'
import type { TaskView } from '../task-view/task-view.ts'

describe('<Task>', () => {
  it('takes exactly one of task and taskId', () => {
    void (<Task taskId="1" />)
    void (<Task task={everyState.success} />)
    // @ts-expect-error neither
    void (<Task />)
    // @ts-expect-error both
    void (<Task task={everyState.success} taskId="1" />)
  })

  it('lets the components inside it do without, and keeps their other props', () => {
    const ref = createRef<HTMLSpanElement>()
    void (
      <Task taskId="1">
        <TaskStatusBadge ref={ref} variant="dot" />
        <TaskProgress className="mine" />
        <ResultGallery fit="cover" />
        <BeforeAfter ratio="4:3" />
        <ResultViewer open onOpenChange={(open: boolean) => open} />
        <TaskFailureNotice onRetry={(task) => task.failure.code} />
      </Task>
    )
    // @ts-expect-error the task comes from around it
    void (<TaskStatusBadge taskId="2" />)
    // @ts-expect-error the task comes from around it
    void (<BeforeAfter taskId="2" />)
    // @ts-expect-error the task comes from around it
    void (<ResultViewer taskId="2" open onOpenChange={() => {}} />)
    // @ts-expect-error no such look
    void (<TaskStatusBadge variant="loud" />)
    expectTypeOf(useTask).returns.toEqualTypeOf<TaskView>()
  })
})
