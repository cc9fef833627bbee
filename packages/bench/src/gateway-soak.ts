import { startChild } from './gateway/child.ts'
import { visit } from './gateway/visit.ts'
import { endByGoals } from './goals.ts'
import { numberFlags } from './number-flags.ts'

// Thousands of short tasks through one gateway, whose memory is looked at in between. Prints what README.md tells.

const flags = numberFlags({
  tasks: 2400,
  samples: 16,
  warmup: 800,
  remembered: 100,
  visitors: 10,
  speed: 30,
})
const origin = Date.now()
const clock = [String(flags.speed), String(origin)]
const callbackKey = 'a-callback-key'
const kie = startChild('kie.ts', [callbackKey, ...clock])
const kieUrl = `http://127.0.0.1:${await kie.tell({ do: 'listen' })}`
// Compiled code that is thrown away and made again would hide, or look like, what the gateway keeps.
const engineFlags = ['--no-flush-bytecode']
const server = startChild('soaked.ts', [kieUrl, callbackKey, ...clock, String(flags.remembered)], engineFlags)
const gateway = `http://127.0.0.1:${await server.tell({ do: 'listen' })}`

interface Sample {
  tasks: number
  heap: number
}

const samples: Sample[] = []
let tasks = 0
let users = 0
console.log(`${flags.tasks} tasks, a clock ${flags.speed} times as fast, ${flags.remembered} tasks remembered`)
console.log('| tasks | hours | heap, MB | memory of the process, MB |\n| --: | --: | --: | --: |')
while (tasks < flags.tasks) {
  const until = tasks + flags.tasks / flags.samples
  await Promise.all(Array.from({ length: flags.visitors }, () => comeAgain(until)))
  // Longer than the gateway waits for a browser whose stream was lost.
  await new Promise((resolve) => setTimeout(resolve, 150_000 / flags.speed))
  samples.push(await look())
}
const heapRatio = summarise()
const ended = await server.tell({ do: 'ended' })
server.end()
kie.end()
endByGoals([
  // Of some 22 MB; that is a third of what a task takes as long as it is remembered, for each task between the two.
  { what: 'heap in the last quarter, of that in the first', value: heapRatio, most: 1.03 },
  { what: 'tasks that onTaskFinished was called for, of all', value: ended / tasks, least: 1, most: 1 },
])

async function comeAgain(until: number) {
  while (tasks < until) {
    users += 1
    const made = await visit(gateway, `user-${users}`)
    tasks += made
  }
}

async function look(): Promise<Sample> {
  // What the first collection finds to be garbage may hold more of it.
  await server.tell({ do: 'heap' })
  const heap = await server.tell({ do: 'heap' })
  const memory = await server.tell({ do: 'memory' })
  const hours = ((Date.now() - origin) * flags.speed) / 3_600_000
  console.log(`| ${tasks} | ${hours.toFixed(2)} | ${megabytes(heap)} | ${megabytes(memory)} |`)
  return { tasks, heap }
}

/** Without the first tasks: until then memory fills as it should, and code is compiled. */
function summarise(): number {
  const settled = samples.filter((sample) => sample.tasks > flags.warmup)
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const middle = { tasks: mean(settled.map((sample) => sample.tasks)), heap: mean(settled.map(({ heap }) => heap)) }
  const sum = (of: (sample: Sample) => number) => settled.reduce((total, sample) => total + of(sample), 0)
  const slope =
    sum((sample) => (sample.tasks - middle.tasks) * (sample.heap - middle.heap)) /
    sum((sample) => (sample.tasks - middle.tasks) ** 2)
  const quarter = Math.ceil(settled.length / 4)
  const ratio =
    mean(settled.slice(-quarter).map(({ heap }) => heap)) / mean(settled.slice(0, quarter).map(({ heap }) => heap))
  console.log(`\nslope of the heap: ${((slope * 1_000) / 1_024).toFixed(1)} kB per 1,000 tasks`)
  return ratio
}

function megabytes(bytes: number): string {
  return (bytes / 1_048_576).toFixed(2)
}
