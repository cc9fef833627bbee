import type { TaskState } from '@kiekit/core'
import { type KeyValueStorage, memoryStorage } from './key-value-storage.ts'

/** A task that was created here, as the history remembers it. No prompts, no results: those are Kie's to tell. */
export interface TaskHistoryEntry {
  taskId: string
  model: string
  /** Epoch ms, by this device's clock. */
  createdAt: number
  /** As last told; `'gone'` when Kie does not know the task any more. */
  state: TaskState | 'gone'
  /** Epoch ms at which its end was noticed; `null` until then. */
  finishedAt: number | null
}

/** The tasks of one user in one browser, newest first, shared by tabs. Knows no React. */
export interface TaskHistory {
  read: () => readonly TaskHistoryEntry[]
  subscribe: (onChange: () => void) => () => void
  add: (task: { taskId: string; model?: string | undefined }) => void
  /** Notes the end of a task. Says whether that was news. */
  settle: (taskId: string, state: 'success' | 'fail' | 'gone') => boolean
  remove: (taskId: string) => void
  clear: () => void
}

const mostEntries = 200
const states: readonly unknown[] = ['waiting', 'queuing', 'generating', 'success', 'fail', 'gone']
const histories = new WeakMap<KeyValueStorage, Map<string, TaskHistory>>()

/** The history in this storage, the same for all who ask for it. */
export function taskHistoryOf(scope: string, storage: KeyValueStorage = memoryStorage): TaskHistory {
  const byScope = histories.get(storage) ?? new Map<string, TaskHistory>()
  histories.set(storage, byScope)
  const history = byScope.get(scope) ?? createTaskHistory(`kiekit:1:${scope}:history`, storage)
  byScope.set(scope, history)
  return history
}

function createTaskHistory(key: string, storage: KeyValueStorage): TaskHistory {
  const listeners = new Set<() => void>()
  let text: string | null = null
  let entries: readonly TaskHistoryEntry[] = []
  let isStored = true

  function read(): readonly TaskHistoryEntry[] {
    const stored = isStored ? getText() : text
    if (stored === text) return entries
    text = stored
    entries = parse(stored)
    return entries
  }

  function getText(): string | null {
    try {
      return storage.getItem(key)
    } catch {
      isStored = false
      return text
    }
  }

  function parse(stored: string | null): readonly TaskHistoryEntry[] {
    if (stored === null) return []
    try {
      const parsed: unknown = JSON.parse(stored)
      if (Array.isArray(parsed)) return parsed.filter(isEntry)
    } catch {
      // Handled like any other nonsense below.
    }
    setAside(stored)
    return []
  }

  /** What cannot be read may be someone's only trace of a paid task. */
  function setAside(stored: string): void {
    try {
      storage.setItem(`${key}:unreadable`, stored)
    } catch {
      // It stays where it is until the next write.
    }
  }

  function write(next: readonly TaskHistoryEntry[]): void {
    entries = next.slice(0, mostEntries)
    text = JSON.stringify(entries)
    try {
      if (entries.length === 0) storage.removeItem(key)
      else storage.setItem(key, text)
      if (entries.length === 0) text = null
    } catch {
      // Full or forbidden: this page still remembers.
      isStored = false
    }
    for (const listener of listeners) listener()
  }

  const onStorage = (event: StorageEvent) => {
    if (event.key === key || event.key === null) for (const listener of listeners) listener()
  }

  return {
    read,
    subscribe(onChange) {
      if (listeners.size === 0) globalThis.addEventListener?.('storage', onStorage)
      listeners.add(onChange)
      return () => {
        listeners.delete(onChange)
        if (listeners.size === 0) globalThis.removeEventListener?.('storage', onStorage)
      }
    },
    add({ taskId, model = '' }) {
      const others = read()
      if (!taskId || others.some((entry) => entry.taskId === taskId)) return
      write([{ taskId, model, createdAt: Date.now(), state: 'waiting', finishedAt: null }, ...others])
    },
    settle(taskId, state) {
      let isNews = false
      const next = read().map((entry) => {
        if (entry.taskId !== taskId || entry.finishedAt !== null) return entry
        isNews = true
        return { ...entry, state, finishedAt: Date.now() }
      })
      if (isNews) write(next)
      return isNews
    },
    remove: (taskId) => write(read().filter((entry) => entry.taskId !== taskId)),
    clear: () => write([]),
  }
}

function isEntry(value: unknown): value is TaskHistoryEntry {
  if (typeof value !== 'object' || value === null) return false
  const { taskId, model, createdAt, state, finishedAt } = value as Record<string, unknown>
  return (
    typeof taskId === 'string' &&
    taskId !== '' &&
    typeof model === 'string' &&
    typeof createdAt === 'number' &&
    states.includes(state) &&
    (finishedAt === null || typeof finishedAt === 'number')
  )
}
