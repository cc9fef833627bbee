/** Runs something later, without keeping the process alive for it. Returns how to cancel it. */
export function later(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms)
  letGo(timer)
  return () => clearTimeout(timer)
}

/** Runs something again and again, without keeping the process alive for it. Returns how to stop it. */
export function every(ms: number, run: () => void): () => void {
  const timer = setInterval(run, ms)
  letGo(timer)
  return () => clearInterval(timer)
}

// Timers are objects under Node and numbers elsewhere.
function letGo(timer: { unref?: () => unknown } | number) {
  if (typeof timer === 'object') timer.unref?.()
}
