import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adaptivePolling } from './adaptive-polling.ts'
import { createDurationStats } from './durations.ts'
import { KieError } from './kie-error.ts'
import type { PollContext } from './polling-policy.ts'

const model = 'nano-banana-2'
const learned = createDurationStats()
for (let index = 0; index < 20; index++) learned.observe(model, 50_000 + 1000 * ((index * 7) % 20))

const running: PollContext = {
  taskId: 'a1b2c3',
  model,
  state: 'generating',
  elapsedMs: 0,
  attempt: 1,
  failures: 0,
  lastError: null,
  retryAfterMs: null,
  push: false,
  durations: learned,
}
const failing: PollContext = {
  ...running,
  failures: 1,
  lastError: new KieError('Kiekit: offline.', { kind: 'network' }),
}
const ask = (context: Partial<PollContext> = {}, policy = adaptivePolling()) => {
  const delay = policy({ ...running, ...context })
  if (delay === false) throw new Error('The policy stopped.')
  return delay
}
/** The mean over many tasks, so that jitter does not matter. */
const usual = (context: Partial<PollContext> = {}, policy = adaptivePolling()) =>
  Array.from({ length: 100 }, (_, index) => ask({ ...context, taskId: `task-${index}` }, policy)).reduce(
    (sum, delay) => sum + delay,
    0,
  ) / 100

const contexts: fc.Arbitrary<PollContext> = fc.record({
  taskId: fc.string(),
  model: fc.oneof(fc.constant(model), fc.string(), fc.constant('bytedance/seedance-2')),
  state: fc.constantFrom('waiting', 'queuing', 'generating'),
  elapsedMs: fc.oneof(fc.nat({ max: 1_000_000 }), fc.double()),
  attempt: fc.nat(),
  failures: fc.nat({ max: 50 }),
  lastError: fc.constant(null),
  retryAfterMs: fc.option(fc.nat({ max: 1e9 })),
  push: fc.boolean(),
  durations: fc.constantFrom(learned, null),
})

describe('when to ask', () => {
  it('is often where tasks of the model usually end, and rarely before', () => {
    expect(usual({ elapsedMs: 0 })).toBeGreaterThan(20_000)
    expect(usual({ elapsedMs: 60_000 })).toBeLessThan(4000)
  })

  it('gets rarer again for a task that is far later than any before', () => {
    expect(usual({ elapsedMs: 300_000 })).toBeGreaterThan(2 * usual({ elapsedMs: 60_000 }))
    expect(usual({ elapsedMs: 900_000 })).toBeGreaterThan(usual({ elapsedMs: 300_000 }))
  })

  it('follows Keller: four times the price, twice the interval, where the hazard is even', () => {
    const late = { elapsedMs: 600_000 }
    const ratio =
      usual(late, adaptivePolling({ secondsPerRequest: 1 })) / usual(late, adaptivePolling({ secondsPerRequest: 0.25 }))
    expect(ratio).toBeGreaterThan(1.85)
    expect(ratio).toBeLessThan(2.15)
  })

  it('agrees with sqrt(2c/h) where the hazard hardly changes', () => {
    const elapsedMs = 600_000
    const keller = Math.sqrt((2 * 250) / learned.distribution(model).hazard(elapsedMs))
    expect(Math.abs(usual({ elapsedMs }) / keller - 1)).toBeLessThan(0.05)
  })

  it('does not change with what was asked before', () => {
    const policy = adaptivePolling()
    const times = Array.from({ length: 5000 }, (_, index) => index * 37)
    const there = times.map((elapsedMs) => policy({ ...running, elapsedMs }))
    const back = times.toReversed().map((elapsedMs) => policy({ ...running, elapsedMs }))
    expect(back.toReversed()).toEqual(there)
  })

  it('works without statistics, from what is usual for the kind of media', () => {
    const unknown = { model: 'vendor/new-image', elapsedMs: 20_000 }
    expect(ask({ ...unknown, durations: null })).toBe(ask({ ...unknown, durations: createDurationStats() }))
  })

  it('is later for a task that only waits, and later still for one in a queue', () => {
    const at = { elapsedMs: 60_000 }
    expect(usual({ ...at, state: 'waiting' })).toBeGreaterThan(usual({ ...at, state: 'generating' }))
    expect(usual({ ...at, state: 'queuing' })).toBeGreaterThan(2 * usual({ ...at, state: 'waiting' }))
  })

  it('is never again once the task has ended', () => {
    const policy = adaptivePolling()
    expect(policy({ ...running, state: 'success' })).toBe(false)
    expect(policy({ ...running, state: 'fail', failures: 3 })).toBe(false)
    expect(policy({ ...running, state: 'success', push: true })).toBe(false)
  })
})

describe('any context', () => {
  it('has the same answer however often it is asked, also by another policy of the same price', () => {
    const policy = adaptivePolling()
    fc.assert(
      fc.property(contexts, (context) => {
        const first = policy(context)
        expect(policy({ ...context })).toBe(first)
        expect(adaptivePolling()(context)).toBe(first)
      }),
    )
  })

  it('gets whole milliseconds between half a second and a minute while all goes well', () => {
    fc.assert(
      fc.property(contexts, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (context, secondsPerRequest) => {
        const delay = ask(
          { ...context, failures: 0, retryAfterMs: null, push: false },
          adaptivePolling({ secondsPerRequest }),
        )
        expect(Number.isInteger(delay)).toBe(true)
        expect(delay).toBeGreaterThanOrEqual(500)
        expect(delay).toBeLessThanOrEqual(60_000)
      }),
    )
  })

  it('gets a finite delay after failures and under push, too', () => {
    fc.assert(
      fc.property(contexts, (context) => {
        const delay = ask(context)
        expect(Number.isInteger(delay)).toBe(true)
        expect(delay).toBeGreaterThanOrEqual(500)
        expect(delay).toBeLessThanOrEqual(4_000_000)
      }),
    )
  })
})

describe('jitter', () => {
  const delays = Array.from({ length: 200 }, (_, index) => ask({ elapsedMs: 600_000, taskId: `task-${index}` }))
  const middle = delays.reduce((sum, delay) => sum + delay, 0) / delays.length

  it('keeps tasks that were made together from asking together', () => {
    expect(new Set(delays).size).toBeGreaterThan(150)
    expect(Math.max(...delays) - Math.min(...delays)).toBeGreaterThan(0.15 * middle)
  })

  it('stays within a tenth to both sides', () => {
    expect(Math.max(...delays)).toBeLessThanOrEqual(1.12 * middle)
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0.88 * middle)
  })

  it('differs from one question of a task to the next', () => {
    const attempts = Array.from({ length: 20 }, (_, attempt) => ask({ elapsedMs: 600_000, attempt }))
    expect(new Set(attempts).size).toBeGreaterThan(15)
  })
})

describe('after errors', () => {
  it('asks again soon, then ever more rarely, and at least every forty seconds', () => {
    const delays = [1, 2, 3, 4, 5, 6, 7, 30].map((failures) => usual({ ...failing, failures }))
    expect(delays[0]).toBeLessThan(1500)
    expect(delays).toEqual([...delays].sort((a, b) => a - b))
    expect(delays[3]).toBeGreaterThan(8000)
    expect(delays.at(-1)).toBeLessThan(45_000)
  })

  it('never asks before Retry-After, nor all tasks at once when it is over', () => {
    const delays = Array.from({ length: 50 }, (_, index) =>
      ask({ ...failing, retryAfterMs: 20_000, taskId: `task-${index}` }),
    )
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(20_000)
    expect(Math.max(...delays)).toBeLessThanOrEqual(22_000)
    expect(new Set(delays).size).toBeGreaterThan(30)
  })
})

describe('a good answer that asks for patience', () => {
  it('gets it', () => {
    expect(ask({ elapsedMs: 60_000, retryAfterMs: 30_000 })).toBeGreaterThanOrEqual(30_000)
  })
})

describe('with changes pushed', () => {
  const late = learned.distribution(model).quantile(0.95)
  const delays = (context: Partial<PollContext>) =>
    Array.from({ length: 200 }, (_, index) => ask({ push: true, ...context, taskId: `task-${index}` }))

  it('asks once nearly all tasks are done, and never just before', () => {
    for (const elapsedMs of [0, 1000, 30_000, late - 12_000]) {
      const looks = delays({ elapsedMs }).map((delay) => elapsedMs + delay)
      expect(Math.min(...looks)).toBeGreaterThanOrEqual(Math.floor(late))
      expect(Math.max(...looks)).toBeLessThanOrEqual(1.1 * late + 1)
    }
  })

  it('does so however long the model takes', () => {
    const slow = createDurationStats()
    for (let index = 0; index < 20; index++) slow.observe(model, 850_000)
    expect(Math.min(...delays({ durations: slow }))).toBeGreaterThan(850_000)
  })

  it('does not look twice at once where that time is near already', () => {
    expect(Math.min(...delays({ elapsedMs: late - 100 }))).toBeGreaterThanOrEqual(10_000)
  })

  it('asks hardly any more after that, in case the push was lost', () => {
    for (const elapsedMs of [late + 1, 120_000, 600_000]) {
      expect(Math.min(...delays({ elapsedMs }))).toBeGreaterThanOrEqual(Math.floor(3 * elapsedMs))
      expect(Math.max(...delays({ elapsedMs }))).toBeLessThanOrEqual(3.3 * elapsedMs + 1)
    }
  })

  it('asks at once more often when the stream is lost', () => {
    expect(usual({ push: false, elapsedMs: 60_000 })).toBeLessThan(usual({ push: true, elapsedMs: 60_000 }) / 5)
  })
})

describe('a price that is none', () => {
  it.each([0, -1, Number.NaN, Infinity])('%s is refused, with what to pass instead', (secondsPerRequest) => {
    expect(() => adaptivePolling({ secondsPerRequest })).toThrow(/Kiekit: .*secondsPerRequest.* Pass 0\.25/)
  })
})
