import { normal, normalCdf, type Random } from './random.ts'

/** A task whose future the simulator knows. Times are ms since its creation. */
export interface SimulatedTask {
  queuedMs: number
  doneMs: number
}

/** How long tasks really take: known to the optimum, unknown to the strategies. */
export interface Truth {
  /** The same for equal distributions, so that their optimum is computed once. */
  key: string
  /** The share of tasks that are done after so many ms. */
  cdf(ms: number): number
  draw(random: Random): SimulatedTask
  /** Later than all but one task in ten thousand. */
  horizonMs: number
  /** Where some tasks are queued first: how long they are, and how long all are made for. */
  stages?: { queued: Truth; made: Truth }
}

/** A share of tasks whose durations are log-normal: its median, and the standard deviation of the logarithm. */
interface LogNormal {
  share: number
  medianMs: number
  sigma: number
}

const cdfOf = (parts: readonly LogNormal[], ms: number) =>
  ms <= 0 ? 0 : parts.reduce((sum, part) => sum + part.share * normalCdf(Math.log(ms / part.medianMs) / part.sigma), 0)

function drawFrom(parts: readonly LogNormal[], random: Random): number {
  let dice = random()
  const part = parts.find(({ share }) => (dice -= share) < 0) ?? parts[0]
  return part ? part.medianMs * Math.exp(part.sigma * normal(random)) : 0
}

const latestOf = (parts: readonly LogNormal[]) =>
  Math.max(0, ...parts.map(({ medianMs, sigma }) => medianMs * Math.exp(3.8 * sigma)))

/** Durations that are a mixture of log-normals. */
export function logNormal(...parts: LogNormal[]): Truth {
  return {
    key: JSON.stringify(parts),
    cdf: (ms) => cdfOf(parts, ms),
    draw: (random) => ({ queuedMs: 0, doneMs: drawFrom(parts, random) }),
    horizonMs: latestOf(parts),
  }
}

/** A share of the tasks stands in a queue first; then all are made alike. */
export function queued(queue: LogNormal, making: LogNormal): Truth {
  // The sum of the two has no closed form: it is the mean over waits of equal probability.
  const waits = Array.from({ length: 200 }, (_, index) => waitAt((index + 0.5) / 200, queue))
  return {
    key: JSON.stringify([queue, making]),
    cdf: (ms) =>
      (1 - queue.share) * cdfOf([making], ms) +
      (queue.share * waits.reduce((sum, wait) => sum + cdfOf([making], ms - wait), 0)) / waits.length,
    draw(random) {
      const queuedMs = random() < queue.share ? drawFrom([{ ...queue, share: 1 }], random) : 0
      return { queuedMs, doneMs: queuedMs + drawFrom([making], random) }
    },
    horizonMs: latestOf([queue]) + latestOf([making]),
    stages: { queued: logNormal({ ...queue, share: 1 }), made: logNormal(making) },
  }
}

function waitAt(p: number, { medianMs, sigma }: LogNormal): number {
  let low = -5
  let high = 5
  for (let round = 0; round < 40; round++) {
    const middle = (low + high) / 2
    if (normalCdf(middle) < p) low = middle
    else high = middle
  }
  return medianMs * Math.exp(sigma * low)
}
