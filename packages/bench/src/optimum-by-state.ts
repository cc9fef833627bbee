import { optimalLooks } from './optimum.ts'
import type { SimulatedTask, Truth } from './truth.ts'

/** With half of it the costs are 0.3 % lower, and take eight times as long to compute. */
const stepMs = 1000

/**
 * The best moments to look at a task that may be queued first, for one who knows how long queueing and making take and
 * sees at each look which of the two it is. By dynamic programming over what can be known: how long the task was seen
 * queued, and, once it is made, between which two looks that began.
 *
 * @param priceMs what a look costs, in ms of delay
 * @returns for each task the moments that its states lead to, in ms since its creation
 */
export function optimalLooksByState(
  { queued, made }: NonNullable<Truth['stages']>,
  priceMs: number,
): (task: SimulatedTask) => number[] {
  const steps = Math.ceil((queued.horizonMs + made.horizonMs) / stepMs)
  const span = Math.ceil(made.horizonMs / stepMs)
  const begun = Float64Array.from({ length: steps + 1 }, (_, step) => queued.cdf(step * stepMs))

  // done[b][t]: the chance that making began by b and ended by t. area[b][t]: what that adds up to over time, until t.
  const done: Float64Array[] = [new Float64Array(steps + 1)]
  const area: Float64Array[] = [new Float64Array(steps + 1)]
  for (let b = 1; b <= steps; b++) {
    const chance = at(begun, b) - at(begun, b - 1)
    const row = Float64Array.from({ length: steps + 1 }, (_, t) =>
      t < b ? 0 : cell(done, b - 1, t) + chance * made.cdf((t - b + 0.5) * stepMs),
    )
    // What was done by b comes from tasks that began before it.
    for (let t = 0; t < b; t++) row[t] = cell(done, b - 1, t)
    const sums = new Float64Array(steps + 1)
    for (let t = 1; t <= steps; t++) sums[t] = at(sums, t - 1) + ((at(row, t) + at(row, t - 1)) / 2) * stepMs
    done.push(row)
    area.push(sums)
  }

  /** Delay of the tasks that began between `a` and `b` and end between the looks `t` and `u`. */
  const delay = (a: number, b: number, t: number, u: number) =>
    cell(area, b, u) -
    cell(area, b, t) -
    (cell(area, a, u) - cell(area, a, t)) -
    (cell(done, b, t) - cell(done, a, t)) * (u - t) * stepMs

  const cost = new Float64Array(steps + 1)
  const next = new Int32Array(steps + 1)
  /** The least cost from `b` on of the tasks that were seen queued at `a` and made at `b`; fills `next`. */
  function makingCost(a: number, b: number): number {
    const end = Math.min(steps, b + span)
    cost[end] = 0
    for (let t = end - 1; t >= b; t--) {
      const look = priceMs * (at(begun, b) - at(begun, a) - (cell(done, b, t) - cell(done, a, t)))
      let least = Infinity
      for (let u = t + 1; u <= end; u++) {
        const now = look + delay(a, b, t, u)
        if (now > least) break
        if (now + at(cost, u) < least) {
          least = now + at(cost, u)
          next[t] = u
        }
      }
      cost[t] = least
    }
    return at(cost, b)
  }

  const queueCost = new Float64Array(steps + 1)
  const queueNext = new Int32Array(steps + 1)
  for (let a = steps - 1; a >= 0; a--) {
    const look = priceMs * (1 - at(begun, a))
    let least = Infinity
    for (let b = a + 1; b <= steps; b++) {
      const now = look + delay(a, b, a, b)
      if (now > least) break
      const all = now + makingCost(a, b) + at(queueCost, b)
      if (all < least) {
        least = all
        queueNext[a] = b
      }
    }
    queueCost[a] = least
  }

  const paths: { queuedUntilMs: number; looks: number[] }[] = []
  const seenQueued: number[] = []
  for (let a = 0; a < steps; a = at(queueNext, a)) {
    const b = at(queueNext, a)
    makingCost(a, b)
    const looks = [...seenQueued, b]
    for (let t = b; t < Math.min(steps, b + span); t = at(next, t)) looks.push(at(next, t))
    paths.push({ queuedUntilMs: b * stepMs, looks: looks.map((step) => step * stepMs) })
    seenQueued.push(b)
  }
  const notQueued = optimalLooks(made, priceMs)
  return ({ queuedMs }) =>
    queuedMs === 0 ? notQueued : (paths.find((path) => path.queuedUntilMs >= queuedMs)?.looks ?? notQueued)
}

function cell(rows: readonly Float64Array[], row: number, column: number): number {
  return rows[row]?.[column] ?? 0
}

function at(numbers: ArrayLike<number>, index: number): number {
  return numbers[index] ?? 0
}
