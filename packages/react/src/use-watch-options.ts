'use client'

import { useMemo } from 'react'
import { useKie } from './kie-context.ts'
import type { FollowOptions } from './kie-task-options.ts'
import type { WatchOptions } from './task-watcher.ts'

/** A hook's options with the provider's, the same object as long as they are equal. */
export function useWatchOptions(options: FollowOptions): WatchOptions {
  const { durations, push, polling: usualPolling } = useKie()
  const { enabled, timeoutMs, background, priority, polling = usualPolling } = options
  return useMemo(
    () => ({ enabled, polling, timeoutMs, background, priority, durations, push }),
    [enabled, polling, timeoutMs, background, priority, durations, push],
  )
}
