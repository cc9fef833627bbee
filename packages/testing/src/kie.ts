import { createCallbacks } from './callbacks.ts'
import { chooseScenario, scenarioFor } from './choose-scenario.ts'
import type { FaultRegister } from './faults.ts'
import { createFaultRegister, usualTimesOf } from './faults.ts'
import type { MediaContent } from './media.ts'
import type { FakeKieOptions, ScenarioChoice } from './options.ts'
import { createRandom, randomHex } from './random.ts'
import { creditsOf, recordOf } from './record.ts'
import type { FakeTask, FakeTaskRequest } from './scenario.ts'
import type { Position } from './timeline.ts'
import { positionOf } from './timeline.ts'

/** The state behind the fake's routes: tasks, uploads, faults and the clock. */
export interface Kie {
  readonly options: FakeKieOptions
  readonly faults: FaultRegister
  readonly tasks: Map<string, FakeTask>
  readonly uploads: Map<string, MediaContent>
  now: () => number
  mediaBaseUrl: () => string
  serveMediaFrom: (url: string) => void
  addTask: (request: FakeTaskRequest, options?: AddTaskOptions) => FakeTask
  play: (which: string, choice: ScenarioChoice) => void
  finish: (taskId: string) => void
  positionOf: (task: FakeTask) => Position
  /** `data` of recordInfo, with the faults that are on. */
  recordOf: (task: FakeTask) => ReturnType<typeof recordOf>
  /** What is left after finished and running tasks. */
  credits: () => number
  reset: () => void
}

export interface AddTaskOptions {
  taskId?: string | undefined
  /** @default what the request's model makes */
  scenario?: ScenarioChoice | undefined
  /** How long ago the task was created, in milliseconds of the fake's clock. @default 0 */
  ageMs?: number | undefined
}

const recordPath = '/api/v1/jobs/recordInfo'

export function createKie(options: FakeKieOptions): Kie {
  const { speed = 1, now = Date.now, tasks: saved = [] } = options
  if (!(speed > 0)) {
    throw new RangeError(
      `Kiekit: speed is ${speed}. Tasks would never move. Give a number above 0; 1 is the usual speed.`,
    )
  }
  if (options.mediaBaseUrl !== undefined && !/^https?:\/\//.test(options.mediaBaseUrl)) {
    throw new TypeError(
      `Kiekit: mediaBaseUrl is ${JSON.stringify(options.mediaBaseUrl)}. Result links that are not http(s) are dropped by clients. Give a whole address, such as location.origin + '/kie-media'.`,
    )
  }
  const random = createRandom(options.seed)
  const faults = createFaultRegister()
  const tasks = new Map<string, FakeTask>()
  const uploads = new Map<string, MediaContent>()
  let queued: ScenarioChoice[] = []
  let ownMedia: string | null = null

  const kie: Kie = {
    options,
    faults,
    tasks,
    uploads,
    now,
    mediaBaseUrl: () =>
      options.mediaBaseUrl?.replace(/\/$/, '') ?? ownMedia ?? 'https://tempfile.aiquickdraw.com/media',
    serveMediaFrom: (url) => void (ownMedia = url),
    addTask(request, { taskId = randomHex(random, 32), scenario, ageMs = 0 } = {}) {
      const choice = scenario ?? queued.shift()
      const createTime = now() - ageMs
      const chosen = choice === undefined ? chooseScenario(request, options) : scenarioFor(choice, request, options)
      const task: FakeTask = { taskId, request, scenario: chosen, createTime, startTime: createTime, draw: random() }
      follow(task)
      return task
    },
    play(which, choice) {
      if (which === 'next') {
        queued.push(choice)
        return
      }
      const task = known(which)
      follow({ ...task, scenario: scenarioFor(choice, task.request, options), startTime: now() })
    },
    finish(taskId) {
      const task = known(taskId)
      const { endTime } = kie.positionOf(task)
      if (endTime === null) {
        throw new Error(
          `Kiekit: task ${taskId} follows a scenario without an end. It cannot be finished. Give it one that ends: fake.play('${taskId}', 'image').`,
        )
      }
      const early = endTime - now()
      if (early > 0) follow({ ...task, startTime: task.startTime - early })
    },
    positionOf: (task) => positionOf(task, now(), speed),
    recordOf(task) {
      const target = { path: recordPath, taskId: task.taskId }
      return recordOf(task, {
        position: kie.positionOf(task),
        dialect: task.scenario.dialect ?? options.dialect ?? 'live',
        mediaBaseUrl: kie.mediaBaseUrl(),
        linksExpired: faults.take('expired-link', target) !== null,
        faults: {
          stuck: faults.take('stuck', target) !== null,
          unknownState: faults.take('unknown-state', target) !== null,
          withoutFiles: faults.take('success-without-files', target) !== null,
        },
      })
    },
    credits() {
      const spent = Array.from(tasks.values(), ({ scenario: { outcome } }) => (outcome ? creditsOf(outcome) : 0))
      return Math.round(((options.credits ?? 10_000) - spent.reduce((sum, cost) => sum + cost, 0)) * 100) / 100
    },
    reset() {
      callbacks.cancelAll()
      faults.clear()
      tasks.clear()
      uploads.clear()
      queued = []
    },
  }
  const callbacks = createCallbacks(kie, speed)

  function follow(task: FakeTask) {
    adopt(task)
    callbacks.schedule(task)
  }
  function adopt(task: FakeTask) {
    tasks.set(task.taskId, task)
    for (const { name, times } of task.scenario.faults ?? []) {
      faults.inject(name, { times: times ?? usualTimesOf(name), taskId: task.taskId })
    }
  }
  function known(taskId: string): FakeTask {
    const task = tasks.get(taskId)
    if (task) return task
    throw new Error(
      `Kiekit: the fake has no task ${JSON.stringify(taskId)}. Nothing can be played for it. Create it first, or use 'next' for the next one created.`,
    )
  }

  // A saved task that has ended has had its callback from the fake that it comes from.
  for (const task of saved) (kie.positionOf(task).outcome ? adopt : follow)(task)
  return kie
}
