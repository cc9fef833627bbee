'use client'

import type { FailedTask, KieTask, PendingTask, SucceededTask, TaskState } from '@kiekit/core'
import { useEffect, useRef } from 'react'
import type { UseKieTaskResult } from './kie-task-result.ts'
import type { TaskWatcher } from './task-watcher.ts'

/**
 * Called once per change that this hook has seen. What is already so when the hook first learns of the task calls
 * nothing: it is in the hook's result.
 */
export interface TaskCallbacks {
  onStateChange?: ((task: KieTask, previous: TaskState) => void) | undefined
  onSuccess?: ((task: SucceededTask) => void) | undefined
  onFail?: ((task: FailedTask) => void) | undefined
  /** Time is up; the task may still finish. Gets the last good answer, if there was one. */
  onTimeout?: ((task: PendingTask | null) => void) | undefined
}

/** Calls the callbacks for what changed since the last commit. */
export function useTaskCallbacks(now: UseKieTaskResult, callbacks: TaskCallbacks, watcher: TaskWatcher): void {
  const seen = useRef<UseKieTaskResult | null>(null)
  useEffect(() => {
    const before = seen.current
    seen.current = now
    if (!before || before === now || before.taskId !== now.taskId) return

    const { task } = now
    const previous = before.task?.state ?? (watcher.wasCreatedHere() ? 'waiting' : undefined)
    if (task && previous && previous !== task.state) {
      callbacks.onStateChange?.(task, previous)
      if (task.state === 'success') callbacks.onSuccess?.(task)
      if (task.state === 'fail') callbacks.onFail?.(task)
    }
    if (now.status === 'timed-out' && before.status !== 'timed-out') callbacks.onTimeout?.(now.task ?? null)
  })
}
