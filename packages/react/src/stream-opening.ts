import type { QueryClient } from '@tanstack/react-query'

/** So long the first questions of a page wait for its event stream. What changes before it stands would be missed. */
const patienceMs = 1000

const openings = new WeakMap<QueryClient, Map<string, Promise<void>>>()

/** Takes note that an event stream is being opened, until the returned function is called. */
export function beginOpening(queryClient: QueryClient, scope: string): () => void {
  const byScope = openings.get(queryClient) ?? new Map<string, Promise<void>>()
  openings.set(queryClient, byScope)
  let end = () => {}
  const opening = new Promise<void>((resolve) => {
    const patience = setTimeout(() => end(), patienceMs)
    end = () => {
      clearTimeout(patience)
      if (byScope.get(scope) === opening) byScope.delete(scope)
      resolve()
    }
  })
  byScope.set(scope, opening)
  return end
}

/** Resolves when the event stream stands, has failed or takes too long; at once where none is being opened. */
export async function streamOpening(queryClient: QueryClient, scope: string): Promise<void> {
  await openings.get(queryClient)?.get(scope)
}
