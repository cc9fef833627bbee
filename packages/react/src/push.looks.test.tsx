import { createDurationStats, type DurationStats, type TaskState } from '@kiekit/core'
import type { Scenario } from '@kiekit/testing'
import { QueryClient } from '@tanstack/react-query'
import { act, renderHook } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { settle, useFakeTime, withEvents } from '../test/event-streams.ts'
import { createTestApp } from '../test/test-app.tsx'
import { createLockManager } from '../test/web-locks.ts'
import { useKieGeneration } from './use-kie-generation.ts'
import { useKieTask } from './use-kie-task.ts'

// How often a task is asked for with the event stream open, by the policy that everybody has.

const model = 'nano-banana-2'

beforeEach(useFakeTime)

function learnedFrom(ms: number): DurationStats {
  const durations = createDurationStats()
  for (let seen = 0; seen < 20; seen++) durations.observe(model, ms)
  return durations
}

const p95Of = (durations: DurationStats) => durations.distribution(model).quantile(0.95)

/** A page that has learned that all but one in twenty tasks of the model end within `p95Ms`. */
function setUp(p95Ms: number) {
  const durations = learnedFrom(p95Ms ** 2 / p95Of(learnedFrom(p95Ms)))
  const app = createTestApp()
  const events = withEvents(app)
  const provider = { client: events.client, polling: undefined, durations, push: true }
  const open = (taskId: string) =>
    renderHook(() => useKieTask(taskId), {
      wrapper: createTestApp({ provider, queryClient: new QueryClient() }).wrapper,
    })
  return { app, events, provider, open, p95: p95Of(durations) }
}

/** A task that is in each of the states from the second on which is given with it. */
function life(states: [TaskState, number][]): Scenario {
  const end = states.find(([state]) => state === 'success')?.[1]
  return {
    steps: states.flatMap(([state, second]) => (state === 'success' ? [] : [{ state, afterMs: second * 1000 }])),
    outcome:
      end === undefined ? undefined : { state: 'success', afterMs: end * 1000, result: { files: ['hills-1x1.png'] } },
  }
}

/** Lets the task live, and the gateway tell of each state, with a sign of life in between. */
async function play({ events }: Pick<ReturnType<typeof setUp>, 'events'>, taskId: string, seconds: number[]) {
  let second = 0
  for (const next of [...seconds, (seconds.at(-1) ?? 0) + 1]) {
    for (; second < next; second++) {
      if (second % 15 === 0) events.heartbeat()
      await settle(1000)
    }
    if (seconds.includes(next)) await events.tell(taskId)
  }
}

describe('a task is asked for at most twice', () => {
  it.each<[string, number, [TaskState, number][], number]>([
    [
      'when it ends a little later than most',
      86,
      [
        ['waiting', 0],
        ['success', 100],
      ],
      2,
    ],
    [
      'when it ends far later than most',
      86,
      [
        ['waiting', 0],
        ['success', 200],
      ],
      2,
    ],
    [
      'when its model takes a quarter of an hour',
      855,
      [
        ['waiting', 0],
        ['success', 590],
      ],
      1,
    ],
    [
      'when it is told of in each of its states',
      86,
      [
        ['waiting', 0],
        ['queuing', 5],
        ['generating', 20],
        ['success', 60],
      ],
      1,
    ],
    [
      'when it is told of in each of its states, and late',
      86,
      [
        ['waiting', 0],
        ['queuing', 5],
        ['generating', 80],
        ['success', 300],
      ],
      2,
    ],
    [
      'when its model takes seconds',
      7,
      [
        ['waiting', 0],
        ['success', 6],
      ],
      1,
    ],
    [
      'when its model takes seconds, but this one does not',
      7,
      [
        ['waiting', 0],
        ['success', 30],
      ],
      2,
    ],
  ])('%s', async (_, p95Seconds, states, looks) => {
    const setup = setUp(p95Seconds * 1000)
    expect(setup.p95 / 1000).toBeCloseTo(p95Seconds, -1)
    const taskId = setup.app.addTask(life(states), model)
    const { result } = setup.open(taskId)
    await play(
      setup,
      taskId,
      states.slice(1).map(([, second]) => second),
    )
    expect(result.current.status).toBe('success')
    expect(setup.events.gateway.asked).toBe(looks)
    await settle(3_600_000)
    expect(setup.events.gateway.asked).toBe(looks)
  })

  it('when Kie does not know it at first, and so does not name its model', async () => {
    const { app, events, provider } = setUp(400_000)
    app.fake.play(
      'next',
      life([
        ['waiting', 0],
        ['success', 500],
      ]),
    )
    const { wrapper } = createTestApp({ provider, queryClient: new QueryClient() })
    const { result } = renderHook(() => useKieGeneration(), { wrapper })
    await settle(1000)
    app.fake.inject('fresh-null', { times: 1 })
    await act(() => result.current.generate({ model, input: { prompt: 'A lake' } }))
    const taskId = result.current.taskId ?? ''
    await play({ events }, taskId, [500])
    expect(result.current.status).toBe('success')
    expect(events.gateway.asked).toBe(2)
  })

  it('in each tab', async () => {
    vi.stubGlobal('navigator', Object.create(navigator, { locks: { value: createLockManager() } }))
    const setup = setUp(8000)
    const taskId = setup.app.addTask(
      life([
        ['waiting', 0],
        ['success', 10],
      ]),
      model,
    )
    const one = setup.open(taskId)
    await settle(2000)
    const two = setup.open(taskId)
    await settle(1000)
    await play(setup, taskId, [7])
    expect([one, two].map(({ result }) => result.current.status)).toEqual(['success', 'success'])
    expect(setup.events.opened).toHaveLength(1)
    expect(setup.events.gateway.asked, 'one first look each').toBe(2)
  })

  it('when its callback is lost', async () => {
    const setup = setUp(60_000)
    const taskId = setup.app.addTask(
      life([
        ['waiting', 0],
        ['success', 40],
      ]),
      model,
    )
    const { result } = setup.open(taskId)
    await play(setup, taskId, [])
    for (let beat = 0; beat < 5; beat++) {
      setup.events.heartbeat()
      await settle(15_000)
    }
    expect(result.current.status).toBe('success')
    expect(setup.events.gateway.asked).toBe(2)
  })
})
