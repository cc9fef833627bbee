import { useSyncExternalStore } from 'react'

const changed = 'kiekit:address'

/** The task id in the address (`?task=`), so that a reload or a shared link takes the task up again. */
export function useTaskInAddress(): string | null {
  return useSyncExternalStore(subscribe, () => new URLSearchParams(location.search).get('task'))
}

/** Puts a task id into the address, or takes it out, as a new entry of the browser's history. */
export function setTaskInAddress(taskId: string | null): void {
  const address = new URL(location.href)
  if (taskId) address.searchParams.set('task', taskId)
  else address.searchParams.delete('task')
  history.pushState(null, '', address)
  window.dispatchEvent(new Event(changed))
}

function subscribe(notify: () => void): () => void {
  window.addEventListener('popstate', notify)
  window.addEventListener(changed, notify)
  return () => {
    window.removeEventListener('popstate', notify)
    window.removeEventListener(changed, notify)
  }
}
