import { later } from './timer.ts'

/** What the promise brings, or, after so many milliseconds without it, what `otherwise` returns or throws. */
export function inTime<T, Late>(promise: Promise<T>, ms: number, otherwise: () => Late): Promise<T | Late> {
  let cancel = () => {}
  const late = new Promise<void>((resolve) => {
    cancel = later(ms, resolve)
  }).then(otherwise)
  return Promise.race([promise, late]).finally(cancel)
}
