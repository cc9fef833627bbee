/** The keys of a list's rows, and where each stands. */
export interface RowKeys {
  list: readonly string[]
  indexOf: ReadonlyMap<string, number>
}

/** A key for each task: its id. An id that stands there again, or is missing, gets a key of its own. */
export function rowKeysOf(ids: readonly (string | null)[]): RowKeys {
  const indexOf = new Map<string, number>()
  const list = ids.map((id, index) => {
    const key = id !== null && !indexOf.has(id) ? id : `${id ?? ''} #${index}`
    indexOf.set(key, index)
    return key
  })
  return { list, indexOf }
}
