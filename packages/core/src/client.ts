import type { KieClientOptions } from './client-options.ts'
import { createTaskReplyReaders } from './create-task-reply.ts'
import { kieError } from './describe-error.ts'
import { readEnvelope } from './envelope.ts'
import { readFields, readNumber, readText } from './fields.ts'
import { createFreshTasks } from './fresh-tasks.ts'
import { readHttpUrl } from './http-url.ts'
import { joinQuestions } from './joined-questions.ts'
import { isKieError, KieError } from './kie-error.ts'
import { createOpen, type Open } from './open.ts'
import { parseTask } from './parse-task.ts'
import { askForMany } from './record-infos.ts'
import { createSend, readData } from './request.ts'
import type { KieTask } from './task.ts'
import { withOutcome } from './unknown-outcome.ts'
import { type UploadOptions, type UploadTarget, uploadFile } from './upload.ts'

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
  /** The credits left on the account; fractions occur. */
  getCredits(options?: { signal?: AbortSignal | undefined }): Promise<number>
  /**
   * A fresh address, good for 20 minutes, for a file of Kie's whose own address no longer opens. A gateway gives it to the
   * file's owner: name the task that a result is of, so that it need not have seen the result lately.
   */
  getDownloadUrl(
    url: string,
    options?: { signal?: AbortSignal | undefined; taskId?: string | undefined },
  ): Promise<string>
  /** Puts a file, or what an address leads to, where models can fetch it. Kie keeps it for one to three days. */
  uploadFile(file: Blob | URL, options?: UploadOptions): Promise<{ url: string }>
  /**
   * Reaches the gateway's own paths: its downloads and its event stream. Kie.ai has none, so a client for Kie.ai itself
   * lacks it, as may a client of your own making.
   */
  open?: Open | undefined
}

const kieBaseUrl = 'https://api.kie.ai'
const kieUploadBaseUrl = 'https://kieai.redpandaai.co'

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
  const baseUrl = withoutSlash(options.baseUrl ?? kieBaseUrl)
  const isKie = /^https?:\/\/(?:[\w-]+\.)*kie\.ai(?:[:/]|$)/i.test(baseUrl)
  const send = createSend(options)
  const freshTasks = createFreshTasks()
  const uploads: UploadTarget = {
    send,
    baseUrl: withoutSlash(options.uploadBaseUrl ?? (isKie ? kieUploadBaseUrl : baseUrl)),
    timeoutMs: timeoutMs * 20,
    // A fetch of yours must see every request, also those that could show progress another way.
    canShowProgress: options.fetch === undefined && 'XMLHttpRequest' in globalThis,
  }

  const createTask: KieClient['createTask'] = async (request, { signal, idempotencyKey } = {}) => {
    const url = `${baseUrl}/api/v1/jobs/createTask`
    if (signal?.aborted) throw kieError({ kind: 'aborted', cause: signal.reason })
    // Kie itself takes no notice of idempotency keys; the gateway does.
    let canRepeat = idempotencyKey !== undefined && !isKie
    try {
      const answer = await send({ url, body: request, idempotencyKey, signal, timeoutMs })
      // Where the gateway itself does not know, asking it again brings the same answer.
      const { outcome } = readFields({ outcome: readText }, readEnvelope(answer.body)?.data ?? null)
      canRepeat &&= outcome !== 'unknown'
      const { taskId: id, recordId } = readFields(createTaskReplyReaders, readData(answer))
      const taskId = id ?? recordId
      if (taskId === undefined) throw kieError({ kind: 'invalid-response', said: 'no task id' })
      freshTasks.created(taskId)
      return { taskId }
    } catch (error) {
      throw withOutcome(error, canRepeat)
    }
  }

  const ask = (taskId: string, signal?: AbortSignal) => {
    const url = `${baseUrl}/api/v1/jobs/recordInfo?${new URLSearchParams({ taskId }).toString()}`
    return send({ url, signal, timeoutMs })
  }
  const askJoined = joinQuestions({
    one: ask,
    many: (taskIds, signal) =>
      askForMany(send, { url: `${baseUrl}/api/v1/jobs/recordInfos`, taskIds, signal, timeoutMs }),
  })

  const getTask: KieClient['getTask'] = async (taskId, { signal } = {}) => {
    if (!taskId) throw kieError({ kind: 'validation', said: 'no task id was given' })
    const { body, httpStatus, retryAfterMs } = await (isKie ? ask : askJoined)(taskId, signal)
    try {
      const task = parseTask(body, { taskId })
      freshTasks.known(taskId)
      return task
    } catch (error) {
      if (!isKieError(error)) throw error
      return freshTasks.waitingOrThrow(taskId, new KieError(error.message, { ...error, httpStatus, retryAfterMs }))
    }
  }

  const getCredits: KieClient['getCredits'] = async ({ signal } = {}) => {
    const credits = readNumber(readData(await send({ url: `${baseUrl}/api/v1/chat/credit`, signal, timeoutMs })))
    if (credits === undefined) throw kieError({ kind: 'invalid-response', said: 'no number of credits' })
    return credits
  }

  const getDownloadUrl: KieClient['getDownloadUrl'] = async (url, { signal, taskId } = {}) => {
    // Kie itself documents no `taskId` here.
    const body = isKie ? { url } : { url, taskId }
    const answer = await send({ url: `${baseUrl}/api/v1/common/download-url`, body, signal, timeoutMs })
    const downloadUrl = readHttpUrl(readData(answer))
    if (downloadUrl === undefined) throw kieError({ kind: 'invalid-response', said: 'no address to download from' })
    return downloadUrl
  }

  return {
    createTask,
    getTask,
    getCredits,
    getDownloadUrl,
    uploadFile: (file, uploadOptions = {}) => uploadFile(uploads, file, uploadOptions),
    // Kie itself has no such paths.
    ...(isKie ? {} : { open: createOpen(options, baseUrl) }),
  }
}

function refuseKeyInBrowser({ apiKey, dangerouslyAllowBrowser }: KieClientOptions): void {
  // On some servers `window` is declared and empty.
  const isBrowser = typeof window !== 'undefined' && Boolean(window?.document)
  if (apiKey === undefined || dangerouslyAllowBrowser || !isBrowser) return
  throw new KieError(
    'Kiekit: createKieClient was given an apiKey in a browser. Every visitor could read it and spend your credits. Keep the key in a gateway (@kiekit/server) and give the client its baseUrl.',
    { kind: 'auth' },
  )
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, '')
}
