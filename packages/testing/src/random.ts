/** A stream of numbers from 0 to 1: the same for the same seed (mulberry32), different each time without one. */
export function createRandom(seed: number = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Hexadecimal digits, as in Kie's task ids of 32. */
export function randomHex(random: () => number, digits: number): string {
  return Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('')
}
