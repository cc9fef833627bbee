'use client'

import type { CreateTaskRequest, KieError } from '@kiekit/core'
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { useKie } from './kie-context.ts'
import { taskHistoryOf } from './task-history.ts'
import { rememberCreated } from './task-memory.ts'

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
export function useCreateKieTask(): UseMutationResult<{ taskId: string }, KieError, CreateTaskRequest> {
  const { client, scope, storage } = useKie()
  const queryClient = useQueryClient()
  return useMutation<{ taskId: string }, KieError, CreateTaskRequest>({
    mutationFn: async (request) => {
      const created = await client.createTask(request)
      rememberCreated(queryClient, scope, created.taskId, request)
      taskHistoryOf(scope, storage).add({ taskId: created.taskId, model: request.model })
      return created
    },
    retry: false,
    networkMode: 'always',
  })
}
