import { type KieTask, parseTask } from '@kiekit/core'
import { httpStatusOf } from './envelope.ts'
import type { PacedUpstream } from './paced-upstream.ts'
import { createRecent } from './recent.ts'
import { hasNode } from './runtime.ts'
import { trouble } from './upstream.ts'

/** A task's record as Kie last told it. */
export interface TaskRecord {
  /** Kie's own words: the whole envelope. */
  text: string
  /** The HTTP status that it is passed on with. */
  status: number
  /** The same, read; `null` where it tells of no task: not yet, or an error. */
  task: KieTask | null
}

export interface Records {
  /**
   * The record, asked for at most once a second however many ask; a finished one is asked for no more.
   *
   * @throws {Refusal} when Kie gave no answer.
   */
  read: (taskId: string, userId: string) => Promise<TaskRecord>
  /** The same, surely asked after this call. */
  readAnew: (taskId: string, userId: string) => Promise<TaskRecord>
}

const FRESH_MS = 1_000
// When there are more tasks than Kie takes questions, whoever has waited this long gets the last answer, while the
// question keeps its place. An answer older than a minute is no answer.
const PATIENCE_MS = 2_000
const STALE_MS = 60_000
const CHARACTERS_PER_TASK = 3_200
// What an entry weighs beside its text.
const OVERHEAD = 1_000

interface Kept extends TaskRecord {
  /** Epoch milliseconds. */
  at: number
}

/** @param mostRemembered Tasks whose records are kept in memory; fewer where records are long. */
export function createRecords(
  upstream: PacedUpstream,
  onRecord: (task: KieTask) => void,
  mostRemembered: number,
): Records {
  const kept = createRecent<Kept>(mostRemembered * CHARACTERS_PER_TASK, ({ text }) => text.length + OVERHEAD)
  const asking = new Map<string, Promise<Kept>>()

  async function ask(taskId: string, userId: string): Promise<Kept> {
    const path = `/api/v1/jobs/recordInfo?${new URLSearchParams({ taskId })}`
    const answer = await upstream.query(userId, { method: 'GET', path })
    if (answer.kind === 'silent') throw trouble(answer)
    const task = readTask(answer.text, taskId)
    const record = { text: answer.text, status: task ? 200 : statusOf(answer), task, at: Date.now() }
    kept.set(taskId, record)
    if (task) onRecord(task)
    return record
  }

  function askOnce(taskId: string, userId: string): Promise<Kept> {
    if (!hasNode()) return ask(taskId, userId)
    const running = asking.get(taskId)
    if (running) return running
    const mine = ask(taskId, userId).finally(() => {
      if (asking.get(taskId) === mine) asking.delete(taskId)
    })
    asking.set(taskId, mine)
    return mine
  }

  return {
    async read(taskId, userId) {
      const last = kept.get(taskId)
      const age = last ? Date.now() - last.at : Number.POSITIVE_INFINITY
      if (last && (age < FRESH_MS || isFinished(last.task))) return last
      const answer = askOnce(taskId, userId)
      return last && age < STALE_MS ? orAfter(answer, PATIENCE_MS, last) : answer
    },
    async readAnew(taskId, userId) {
      const last = kept.get(taskId)
      if (last && isFinished(last.task)) return last
      // A question that is under way may have been answered before what the caller has heard of.
      asking.delete(taskId)
      return askOnce(taskId, userId)
    },
  }
}

/** A success without files is not the end: now and then Kie adds them a little later. */
function isFinished(task: KieTask | null): boolean {
  return task?.state === 'fail' || (task?.state === 'success' && task.results.length > 0)
}

function readTask(text: string, taskId: string): KieTask | null {
  try {
    return parseTask(JSON.parse(text), { taskId })
  } catch {
    return null
  }
}

// Asked within moments of the create, Kie says 422 "recordInfo is null". Its owner is known here, so that is no error.
function statusOf({ code, data }: { code: number; data: unknown }): number {
  return code === 422 && data === null ? 200 : httpStatusOf(code)
}

function orAfter<T>(promise: Promise<T>, ms: number, otherwise: T): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(otherwise), ms)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
