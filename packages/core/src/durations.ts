import type { DurationDistribution, DurationStats } from './duration-distribution.ts'
import { fitDurations } from './durations-fit.ts'
import { durationPrior } from './durations-prior.ts'
import {
  type DurationStorage,
  durationStorageKey,
  type Observations,
  parseObservations,
  stringifyObservations,
  withObservation,
} from './durations-storage.ts'

/** What a storage that keeps failing may leave unsaved, so that memory stays bounded. */
const mostUnsaved = 200

export interface DurationStatsOptions {
  /**
   * Where to keep what was learned. `localStorage` will do; several tabs may share it. Without one it is forgotten
   * with the page.
   */
  storage?: DurationStorage | undefined
}

/**
 * Learns how long each model's tasks take, for the polling policy and the progress bar.
 *
 * Observe every task that ends, failed ones too: refused tasks end early, and where that happens a look pays early.
 *
 * A model that was never observed has the durations that are usual for its kind of media. Observations count less as
 * newer ones come, an outlier moves little, and the storage is read again before each write, so that tabs add to each
 * other's observations. A storage that fails or holds nonsense costs what it held, never an error.
 *
 * @example
 * ```ts
 * const durations = createDurationStats({ storage: localStorage })
 * durations.observe('nano-banana-2', 41_300)
 * durations.distribution('nano-banana-2').quantile(0.5)  // ms
 * ```
 */
export function createDurationStats({ storage }: DurationStatsOptions = {}): DurationStats {
  let observations: Observations = new Map()
  let unsaved: [model: string, ms: number][] = []
  let saving = false
  const fits = new WeakMap<object, DurationDistribution>()

  function adopt(stored: string | null) {
    observations = unsaved.reduce((known, [model, ms]) => withObservation(known, model, ms), parseObservations(stored))
  }

  function save() {
    if (!storage || saving) return
    saving = true
    let batch = 0
    chain(
      () => storage.getItem(durationStorageKey),
      (stored) =>
        chain(
          () => {
            adopt(stored)
            batch = unsaved.length
            return storage.setItem(durationStorageKey, stringifyObservations(observations))
          },
          () => {
            unsaved = unsaved.slice(batch)
            saving = false
            if (unsaved.length > 0) save()
          },
          () => void (saving = false),
        ),
      () => void (saving = false),
    )
  }

  if (storage)
    chain(
      () => storage.getItem(durationStorageKey),
      adopt,
      () => {},
    )

  return {
    observe(model, ms) {
      const next = withObservation(observations, model, ms)
      if (next === observations) return
      observations = next
      if (!storage) return
      unsaved = [...unsaved, [model, ms] as [string, number]].slice(-mostUnsaved)
      save()
    },
    distribution(model) {
      const prior = durationPrior(model)
      const samples = observations.get(model) ?? []
      const key = observations.get(model) ?? prior
      const fit = fits.get(key) ?? fitDurations(samples, prior)
      fits.set(key, fit)
      return fit
    },
  }
}

/** Goes on at once with what is known at once: a sync storage is never left between a read and its write. */
function chain<T>(step: () => T | Promise<T>, next: (value: T) => unknown, failed: () => void): void {
  try {
    const value = step()
    if (value instanceof Promise) value.then(next).catch(failed)
    else next(value)
  } catch {
    failed()
  }
}
