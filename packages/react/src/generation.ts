import { type CreateTaskRequest, isKieError, type KieClient, type KieError, type TaskRequest } from '@kiekit/core'
import { asKieError } from './as-kie-error.ts'
import { type KeyValueStorage, readJson, writeJson } from './key-value-storage.ts'
import { readRequest } from './read-request.ts'

/** Where a generation stands before there is a task to follow. */
export interface GenerationState {
  taskId: string | null
  isCreating: boolean
  /** Of the task that is being created; `null` else. */
  request: TaskRequest | null
  /** Why the last `generate` brought no task. */
  error: KieError | null
}

/** One place of an app where tasks are made. Knows no React, and outlives the components that show it. */
export interface Generation {
  read: () => GenerationState
  subscribe: (onChange: () => void) => () => void
  /**
   * Creates a task, or joins the creation of the same request that is under way, lost its answer or has just been done.
   *
   * @throws KieError; with `outcome: 'unknown'` call again with the same request to learn its task, without paying twice
   */
  generate: (request: CreateTaskRequest) => Promise<string>
  /** Takes up a creation that a reload has interrupted. */
  restore: () => void
  /** Forgets the task. It goes on at Kie. */
  reset: () => void
}

/** What survives a reload: the request as long as its task is not known, then the task. */
interface StoredGeneration {
  key: string
  at: number
  taskId?: string
  request?: CreateTaskRequest
}

interface GenerationParts {
  client: KieClient
  storage: KeyValueStorage
  storageKey: string
  onCreated: (taskId: string, request: CreateTaskRequest) => void
}

/** Two clicks within this time are one. */
const doubleClickMs = 1000
/** Servers forget idempotency keys after a while; an interrupted creation is taken up only well before that. */
const restorableMs = 10 * 60_000
const idle: GenerationState = { taskId: null, isCreating: false, request: null, error: null }

export function createGeneration({ client, storage, storageKey, onCreated }: GenerationParts): Generation {
  const listeners = new Set<() => void>()
  const pending = new Map<string, Promise<string>>()
  const first = readStored(storage, storageKey)
  let state: GenerationState = first?.taskId ? { ...idle, taskId: first.taskId } : idle
  /** The creation that the state tells about. */
  let current: { fingerprint: string; key: string; doneAt: number | null } | undefined

  function setState(next: GenerationState) {
    state = next
    for (const listener of listeners) listener()
  }

  function generate(request: CreateTaskRequest): Promise<string> {
    const fingerprint = JSON.stringify(request)
    const underWay = pending.get(fingerprint)
    if (underWay) return underWay
    const isDoubleClick = current?.fingerprint === fingerprint && Date.now() - (current.doneAt ?? 0) < doubleClickMs
    if (isDoubleClick && state.taskId) return Promise.resolve(state.taskId)

    const stored = readStored(storage, storageKey)
    // An answer that was lost is asked for again under its old key: the gateway then gives the same task.
    const isSame = stored?.request && JSON.stringify(stored.request) === fingerprint
    const creation = create(request, fingerprint, isSame ? stored.key : newKey())
    pending.set(fingerprint, creation)
    return creation
  }

  async function create(request: CreateTaskRequest, fingerprint: string, key: string): Promise<string> {
    const mine = { fingerprint, key, doneAt: null as number | null }
    current = mine
    writeJson(storage, storageKey, { key, request, at: Date.now() } satisfies StoredGeneration)
    setState({ ...idle, isCreating: true, request: readRequest(request) })
    try {
      const { taskId } = await client.createTask(request, { idempotencyKey: key })
      mine.doneAt = Date.now()
      onCreated(taskId, request)
      // A newer generation, or `reset`, has taken the place; this task is in the history.
      if (current !== mine) return taskId
      writeJson(storage, storageKey, { key, taskId, at: Date.now() } satisfies StoredGeneration)
      setState({ ...idle, taskId })
      return taskId
    } catch (thrown) {
      const error = asKieError(thrown)
      if (current === mine) {
        if (isKieError(thrown) && error.outcome === 'known') writeJson(storage, storageKey, undefined)
        setState({ ...idle, error })
      }
      throw error
    } finally {
      pending.delete(fingerprint)
    }
  }

  return {
    read: () => state,
    subscribe(onChange) {
      listeners.add(onChange)
      return () => void listeners.delete(onChange)
    },
    generate,
    restore() {
      if (current || !first?.request || Date.now() - first.at > restorableMs) return
      generate(first.request).catch(() => {
        // The state tells.
      })
    },
    reset() {
      current = undefined
      writeJson(storage, storageKey, undefined)
      setState(idle)
    },
  }
}

function readStored(storage: KeyValueStorage, storageKey: string): StoredGeneration | undefined {
  const value = readJson(storage, storageKey)
  if (typeof value !== 'object' || value === null) return undefined
  const { key, at, taskId, request } = value as Record<string, unknown>
  if (typeof key !== 'string' || typeof at !== 'number') return undefined
  if (typeof taskId === 'string' && taskId !== '') return { key, at, taskId }
  return isRequest(request) ? { key, at, request } : undefined
}

function isRequest(value: unknown): value is CreateTaskRequest {
  if (typeof value !== 'object' || value === null) return false
  const { model, input } = value as Record<string, unknown>
  return typeof model === 'string' && typeof input === 'object' && input !== null
}

/** Random and unguessable; `randomUUID` is missing on pages without https. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
