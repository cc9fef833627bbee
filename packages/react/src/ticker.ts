import { focusManager } from '@tanstack/react-query'

const tickMs = 500
const listeners = new Set<() => void>()
let now = 0
let timer: ReturnType<typeof setInterval> | undefined
let stopWatchingFocus: (() => void) | undefined

/** One clock for all that shows passing time on a page. It stands still while the page is hidden. */
export const ticker = {
  /** Epoch ms at the last tick. */
  now: () => now || (now = Date.now()),
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    if (listeners.size === 1) {
      stopWatchingFocus = focusManager.subscribe(run)
      run()
    }
    return () => {
      listeners.delete(listener)
      if (listeners.size > 0) return
      stopWatchingFocus?.()
      clearInterval(timer)
      timer = undefined
      now = 0
    }
  },
}

function run(): void {
  clearInterval(timer)
  timer = undefined
  if (!focusManager.isFocused()) return
  tick()
  timer = setInterval(tick, tickMs)
}

function tick(): void {
  now = Date.now()
  for (const listener of listeners) listener()
}
