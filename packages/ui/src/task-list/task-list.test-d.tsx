import { useKieTasks } from '@kiekit/react'
import { describe, it } from 'vitest'
import { everyState } from '../samples/sample-task.stories-support.ts'
import { TaskList } from './task-list.tsx'

describe('tasks or taskIds', () => {
  it('takes exactly one of them', () => {
    const Followed = () => <TaskList tasks={useKieTasks(['1']).tasks} />
    void (<Followed />)
    void (<TaskList taskIds={['1']} />)
    void (<TaskList tasks={[everyState.success, everyState.loading]} />)
    // @ts-expect-error neither
    void (<TaskList />)
    // @ts-expect-error both
    void (<TaskList tasks={[]} taskIds={[]} />)
  })

  it('tells the rows the status of their task, and the frame whether there are any', () => {
    void (<TaskList taskIds={[]} className={(state: 'empty' | 'filled') => state} />)
    void (<TaskList taskIds={[]} classNames={{ row: (status) => (status === 'timed-out' ? 'late' : undefined) }} />)
  })
})
