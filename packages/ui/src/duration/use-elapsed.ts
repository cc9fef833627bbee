'use client'
import { isTerminal, type KieTask } from '@kiekit/core'
import { useCallback, useSyncExternalStore } from 'react'

const never = () => () => {}

/**
 * How long a task has been going, in whole seconds' worth of milliseconds; `null` where Kie gave no time, and on the
 * server, whose clock is not the reader's. It ticks once a second while the task runs.
 */
export function useElapsedMs(task: KieTask | undefined): number | null {
  const start = task?.createTime ?? null
  const end = task && isTerminal(task.state) ? (task.completeTime ?? task.updateTime) : null
  const ticks = start !== null && task !== undefined && !isTerminal(task.state)
  const subscribe = useCallback((onTick: () => void) => {
    const timer = setInterval(onTick, 1000)
    return () => clearInterval(timer)
  }, [])
  const now = useSyncExternalStore<number | null>(
    ticks ? subscribe : never,
    () => (ticks ? Math.floor(Date.now() / 1000) * 1000 : null),
    () => null,
  )
  if (start === null) return null
  if (end !== null) return Math.max(0, end - start)
  return now === null ? null : Math.max(0, now - start)
}
