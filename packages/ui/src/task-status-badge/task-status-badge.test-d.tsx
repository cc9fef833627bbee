import type { ComponentProps } from 'react'
import { describe, expectTypeOf, it } from 'vitest'
import { everyState } from '../samples/sample-task.stories-support.ts'
import { TaskStatusBadge } from './task-status-badge.tsx'

describe('task or taskId', () => {
  it('takes exactly one of them', () => {
    void (<TaskStatusBadge taskId="1" />)
    void (<TaskStatusBadge taskId={null} />)
    void (<TaskStatusBadge task={everyState.success} />)
    void (<TaskStatusBadge task={everyState.loading} />)
    // @ts-expect-error neither
    void (<TaskStatusBadge />)
    // @ts-expect-error both
    void (<TaskStatusBadge task={everyState.success} taskId="1" />)
  })

  it('names its variants', () => {
    expectTypeOf<ComponentProps<typeof TaskStatusBadge>['variant']>().toEqualTypeOf<
      'soft' | 'solid' | 'outline' | 'dot' | undefined
    >()
  })
})
