'use client'

import type { KieError } from '@kiekit/core'
import { type UseMutationResult, useMutation } from '@tanstack/react-query'
import { useKie } from './kie-context.ts'

/** What Kie is asked to make; `input` is the model's own. */
export interface CreateKieTaskRequest {
  model: string
  input: Record<string, unknown>
  callBackUrl?: string | undefined
}

/**
 * Creates tasks. It is never retried by itself, because each task is paid for; {@link useKieGeneration} also survives
 * reloads, double clicks and lost answers.
 *
 * @example
 * ```tsx
 * const create = useCreateKieTask()
 * const task = useKieTask(create.data?.taskId)
 * <button onClick={() => create.mutate({ model: 'nano-banana-2', input: { prompt } })}>Generate</button>
 * ```
 */
export function useCreateKieTask(): UseMutationResult<{ taskId: string }, KieError, CreateKieTaskRequest> {
  const { client } = useKie()
  return useMutation<{ taskId: string }, KieError, CreateKieTaskRequest>({
    mutationFn: (request) => client.createTask(request),
    retry: false,
    networkMode: 'always',
  })
}
