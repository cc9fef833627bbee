import { adaptivePolling, fixedPolling, type PollingPolicy, stagedPolling } from '@kiekit/core'
import {
  atRequests,
  costMs,
  type Outcome,
  type Sample,
  sample,
  withOptimum,
  withOptimumByState,
  withPolicy,
} from './compare.ts'
import { type Family, families, type Unseen, unseen, unseenImages, unseenVideos } from './families.ts'
import { logNormal } from './truth.ts'

// Prints the tables of this package's README.md, in Markdown. Everything in it is drawn from a fixed seed.

const size = { situations: 600, tasks: 8 }
const prices = [0.1, 0.25, 0.5, 1]
const adaptive = (secondsPerRequest: number) => adaptivePolling({ secondsPerRequest })
const fixed: readonly [string, PollingPolicy][] = [
  ['every 0.5 s', fixedPolling(500)],
  ['every 2 s', fixedPolling(2000)],
  ['every 5 s', fixedPolling(5000)],
  ["the docs' table", stagedPolling()],
]

const seconds = (ms: number) => (ms / 1000).toFixed(2)
const percent = (share: number) => `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(1)} %`
const row = (...cells: string[]) => console.log(`| ${cells.join(' | ')} |`)
const rule = (columns: number) => row('---', ...Array.from({ length: columns - 1 }, () => '--:'))

const summary = families.map((family) => {
  const samples = sample(family, size)
  console.log(`\n### ${title(family)}\n`)
  row('strategy', 'requests', 'mean delay', 'p95 delay', ...prices.map((price) => `cost, c = ${price}`))
  rule(8)
  const print = (name: string, outcome: Outcome, at: readonly number[]) =>
    row(
      name,
      outcome.requests.toFixed(1),
      seconds(outcome.meanDelayMs),
      seconds(outcome.p95DelayMs),
      ...prices.map((price) => (at.includes(price) ? seconds(costMs(outcome, price * 1000)) : '')),
    )

  for (const [name, policy] of fixed) print(name, withPolicy(samples, policy), prices)
  const above = prices.map((price) => {
    const ours = withPolicy(samples, adaptive(price))
    const best = withOptimum(samples, price * 1000)
    print(`adaptivePolling, c = ${price}`, ours, [price])
    print(`optimum, c = ${price}`, best, [price])
    return costMs(ours, price * 1000) / costMs(best, price * 1000) - 1
  })
  const staged = withPolicy(samples, stagedPolling())
  const equal = atRequests(samples, adaptive, staged.requests)
  return { family, above, staged, equal }
})

console.log('\n### Goals\n')
row(
  'family',
  ...prices.map((price) => `above the optimum, c = ${price}`),
  'goal',
  "delay at the docs' requests",
  'goal',
)
rule(8)
for (const { family, above, staged, equal } of summary) {
  row(
    family.name,
    ...above.map(percent),
    percent(family.goal),
    (equal.meanDelayMs / staged.meanDelayMs).toFixed(2),
    family.medianMs >= 60_000 ? '0.50' : '',
  )
}
const mean = (delays: readonly number[]) => delays.reduce((sum, delay) => sum + delay, 0) / delays.length
const ours = mean(summary.map(({ equal }) => equal.meanDelayMs))
const docs = mean(summary.map(({ staged }) => staged.meanDelayMs))
row('all families', ...prices.map(() => ''), '', (ours / docs).toFixed(2), '0.60')

console.log('\n### Never seen: how much can be known\n')
row(
  'models',
  ...prices.map((price) => `adaptivePolling, c = ${price}`),
  ...prices.map((price) => `bound, c = ${price}`),
)
rule(9)
printBound('images', unseenImages)
printBound('videos', unseenVideos)

console.log('\n### A queue: what its states could tell\n')
row('cost', ...prices.map((price) => `c = ${price}`))
rule(5)
for (const family of families) printStates(sample(family, size))

/** Next to the policy and the optimum, the optimum of one who knows how long queueing and making take, each by itself. */
function printStates(samples: readonly Sample[]) {
  if (!samples[0]?.truth.stages) return
  const costs = (outcomeAt: (price: number) => Outcome) =>
    prices.map((price) => seconds(costMs(outcomeAt(price), price * 1000)))
  row('adaptivePolling', ...costs((price) => withPolicy(samples, adaptive(price))))
  row('optimum', ...costs((price) => withOptimum(samples, price * 1000)))
  row('optimum that sees states', ...costs((price) => withOptimumByState(samples, price * 1000)))
}

/** Next to the policy, the best schedule of one who knows exactly which models there are, but not which this is. */
function printBound(name: string, kind: Unseen) {
  const samples = sample({ name, medianMs: 0, goal: 0, situation: unseen(kind) }, size)
  const { mediansMs, sigma } = kind
  const population = logNormal(...mediansMs.map((medianMs) => ({ share: 1 / mediansMs.length, medianMs, sigma })))
  const above = (outcome: Outcome, price: number) =>
    percent(costMs(outcome, price * 1000) / costMs(withOptimum(samples, price * 1000), price * 1000) - 1)
  row(
    name,
    ...prices.map((price) => above(withPolicy(samples, adaptive(price)), price)),
    ...prices.map((price) => above(withOptimum(samples, price * 1000, population), price)),
  )
}

function title({ name, medianMs }: Family) {
  return `${name} (median about ${Math.round(medianMs / 1000)} s)`
}
