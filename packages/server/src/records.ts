import { type KieTask, parseTask } from '@kiekit/core'
import { httpStatusOf } from './envelope.ts'
import { isFinished } from './finished.ts'
import { inTime } from './in-time.ts'
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
  /** Whether no more is to come: the task has ended, and its files are there or have been waited for long enough. */
  isEnd: boolean
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
// Files that are not there after so long are not coming.
const DOUBTED_MS = 60_000
const MOST_DOUBTED = 1_000

interface Kept extends TaskRecord {
  /** Epoch milliseconds. */
  at: number
  /** Grows from question to question. */
  number: number
}

/**
 * @param onRecord told of each record that was read, in the order that Kie was asked in.
 * @param mostRemembered Tasks whose records are kept in memory; fewer where records are long.
 */
export function createRecords(
  upstream: PacedUpstream,
  onRecord: (task: KieTask, record: TaskRecord) => void,
  mostRemembered: number,
): Records {
  const kept = createRecent<Kept>(mostRemembered * CHARACTERS_PER_TASK, ({ text }) => text.length + OVERHEAD)
  /** Since when a task has been a success without files. */
  const doubted = createRecent<number>(MOST_DOUBTED)
  const asking = new Map<string, Promise<Kept>>()
  let questions = 0

  async function ask(taskId: string, userId: string): Promise<Kept> {
    const path = `/api/v1/jobs/recordInfo?${new URLSearchParams({ taskId })}`
    const number = (questions += 1)
    const answer = await upstream.query(userId, { method: 'GET', path })
    if (answer.kind === 'silent') throw trouble(answer)
    const last = kept.get(taskId)
    // Overtaken by the answer to a later question, or by the end.
    if (last && (last.number > number || last.isEnd)) return last
    const task = readTask(answer.text, taskId)
    const isEnd = isFinished(task) || isNoLongerDoubted(taskId, task)
    const record = { text: answer.text, status: task ? 200 : statusOf(answer), task, isEnd, at: Date.now(), number }
    kept.set(taskId, record)
    if (task) onRecord(task, record)
    return record
  }

  function isNoLongerDoubted(taskId: string, task: KieTask | null): boolean {
    if (task?.state !== 'success') return false
    const since = doubted.get(taskId) ?? Date.now()
    doubted.set(taskId, since)
    return Date.now() - since >= DOUBTED_MS
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
      if (last && (age < FRESH_MS || last.isEnd)) return last
      const answer = askOnce(taskId, userId)
      return last && age < STALE_MS ? inTime(answer, PATIENCE_MS, () => last) : answer
    },
    async readAnew(taskId, userId) {
      const last = kept.get(taskId)
      if (last?.isEnd) return last
      // A question that is under way may have been answered before what the caller has heard of.
      asking.delete(taskId)
      return askOnce(taskId, userId)
    },
  }
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
