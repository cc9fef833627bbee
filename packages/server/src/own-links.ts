import type { KieTask } from '@kiekit/core'
import type { Owners } from './owners.ts'
import { createRecent } from './recent.ts'
import type { Records } from './records.ts'
import type { Store } from './store.ts'
import { linksOf } from './task-file.ts'

/** Whose a link of Kie's is. It opens for whoever has it, until it dies; nobody else's is made to live on. */
export interface OwnLinks {
  /** Notes which task the links in a record belong to. */
  saw: (task: KieTask) => void
  /** Notes who uploaded what the link leads to. */
  uploaded: (url: string, userId: string) => Promise<void>
  /**
   * Whether the link leads to a result of the user's task, or to an upload of the user's. Without a task's id it is known
   * for the results that this process has seen of late.
   */
  isOwn: (url: string, userId: string, taskId: string | undefined) => Promise<boolean>
}

// Kie deletes uploads after three days.
const UPLOAD_KEPT_MS = 3 * 86_400_000

/** @param mostRemembered Links that are kept in memory. */
export function createOwnLinks(store: Store, owners: Owners, records: Records, mostRemembered: number): OwnLinks {
  const taskOf = createRecent<string>(mostRemembered)

  async function isResult(url: string, userId: string, taskId: string): Promise<boolean> {
    const owner = await owners.ownerOf(taskId)
    if (owner?.userId !== userId) return false
    const { task } = await records.read(taskId, userId)
    return task !== null && linksOf(task).some((link) => plain(link) === plain(url))
  }

  return {
    saw(task) {
      for (const link of linksOf(task)) taskOf.set(plain(link), task.taskId)
    },
    uploaded: (url, userId) => store.set(uploadKey(url, userId), '', { ttlMs: UPLOAD_KEPT_MS }),
    async isOwn(url, userId, taskId = taskOf.get(plain(url))) {
      if (taskId !== undefined && (await isResult(url, userId, taskId))) return true
      return (await store.get(uploadKey(url, userId))) !== null
    },
  }
}

function uploadKey(url: string, userId: string): string {
  return `upload:${JSON.stringify([userId, plain(url)])}`
}

// Pages may have parsed it, and written it again.
function plain(url: string): string {
  return URL.canParse(url) ? new URL(url).href : url
}
