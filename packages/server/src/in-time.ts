import { later } from './timer.ts'

/** What the promise brings, or, after so many milliseconds without it, what `otherwise` returns or throws. */
export function inTime<T, Late>(promise: Promise<T>, ms: number, otherwise: () => Late): Promise<T | Late> {
  return new Promise((resolve, reject) => {
    const cancel = later(ms, () => {
      try {
        resolve(otherwise())
      } catch (error) {
        reject(error)
      }
    })
    promise.then(resolve, reject).finally(cancel)
  })
}
