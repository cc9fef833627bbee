import { loadavg } from 'node:os'
import autocannon from 'autocannon'
import { type Contender, startContenders } from './gateway/contenders.ts'
import { endByGoals } from './goals.ts'
import { numberFlags } from './number-flags.ts'

// The gateway beside fal's proxy and a bare proxy of hono's, in one run. Prints the table of this package's README.md.

const flags = numberFlags({
  tasks: 40,
  observers: 10,
  streams: 1000,
  arrivals: 4,
  questions: 500,
  rounds: 3,
  seconds: 2,
  connections: 20,
})
const rows = {
  perTask: 'questions to Kie, per task',
  median: 'one question after the other: median, ms',
  p99: 'one question after the other: p99, ms',
}
const contenders = await startContenders()
const columns = new Map(contenders.map(({ name }) => [name, new Map<string, number>()]))

console.log(
  `${flags.tasks} tasks, ${flags.observers} browsers each, ${flags.streams} event streams, load before: ${load()}`,
)
await note('heap, MB, before', ({ server }) => megabytes(server.tell({ do: 'heap' })))
await followTasks()
await askUnhurried()
await askAsFastAsPossible()
await note('heap, MB, after', ({ server }) => megabytes(server.tell({ do: 'heap' })))
await note('memory of the process, MB, after', ({ server }) => megabytes(server.tell({ do: 'memory' })))
print()
for (const { server, kie } of contenders) {
  server.end()
  kie.end()
}
const ratio = (row: string, [over, under]: [Contender['name'], Contender['name']]) =>
  value(over, row) / value(under, row)
endByGoals([
  {
    what: "questions to Kie per task, fal's proxy / gateway",
    value: ratio(rows.perTask, ['fal', 'gateway']),
    least: 20,
  },
  {
    what: 'one question after the other, median, gateway / hono',
    value: ratio(rows.median, ['gateway', 'hono']),
    most: 1.3,
  },
])

/** Every user has some browsers, all of which follow all tasks of the user's, with all contenders at the same time. */
async function followTasks() {
  const users = Array.from({ length: Math.ceil(flags.streams / flags.observers) }, (_, i) => `user-${i}`)
  const browsers = new Map(
    contenders.map((contender) => [
      contender,
      users.map((user) => Array.from({ length: flags.observers }, () => contender.open(user))),
    ]),
  )
  for (const [{ name }, ofUsers] of browsers) {
    if (name !== 'gateway') continue
    for (const ofUser of ofUsers) await Promise.all(ofUser.map((browser) => browser.listen()))
  }
  await note('heap, MB, with the streams open', ({ server }) => megabytes(server.tell({ do: 'heap' })))
  const before = await questions()
  const following: Promise<unknown>[] = []
  for (let task = 0; task < flags.tasks; task += 1) {
    const user = task % users.length
    // 15 to 45 s, drawn evenly and always the same.
    const endsAfterMs = 15_000 + ((task * 7_919) % 30_000)
    for (const [contender, ofUsers] of browsers) {
      await contender.addTask(`follow-${task}`, users[user] ?? '', endsAfterMs)
      following.push(...(ofUsers[user] ?? []).map((browser) => browser.follow(`follow-${task}`)))
    }
    await pause(1000 / flags.arrivals)
  }
  await Promise.all(following)
  const after = await questions()
  await note(rows.perTask, async ({ name }) => ((after.get(name) ?? 0) - (before.get(name) ?? 0)) / flags.tasks)
  await note('heap, MB, after all tasks', ({ server }) => megabytes(server.tell({ do: 'heap' })))
}

/** One question at a time, each for another task: what every contender has to ask Kie for. */
async function askUnhurried() {
  const count = flags.questions
  for (const contender of contenders) {
    for (let task = 0; task < count; task += 1) await contender.addTask(`unhurried-${task}`, 'user-0', null)
  }
  const took = new Map(contenders.map((contender) => [contender, [] as number[]]))
  for (let task = 0; task < count; task += 1) {
    // Nobody is always the first.
    for (const contender of rotated(task)) {
      const { url, headers } = contender.question(`unhurried-${task}`, 'user-0')
      const begun = performance.now()
      const response = await fetch(url, { headers })
      await response.text()
      if (!response.ok) throw new Error(`${contender.name} answered ${response.status}.`)
      took.get(contender)?.push(performance.now() - begun)
    }
    // Within Kie's limit of 10 questions a second, which the gateway keeps.
    await pause(110)
  }
  await note(rows.median, async (contender) => quantile(took.get(contender) ?? [], 0.5))
  await note(rows.p99, async (contender) => quantile(took.get(contender) ?? [], 0.99))
}

/** Many connections ask about a few tasks, as fast as they are answered. */
async function askAsFastAsPossible() {
  const tasks = ['busy-0', 'busy-1', 'busy-2', 'busy-3', 'busy-4']
  for (const contender of contenders) {
    for (const taskId of tasks) await contender.addTask(taskId, 'user-0', null)
  }
  const rounds = new Map(contenders.map(({ name }) => [name, [] as Round[]]))
  for (let round = 0; round < flags.rounds; round += 1) {
    for (const contender of rotated(round)) rounds.get(contender.name)?.push(await press(contender, tasks))
  }
  const mean = (pick: (round: Round) => number) => async (contender: Contender) => {
    const all = rounds.get(contender.name) ?? []
    return all.reduce((sum, round) => sum + pick(round), 0) / all.length
  }
  await note(
    'under load: answers a second',
    mean(({ perSecond }) => perSecond),
  )
  await note(
    'under load: p99, ms',
    mean(({ p99 }) => p99),
  )
  await note(
    'under load: processor, ms per answer',
    mean(({ processor }) => processor),
  )
  await note(
    'under load: questions to Kie, per 1,000 answers',
    mean(({ asked }) => asked * 1000),
  )
}

interface Round {
  perSecond: number
  p99: number
  /** Milliseconds of the contender's own process, per answer. */
  processor: number
  /** Questions to Kie per answer. */
  asked: number
}

async function press(contender: Contender, tasks: string[]): Promise<Round> {
  const { server, kie } = contender
  const worked = await server.tell({ do: 'processor' })
  const asked = await kie.tell({ do: 'questions' })
  const [first] = tasks.map((taskId) => contender.question(taskId, 'user-0'))
  const result = await autocannon({
    url: new URL(first?.url ?? '').origin,
    connections: flags.connections,
    duration: flags.seconds,
    requests: tasks.map((taskId) => {
      const { url, headers } = contender.question(taskId, 'user-0')
      const { pathname, search } = new URL(url)
      return { method: 'GET' as const, path: pathname + search, headers }
    }),
  })
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${contender.name}: ${result.non2xx} bad answers, ${result.errors} errors.`)
  }
  const answers = result['2xx']
  return {
    perSecond: answers / result.duration,
    p99: result.latency.p99,
    processor: ((await server.tell({ do: 'processor' })) - worked) / answers,
    asked: ((await kie.tell({ do: 'questions' })) - asked) / answers,
  }
}

async function questions() {
  return new Map(
    await Promise.all(contenders.map(async ({ name, kie }) => [name, await kie.tell({ do: 'questions' })] as const)),
  )
}

async function note(row: string, measure: (contender: Contender) => Promise<number>) {
  for (const contender of contenders) columns.get(contender.name)?.set(row, await measure(contender))
}

function value(name: Contender['name'], row: string): number {
  return columns.get(name)?.get(row) ?? Number.NaN
}

function print() {
  const cells = (...texts: string[]) => console.log(`| ${texts.join(' | ')} |`)
  cells('', 'gateway', "fal's proxy", 'bare hono', 'gateway / fal', 'gateway / hono')
  cells('---', ...Array.from({ length: 5 }, () => '--:'))
  for (const row of columns.get('gateway')?.keys() ?? []) {
    const [gateway, fal, hono] = [value('gateway', row), value('fal', row), value('hono', row)]
    cells(row, ...[gateway, fal, hono, gateway / fal, gateway / hono].map((number) => number.toPrecision(3)))
  }
  console.log(`\nload after: ${load()}`)
}

function rotated(by: number): Contender[] {
  const start = by % contenders.length
  return [...contenders.slice(start), ...contenders.slice(0, start)]
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

async function megabytes(bytes: Promise<number>): Promise<number> {
  return (await bytes) / 1_048_576
}

function load(): string {
  return loadavg()
    .map((value) => value.toFixed(1))
    .join(', ')
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
