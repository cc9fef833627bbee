/** The states of a task in Kie's documentation; `success` and `fail` are final. */
export type TaskState = 'waiting' | 'queuing' | 'generating' | 'success' | 'fail'

/** Any value that JSON can carry. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }

/** What the task was asked to do, as `param` of the record tells it. */
export interface TaskRequest {
  model: string
  input: Record<string, JsonValue>
  callBackUrl: string | null
}

/** What every task has, whatever its state. Plain JSON. */
export interface TaskFields {
  taskId: string
  /** The model's id, exactly as Kie sent it; `''` when Kie leaves it out. */
  model: string
  /** `param`, decoded from either encoding; `null` when absent or unreadable. */
  request: TaskRequest | null
  /** Epoch milliseconds, as are the next two. */
  createTime: number | null
  updateTime: number | null
  completeTime: number | null
  creditsConsumed: number | null
  /** The state as received, for states that Kie adds later. */
  rawState: string
  /** Fields of the record that this version does not know. */
  extra: Record<string, unknown>
}

export interface PendingTask extends TaskFields {
  state: 'waiting' | 'queuing' | 'generating'
  /** 0..1, only when Kie reports it; else `null`. */
  progress: number | null
}

export interface SucceededTask extends TaskFields {
  state: 'success'
  /** Every main output, once, in order. */
  results: TaskResult[]
}

export interface FailedTask extends TaskFields {
  state: 'fail'
  failure: TaskFailure
}

/** A task as Kie last told it. Plain JSON: it goes through hydration, persistence and `postMessage` unchanged. */
export type KieTask = PendingTask | SucceededTask | FailedTask

/** One output that is a file. */
export interface MediaResult {
  kind: 'image' | 'video' | 'audio' | 'file'
  url: string
  posterUrl?: string | undefined
  watermarkedUrl?: string | undefined
  streamUrl?: string | undefined
  firstFrameUrl?: string | undefined
  lastFrameUrl?: string | undefined
  title?: string | undefined
  durationSeconds?: number | undefined
}

/** One output that is a text. */
export interface TextResult {
  kind: 'text'
  text: string
  title?: string | undefined
}

/** One output that is neither a file nor a text. */
export interface DataResult {
  kind: 'data'
  data: JsonValue
}

export type TaskResult = MediaResult | TextResult | DataResult

export type TaskFailureReason = 'content-policy' | 'input' | 'credits' | 'timeout' | 'provider' | 'unknown'

/** Why a task failed, in words that a person can act on. */
export interface TaskFailure {
  code: string
  reason: TaskFailureReason
  /** Plain English; UI labels translate by `reason`. */
  message: string
  /** Kie's own text, anything key-like redacted. */
  providerMessage: string | null
  /** A new, paid attempt has a chance. */
  worthRetrying: boolean
}

/** Whether a task in this state will never change again. */
export function isTerminal(state: TaskState): state is 'success' | 'fail' {
  return state === 'success' || state === 'fail'
}
