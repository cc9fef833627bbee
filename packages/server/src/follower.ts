import { adaptivePolling, createDurationStats, type DurationStats, type KieTask } from '@kiekit/core'
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
  saw: (task: KieTask, isEnd: boolean) => void
  /** Takes up what was left by processes that have ended, now and from time to time. */
  start: () => void
  close: () => Promise<void>
}

interface Followed {
  userId: string
  since: number
  stage: Stage
  cancel: () => void
}

/** What failed in a row: looks at the task while it runs, then calls of `onTaskFinished`. */
type Stage = { is: 'running'; failures: number } | { is: 'ended'; since: number; failures: number }

const ADOPT_EVERY_MS = 60_000
// What was left is looked at soon, but not all of it at once: half of what Kie takes is for those who wait.
const FIRST_LOOK_MS = 1_000
const BETWEEN_FIRST_LOOKS_MS = 200
// Nobody sits and waits for these tasks, so a question is worth more delay than in a browser.
const SECONDS_PER_REQUEST = 4
// What takes far longer than usual is looked at ever more rarely.
const LONGEST_PAUSE_SHARE = 1 / 30
const LONGEST_RETRY_MS = 5 * 60_000
// A callback that was lost holds nothing up for longer than this.
const LONGEST_LOOK_MS = 5 * 60_000
// Files that a finished task lacks come soon or never.
const MISSING_FILES_MS = 10_000
const DAY_MS = 86_400_000
// No task runs for a day; what says so is a task that Kie has lost.
const LONGEST_RUN_MS = DAY_MS
// Kie's links have died by then.
const LONGEST_TRYING_MS = 7 * DAY_MS
const WATCHED_MS = 30 * DAY_MS
const LEASE_MARGIN_MS = 60_000

const watchSchema = z.object({ userId: z.string(), since: z.number() })
type Watch = z.infer<typeof watchSchema>
const policy = adaptivePolling({ secondsPerRequest: SECONDS_PER_REQUEST })

export function createFollower(parts: {
  store: Store
  records: Records
  end: End
  logger: GatewayLogger
  hasCallbacks: () => boolean
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

  const isMine = (taskId: string, entry: Followed) => !closed && followed.get(taskId) === entry

  function lookIn(ms: number, taskId: string, entry: Followed) {
    entry.cancel()
    entry.cancel = later(ms, () => void look(taskId, entry).catch(report))
    // While this holds, no other process takes the task up.
    store.set(leaseKey(taskId), 'held', { ttlMs: ms + LEASE_MARGIN_MS }).catch(report)
  }

  function pauseAfter(taskId: string, { stage, since }: Followed, task: KieTask | null): number {
    if (stage.failures > 0) return Math.min(1_000 * 2 ** stage.failures, LONGEST_RETRY_MS)
    if (task?.state === 'success') return MISSING_FILES_MS
    const elapsedMs = Date.now() - since
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
      push: hasCallbacks(),
      durations: durations(),
    })
    return Math.max(ms === false ? 0 : Math.min(ms, LONGEST_LOOK_MS), elapsedMs * LONGEST_PAUSE_SHARE)
  }

  async function look(taskId: string, entry: Followed) {
    if (!isMine(taskId, entry)) return
    const record = await records.read(taskId, entry.userId).catch(() => null)
    if (record?.task && record.isEnd) await finish(record.task, entry)
    // An error that says nothing of the task: Kie is down, or the key was refused.
    else if (record === null || record.status >= 500) await failed(taskId, entry)
    else await isRunning(taskId, entry, record.task)
  }

  async function isRunning(taskId: string, entry: Followed, task: KieTask | null) {
    if (!isMine(taskId, entry)) return
    entry.stage = { is: 'running', failures: 0 }
    if (task?.state !== 'success' && Date.now() - entry.since > LONGEST_RUN_MS) {
      await giveUp(taskId, entry, 'A task has not ended within a day. It is followed no longer.')
    } else lookIn(pauseAfter(taskId, entry, task), taskId, entry)
  }

  async function failed(taskId: string, entry: Followed) {
    if (!isMine(taskId, entry)) return
    const { stage } = entry
    stage.failures += 1
    if (stage.is === 'ended' && Date.now() - stage.since > LONGEST_TRYING_MS) {
      await giveUp(taskId, entry, 'onTaskFinished has failed for a week. It is called for this task no longer.')
    } else if (stage.is === 'running' && Date.now() - entry.since > WATCHED_MS) {
      await giveUp(taskId, entry, 'A task could not be read for a month. It is followed no longer.')
    } else lookIn(pauseAfter(taskId, entry, null), taskId, entry)
  }

  async function finish(task: KieTask, entry: Followed) {
    const { taskId } = task
    if (ending.has(taskId) || !isMine(taskId, entry)) return
    ending.add(taskId)
    entry.cancel()
    if (entry.stage.is === 'running') entry.stage = { is: 'ended', since: Date.now(), failures: 0 }
    try {
      if ((await end(task, entry.userId)) === 'done') {
        await drop(taskId, entry)
        if (task.createTime !== null && task.completeTime !== null)
          durations().observe(task.model, task.completeTime - task.createTime)
      } else await failed(taskId, entry)
    } catch (error) {
      report(error)
      await failed(taskId, entry)
    } finally {
      ending.delete(taskId)
    }
  }

  async function giveUp(taskId: string, entry: Followed, why: string) {
    logger.warn({ taskId, user: entry.userId }, why)
    await drop(taskId, entry)
  }

  async function drop(taskId: string, entry: Followed) {
    entry.cancel()
    await store.delete(watchKey(taskId))
    await store.delete(leaseKey(taskId))
    followed.delete(taskId)
  }

  function take(taskId: string, { userId, since }: Watch): Followed {
    const known = followed.get(taskId)
    // Somebody else's now: it is they who are told of its end.
    if (known) known.userId = userId
    const entry: Followed = known ?? { userId, since, stage: { is: 'running', failures: 0 }, cancel: () => {} }
    if (!closed) followed.set(taskId, entry)
    return entry
  }

  async function readWatch(taskId: string): Promise<Watch | undefined> {
    return watchSchema.safeParse(parseJson((await store.get(watchKey(taskId))) ?? '')).data
  }

  async function adopt() {
    let wait = FIRST_LOOK_MS
    for (const key of await store.list(watchKey(''))) {
      const taskId = key.slice(watchKey('').length)
      if (closed || followed.has(taskId)) continue
      if (!(await store.setIfAbsent(leaseKey(taskId), 'held', { ttlMs: LEASE_MARGIN_MS }))) continue
      const watch = await readWatch(taskId)
      if (!watch || closed || followed.has(taskId)) continue
      lookIn(wait, taskId, take(taskId, watch))
      wait += BETWEEN_FIRST_LOOKS_MS
    }
  }

  /** The end of a task that another process follows, and would see later. */
  async function takeUp(task: KieTask) {
    const watch = await readWatch(task.taskId)
    if (watch) await finish(task, take(task.taskId, watch))
  }

  return {
    async follow(taskId, userId) {
      const watch = { userId, since: Date.now() }
      const isNew = !followed.has(taskId)
      const entry = take(taskId, watch)
      if (isNew && !closed) lookIn(pauseAfter(taskId, entry, null), taskId, entry)
      await store.set(watchKey(taskId), JSON.stringify(watch), { ttlMs: WATCHED_MS, listed: true })
    },
    saw(task, isEnd) {
      const entry = followed.get(task.taskId)
      // A failing `onTaskFinished` has its own pace.
      if (entry?.stage.is === 'ended') return
      if (isEnd) (entry ? finish(task, entry) : takeUp(task)).catch(report)
      else if (entry) isRunning(task.taskId, entry, task).catch(report)
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
