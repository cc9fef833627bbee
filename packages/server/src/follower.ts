import { adaptivePolling, createDurationStats, type DurationStats, isTerminal, type KieTask } from '@kiekit/core'
import * as z from 'zod/mini'
import { durationStorage } from './duration-storage.ts'
import type { End } from './end.ts'
import { parseJson } from './json.ts'
import type { GatewayLogger } from './logger.ts'
import type { Records } from './records.ts'
import type { Store } from './store.ts'
import { every, later } from './timer.ts'

/** Follows tasks to their end when nobody else does, over restarts. */
export interface Follower {
  /** From now on this task is seen to its end. */
  follow: (taskId: string, userId: string) => Promise<void>
  /** A record of the task was read, by whomever: one question saved, or the end itself. */
  saw: (task: KieTask) => void
  /** Takes up what was left by processes that have ended, now and from time to time. */
  start: () => void
  close: () => Promise<void>
}

interface Followed {
  userId: string
  since: number
  failures: number
  cancel: () => void
}

const ADOPT_EVERY_MS = 60_000
// Nobody sits and waits for these tasks, so a question is worth more delay than in a browser.
const SECONDS_PER_REQUEST = 4
// What takes far longer than usual is looked at ever more rarely.
const LONGEST_PAUSE_SHARE = 1 / 30
const LONGEST_RETRY_MS = 5 * 60_000
// No task runs for a day; what says so is a task that Kie has lost.
const GIVE_UP_MS = 24 * 3_600_000
const LEASE_MARGIN_MS = 60_000

const watchSchema = z.object({ userId: z.string(), since: z.number() })
const policy = adaptivePolling({ secondsPerRequest: SECONDS_PER_REQUEST })

export function createFollower(parts: {
  store: Store
  records: Records
  end: End
  logger: GatewayLogger
  hasCallbacks: boolean
}): Follower {
  const { store, records, end, logger, hasCallbacks } = parts
  const followed = new Map<string, Followed>()
  const ending = new Set<string>()
  // Not before it is needed: Workers let nothing be read until there is a request.
  let learned: DurationStats | null = null
  const durations = () => (learned ??= createDurationStats({ storage: durationStorage(store) }))
  let stopAdopting = () => {}
  let closed = false

  const report = (error: unknown) =>
    logger.warn({ err: error }, 'Tasks that nobody watches could not be followed for now.')

  function lookIn(ms: number, taskId: string, entry: Followed) {
    entry.cancel()
    entry.cancel = later(ms, () => void look(taskId, entry).catch(report))
    // While this holds, no other process takes the task up.
    store.set(leaseKey(taskId), 'held', { ttlMs: ms + LEASE_MARGIN_MS }).catch(report)
  }

  function pauseAfter(taskId: string, entry: Followed, task: KieTask | null): number {
    if (entry.failures > 0) return Math.min(1_000 * 2 ** entry.failures, LONGEST_RETRY_MS)
    const elapsedMs = Date.now() - entry.since
    const ms = policy({
      taskId,
      model: task?.model ?? '',
      state: task?.state ?? 'waiting',
      elapsedMs,
      attempt: 1,
      failures: 0,
      lastError: null,
      retryAfterMs: null,
      // With callbacks on, questions are only a safety net.
      push: hasCallbacks,
      durations: durations(),
    })
    return Math.max(ms === false ? 0 : ms, elapsedMs * LONGEST_PAUSE_SHARE)
  }

  async function look(taskId: string, entry: Followed) {
    if (closed || followed.get(taskId) !== entry) return
    if (Date.now() - entry.since > GIVE_UP_MS) {
      logger.warn({ taskId, user: entry.userId }, 'A task has not ended within a day. It is followed no longer.')
      await drop(taskId, entry)
      return
    }
    try {
      const { task } = await records.read(taskId, entry.userId)
      entry.failures = 0
      if (task && isTerminal(task.state)) await finish(task, entry)
      else lookIn(pauseAfter(taskId, entry, task), taskId, entry)
    } catch {
      entry.failures += 1
      lookIn(pauseAfter(taskId, entry, null), taskId, entry)
    }
  }

  async function finish(task: KieTask, entry: Followed) {
    const { taskId } = task
    if (ending.has(taskId) || closed) return
    ending.add(taskId)
    entry.cancel()
    try {
      if ((await end(task, entry.userId)) === 'done') {
        if (task.createTime !== null && task.completeTime !== null)
          durations().observe(task.model, task.completeTime - task.createTime)
        await drop(taskId, entry)
        return
      }
      entry.failures += 1
      lookIn(pauseAfter(taskId, entry, task), taskId, entry)
    } finally {
      ending.delete(taskId)
    }
  }

  async function drop(taskId: string, entry: Followed) {
    entry.cancel()
    followed.delete(taskId)
    await store.delete(watchKey(taskId))
    await store.delete(leaseKey(taskId))
  }

  function take(taskId: string, userId: string, since: number) {
    const known = followed.get(taskId)
    // Somebody else's now: it is they who are told of its end.
    if (known) known.userId = userId
    if (closed || known) return
    const entry: Followed = { userId, since, failures: 0, cancel: () => {} }
    followed.set(taskId, entry)
    lookIn(pauseAfter(taskId, entry, null), taskId, entry)
  }

  async function adopt() {
    for (const key of await store.list(watchKey(''))) {
      const taskId = key.slice(watchKey('').length)
      if (closed || followed.has(taskId)) continue
      if (!(await store.setIfAbsent(leaseKey(taskId), 'held', { ttlMs: LEASE_MARGIN_MS }))) continue
      const watch = watchSchema.safeParse(parseJson((await store.get(key)) ?? '')).data
      if (watch) take(taskId, watch.userId, watch.since)
    }
  }

  return {
    async follow(taskId, userId) {
      const since = Date.now()
      take(taskId, userId, since)
      await store.set(watchKey(taskId), JSON.stringify({ userId, since }), { ttlMs: 2 * GIVE_UP_MS })
    },
    saw(task) {
      const entry = followed.get(task.taskId)
      if (!entry || ending.has(task.taskId)) return
      if (isTerminal(task.state)) void finish(task, entry).catch(report)
      // A failing `onTaskFinished` has its own pace.
      else if (entry.failures === 0) lookIn(pauseAfter(task.taskId, entry, task), task.taskId, entry)
    },
    start() {
      // Read now, known by the time that the first task is followed.
      durations()
      adopt().catch(report)
      stopAdopting = every(ADOPT_EVERY_MS, () => void adopt().catch(report))
    },
    async close() {
      closed = true
      stopAdopting()
      const mine = [...followed.keys()]
      for (const { cancel } of followed.values()) cancel()
      followed.clear()
      await Promise.all(mine.map((taskId) => store.delete(leaseKey(taskId)).catch(report)))
    },
  }
}

function watchKey(taskId: string): string {
  return `watch:${taskId}`
}

function leaseKey(taskId: string): string {
  return `follow:${taskId}`
}
