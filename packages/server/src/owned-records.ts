import type { Owners } from './owners.ts'
import type { Records, TaskRecord } from './records.ts'
import { taskNotFound } from './refusal.ts'

/** Records for their owners: nobody else gets one, or learns that there is one. */
export interface OwnedRecords {
  /** @throws {Refusal} 404 for a task that is not the user's, and for one that does not exist. */
  read: (taskId: string, userId: string) => Promise<TaskRecord>
}

export function createOwnedRecords(records: Records, owners: Owners): OwnedRecords {
  return {
    async read(taskId, userId) {
      const owner = await owners.ownerOf(taskId)
      if (owner?.userId !== userId) throw taskNotFound()
      return records.read(taskId, userId)
    },
  }
}
