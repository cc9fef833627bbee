'use client'

import type { CreateTaskRequest } from '@kiekit/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { GenerationState } from './generation.ts'
import { generationOf } from './generation-registry.ts'
import type { KeyValueStorage } from './key-value-storage.ts'
import { useKie } from './kie-context.ts'
import type { UseKieTaskResult } from './kie-task-result.ts'
import { type UseKieTaskOptions, useKieTask } from './use-kie-task.ts'

export interface UseKieGenerationOptions extends UseKieTaskOptions {
  /**
   * Which place of your app this is. Each place follows a task of its own, and finds it again after a reload.
   * @default 'default'
   */
  id?: string | undefined
  /** Where the idempotency key and the task id are kept. @default the provider's */
  storage?: KeyValueStorage | undefined
}

export type UseKieGenerationResult = UseKieTaskResult & {
  /**
   * Creates a task and follows it. The same request given again while it is under way, within a second of it, or after
   * its answer was lost, is the same task.
   *
   * @throws KieError, which `error` tells as well
   */
  generate: (request: CreateTaskRequest) => Promise<string>
  /** Whether a task is being created: `status` is `'loading'`, and there is no `taskId` yet. */
  isCreating: boolean
  /** Forgets the task, so that the next visit begins empty. The task itself goes on at Kie. */
  reset: () => void
}

/**
 * Creates a task and follows it, so that nothing is paid for twice and nothing that was paid for is lost: an idempotency
 * key is stored before Kie is asked, and the task id as soon as there is one. A reload goes on where it was, and an
 * unmounted component cancels nothing. Needs the gateway (`@kiekit/server`), which gives the same task for the same key.
 *
 * @example
 * ```tsx
 * const picture = useKieGeneration({ id: 'hero' })
 * <button
 *   disabled={picture.isCreating}
 *   onClick={() => picture.generate({ model: 'nano-banana-2', input: { prompt } }).catch(() => {})}
 * >
 *   Generate
 * </button>
 * ```
 */
export function useKieGeneration(options: UseKieGenerationOptions = {}): UseKieGenerationResult {
  const { id = 'default', storage, ...taskOptions } = options
  const kie = useKie()
  const queryClient = useQueryClient()
  const generation = useMemo(
    () => generationOf(queryClient, { ...kie, storage: storage ?? kie.storage }, id),
    [queryClient, kie, storage, id],
  )
  useEffect(() => generation.restore(), [generation])

  const state = useSyncExternalStore(generation.subscribe, generation.read, readOnServer)
  const task = useKieTask(state.taskId, taskOptions)
  const { generate, reset } = generation
  return useMemo(
    () => ({ ...beforeTask(state, task), isCreating: state.isCreating, generate, reset }),
    [state, task, generate, reset],
  )
}

/** A server knows nobody's storage. */
const nothingYet: GenerationState = { taskId: null, isCreating: false, request: null, error: null }
const readOnServer = () => nothingYet

function beforeTask({ taskId, isCreating, request, error }: GenerationState, task: UseKieTaskResult): UseKieTaskResult {
  if (taskId !== null) return task
  const common = { ...task, request, task: undefined, failure: null }
  if (isCreating) return { ...common, status: 'loading', error: null }
  return error ? { ...common, status: 'error', error } : task
}
