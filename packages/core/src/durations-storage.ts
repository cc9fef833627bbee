/** Where learned durations are kept: `localStorage`, or anything else with these two functions, sync or async. */
export interface DurationStorage {
  getItem(key: string): string | null | Promise<string | null>
  setItem(key: string, value: string): void | Promise<void>
}

/** Durations in ms by model, oldest first; the model that was learned about last comes last. */
export type Observations = ReadonlyMap<string, readonly number[]>

export const durationStorageKey = 'kiekit:durations:1'

const modelsKept = 64
const samplesKept = 40
const longestModelId = 200
/** A day: what claims to have taken longer was measured with a broken clock. */
const longestMs = 86_400_000

/** The observations with one more; the same ones where the model or the duration cannot be meant. */
export function withObservation(observations: Observations, model: unknown, ms: unknown): Observations {
  if (typeof model !== 'string' || model === '' || model.length > longestModelId) return observations
  if (typeof ms !== 'number' || !(ms >= 1 && ms <= longestMs)) return observations
  const next = new Map(observations)
  next.delete(model)
  next.set(model, [...(observations.get(model) ?? []), Math.round(ms)].slice(-samplesKept))
  return next.size > modelsKept ? new Map([...next].slice(-modelsKept)) : next
}

/** Reads what `stringifyObservations` wrote; of anything else, as much as makes sense. */
export function parseObservations(stored: string | null): Observations {
  let observations: Observations = new Map()
  try {
    const entries: unknown = JSON.parse(stored ?? '[]')
    if (!Array.isArray(entries)) return observations
    for (const entry of entries.slice(-modelsKept) as unknown[]) {
      if (!Array.isArray(entry) || !Array.isArray(entry[1])) continue
      for (const ms of entry[1].slice(-samplesKept) as unknown[]) {
        observations = withObservation(observations, entry[0], ms)
      }
    }
  } catch {
    // Unreadable: durations are learned again soon, so nothing is lost that is worth an error.
  }
  return observations
}

export function stringifyObservations(observations: Observations): string {
  return JSON.stringify([...observations])
}
