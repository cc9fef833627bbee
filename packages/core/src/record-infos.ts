import { readFields, readText } from './fields.ts'
import { isKieError } from './kie-error.ts'
import { type KieAnswer, type KieRequest, readData, type Send } from './request.ts'
import { isJsonObject } from './safe-json.ts'

/**
 * Asks a gateway for many records in one request: `{ taskIds }` for `{ items: [{ taskId, body }] }`, where each body is
 * what `recordInfo` answers. A path of the kit's own: `null` where the server does not know it.
 */
export async function askForMany(
  send: Send,
  { taskIds, ...request }: Omit<KieRequest, 'body'> & { taskIds: string[] },
): Promise<ReadonlyMap<string, KieAnswer> | null> {
  try {
    const answer = await send({ ...request, body: { taskIds } })
    const data = readData(answer)
    const items = isJsonObject(data) && Array.isArray(data['items']) ? data['items'] : null
    if (items === null) return null
    const answers = new Map<string, KieAnswer>()
    for (const item of items) {
      const { taskId } = readFields({ taskId: readText }, item)
      if (taskId !== undefined && isJsonObject(item)) answers.set(taskId, { ...answer, body: item['body'] ?? null })
    }
    return answers
  } catch (error) {
    const isUnknownPath = isKieError(error) && ['not-found', 'unsupported', 'invalid-response'].includes(error.kind)
    if (isUnknownPath) return null
    throw error
  }
}
