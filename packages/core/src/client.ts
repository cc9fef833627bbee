import type { KieClientOptions } from './client-options.ts'
import { createTaskReplySchema } from './create-task-reply.ts'
import { kieError } from './error-of-code.ts'
import { createFreshTasks } from './fresh-tasks.ts'
import { isKieError, KieError } from './kie-error.ts'
import { parseTask } from './parse-task.ts'
import { createSend, readData } from './request.ts'
import type { JsonObject } from './safe-json.ts'
import type { KieTask } from './task.ts'
import { withOutcome } from './unknown-outcome.ts'

/** What `createTask` sends. `input` passes through untouched. */
export interface CreateTaskRequest {
  model: string
  input: Record<string, unknown>
  /** Where Kie posts the task when it is done. */
  callBackUrl?: string | undefined
}

export interface KieClient {
  /**
   * Starts a task, which costs credits. Never repeated on its own.
   *
   * @throws {@link KieError}; with `outcome: 'unknown'` the task may exist and may have been paid for
   */
  createTask(
    request: CreateTaskRequest,
    options?: { signal?: AbortSignal | undefined; idempotencyKey?: string | undefined },
  ): Promise<{ taskId: string }>
  /** Asks once how a task is. A task too fresh for Kie to know counts as waiting for 90 s. */
  getTask(taskId: string, options?: { signal?: AbortSignal | undefined }): Promise<KieTask>
}

const kieBaseUrl = 'https://api.kie.ai'

/**
 * A client for Kie.ai itself (on a server), for your gateway (in a browser) or for a fake (in tests): all three speak
 * alike, only `baseUrl` differs.
 *
 * @throws {@link KieError} of kind `auth` where a key would end up in a browser
 *
 * @example
 * ```ts
 * const client = createKieClient({ apiKey: process.env.KIE_API_KEY })
 * const { taskId } = await client.createTask({ model: 'z-image', input: { prompt: 'A lighthouse at dawn' } })
 * const task = await waitForTask(client, taskId)
 * ```
 */
export function createKieClient(options: KieClientOptions = {}): KieClient {
  refuseKeyInBrowser(options)
  const { requestTimeoutMs: timeoutMs = 30_000 } = options
  const baseUrl = (options.baseUrl ?? kieBaseUrl).replace(/\/+$/, '')
  const isKie = /^https?:\/\/(?:[\w-]+\.)*kie\.ai(?:[:/]|$)/i.test(baseUrl)
  const send = createSend(options)
  const freshTasks = createFreshTasks()

  const createTask: KieClient['createTask'] = async (request, { signal, idempotencyKey } = {}) => {
    const url = `${baseUrl}/api/v1/jobs/createTask`
    if (signal?.aborted) throw kieError({ kind: 'aborted', cause: signal.reason })
    try {
      const answer = await send({ url, body: request as unknown as JsonObject, idempotencyKey, signal, timeoutMs })
      const reply = createTaskReplySchema.safeParse(readData(answer), { jitless: true }).data
      const taskId = reply?.taskId ?? reply?.recordId
      if (taskId === undefined) throw kieError({ kind: 'invalid-response', said: 'no task id' })
      freshTasks.created(taskId)
      return { taskId }
    } catch (error) {
      // Kie itself takes no notice of idempotency keys; the gateway does.
      throw withOutcome(error, idempotencyKey !== undefined && !isKie)
    }
  }

  const getTask: KieClient['getTask'] = async (taskId, { signal } = {}) => {
    if (!taskId) throw kieError({ kind: 'validation', said: 'no task id was given' })
    const url = `${baseUrl}/api/v1/jobs/recordInfo?${new URLSearchParams({ taskId }).toString()}`
    const { body, httpStatus, retryAfterMs } = await send({ url, signal, timeoutMs })
    try {
      const task = parseTask(body, { taskId })
      freshTasks.known(taskId)
      return task
    } catch (error) {
      if (!isKieError(error)) throw error
      return freshTasks.waitingOrThrow(taskId, new KieError(error.message, { ...error, httpStatus, retryAfterMs }))
    }
  }

  return { createTask, getTask }
}

function refuseKeyInBrowser({ apiKey, dangerouslyAllowBrowser }: KieClientOptions): void {
  const isBrowser = 'window' in globalThis && 'document' in globalThis.window
  if (apiKey === undefined || dangerouslyAllowBrowser || !isBrowser) return
  throw new KieError(
    'Kiekit: createKieClient was given an apiKey in a browser. Every visitor could read it and spend your credits. Keep the key in a gateway (@kiekit/server) and give the client its baseUrl.',
    { kind: 'auth' },
  )
}
