/** `localStorage`, or anything else with these functions. */
export interface KeyValueStorage {
  getItem: (key: string) => string | null
  setItem: (key: string, value: string) => void
  removeItem: (key: string) => void
}

/** The browser's own storage; `undefined` where there is none, or where reading it is forbidden. */
export function browserStorage(): KeyValueStorage | undefined {
  try {
    return 'localStorage' in globalThis ? globalThis.localStorage : undefined
  } catch {
    return undefined
  }
}

const remembered = new Map<string, string>()

/** Lasts as long as the page. */
export const memoryStorage: KeyValueStorage = {
  getItem: (key) => remembered.get(key) ?? null,
  setItem: (key, value) => void remembered.set(key, value),
  removeItem: (key) => void remembered.delete(key),
}

/** The stored JSON; `undefined` for nothing, for nonsense and for a storage that fails. */
export function readJson(storage: KeyValueStorage, key: string): unknown {
  try {
    const text = storage.getItem(key)
    return text ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}

/** Stores JSON, or removes the key for `undefined`. A full or forbidden storage only means that nothing is kept. */
export function writeJson(storage: KeyValueStorage, key: string, value: unknown): void {
  try {
    if (value === undefined) storage.removeItem(key)
    else storage.setItem(key, JSON.stringify(value))
  } catch {
    // What the page does goes on without it.
  }
}
