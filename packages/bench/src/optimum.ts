import type { Truth } from './truth.ts'

const steps = 1500

/**
 * The best moments to look at a task whose distribution of durations is known, by dynamic programming: with V(a) the
 * least cost from a look at `a` that found the task running, V(a) = min over b of c·P(T > a) + E[b − T; a < T ≤ b] +
 * V(b), weighted by the chance to get there. Time is a grid of 1,500 moments, each the same factor after the last.
 *
 * @param priceMs what a look costs, in ms of delay
 * @returns the moments, in ms since the task's creation
 */
export function optimalLooks(truth: Truth, priceMs: number): number[] {
  const grid = gridOf(truth)
  const done = grid.map((moment) => truth.cdf(moment))
  // Areas under the cdf: E[b − T; a < T ≤ b] is the area between a and b, above the height at a.
  const area = new Float64Array(grid.length)
  for (let i = 1; i < grid.length; i++) {
    area[i] = at(area, i - 1) + ((at(grid, i) - at(grid, i - 1)) * (at(done, i) + at(done, i - 1))) / 2
  }
  const cost = new Float64Array(grid.length)
  const nextLook = new Int32Array(grid.length)
  for (let a = grid.length - 2; a >= 0; a--) {
    const look = priceMs * (1 - at(done, a))
    let least = Infinity
    for (let b = a + 1; b < grid.length; b++) {
      const delay = at(area, b) - at(area, a) - at(done, a) * (at(grid, b) - at(grid, a))
      if (look + delay > least) break
      if (look + delay + at(cost, b) < least) {
        least = look + delay + at(cost, b)
        nextLook[a] = b
      }
    }
    cost[a] = least
  }
  const looks: number[] = []
  for (let a = 0; a < grid.length - 1; a = at(nextLook, a)) looks.push(at(grid, at(nextLook, a)))
  return looks
}

/** From the creation on; the first moment after it is one by which next to no task is done. */
function gridOf(truth: Truth): number[] {
  let first = truth.horizonMs
  while (truth.cdf(first) > 0.0005) first *= 0.95
  const factor = (truth.horizonMs / first) ** (1 / (steps - 1))
  return [0, ...Array.from({ length: steps }, (_, index) => first * factor ** index)]
}

function at(numbers: ArrayLike<number>, index: number): number {
  return numbers[index] ?? 0
}
