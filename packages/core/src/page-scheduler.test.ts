import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createPageScheduler } from './page-scheduler.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A question that notes its name when it starts. */
const note = (log: string[], name: string) => async () => {
  log.push(name)
  return name
}
const names = (count: number, prefix = 'q') => Array.from({ length: count }, (_, index) => `${prefix}${index}`)

describe('questions of one page', () => {
  it('start in the next turn of the event loop and bring their answers', async () => {
    const scheduler = createPageScheduler()
    const answer = scheduler.schedule(async () => 42)
    await vi.advanceTimersByTimeAsync(0)
    await expect(answer).resolves.toBe(42)
  })

  it('never start more often than ten times in any second', async () => {
    const scheduler = createPageScheduler()
    const starts: number[] = []
    for (let wave = 0; wave < 6; wave++) {
      for (const _ of names(7)) void scheduler.schedule(() => starts.push(Date.now()))
      await vi.advanceTimersByTimeAsync(330)
    }
    await vi.advanceTimersByTimeAsync(10_000)
    expect(starts).toHaveLength(42)
    for (const start of starts) {
      expect(starts.filter((other) => other >= start && other < start + 1000).length).toBeLessThanOrEqual(10)
    }
  })

  it('use the limit to the full: what exceeds it starts together, a second later', async () => {
    const scheduler = createPageScheduler()
    const log: string[] = []
    for (const name of names(25)) void scheduler.schedule(note(log, name))
    await vi.advanceTimersByTimeAsync(0)
    expect(log).toHaveLength(10)
    await vi.advanceTimersByTimeAsync(999)
    expect(log).toHaveLength(10)
    await vi.advanceTimersByTimeAsync(1)
    expect(log).toHaveLength(20)
    await vi.advanceTimersByTimeAsync(1000)
    expect(log).toEqual(names(25))
  })

  it('start in the same tick when they fall due together, so that a client can join them', async () => {
    const scheduler = createPageScheduler()
    const ticks: string[][] = []
    const run = async () => {
      if (ticks.length === 0) {
        ticks.push([])
        void Promise.resolve().then(() => ticks.push([]))
      }
      ticks.at(-1)?.push('asked')
    }
    for (const _ of names(5)) void scheduler.schedule(run)
    await vi.advanceTimersByTimeAsync(0)
    expect(ticks[0]).toHaveLength(5)
  })

  it('wait for one another as long as they are told to', async () => {
    const scheduler = createPageScheduler({ joinMs: 100 })
    const log: string[] = []
    void scheduler.schedule(note(log, 'first'))
    await vi.advanceTimersByTimeAsync(90)
    void scheduler.schedule(note(log, 'second'))
    expect(log).toEqual([])
    await vi.advanceTimersByTimeAsync(10)
    expect(log).toEqual(['first', 'second'])
  })

  it('about visible tasks go first', async () => {
    const scheduler = createPageScheduler({ perSecond: 2 })
    const log: string[] = []
    for (const name of names(3, 'hidden')) void scheduler.schedule(note(log, name), { priority: 'hidden' })
    for (const name of names(3, 'visible')) void scheduler.schedule(note(log, name))
    await vi.advanceTimersByTimeAsync(3000)
    expect(log).toEqual([...names(3, 'visible'), ...names(3, 'hidden')])
  })

  it('about hidden tasks are not put off for ever', async () => {
    const scheduler = createPageScheduler({ perSecond: 10 })
    const log: string[] = []
    void scheduler.schedule(note(log, 'hidden'), { priority: 'hidden' })
    for (let second = 0; second < 20; second++) {
      for (const name of names(25, `visible-${second}-`)) void scheduler.schedule(note(log, name))
      await vi.advanceTimersByTimeAsync(1000)
    }
    expect(log.indexOf('hidden')).toBeGreaterThan(50)
    expect(log.indexOf('hidden')).toBeLessThan(150)
  })

  it('hand over errors, thrown or rejected, and go on', async () => {
    const scheduler = createPageScheduler({ perSecond: 1 })
    const thrown = scheduler.schedule(() => {
      throw new Error('at once')
    })
    const rejected = scheduler.schedule(() => Promise.reject(new Error('later')))
    const fine = scheduler.schedule(() => 'fine')
    const settled = Promise.allSettled([thrown, rejected, fine])
    await vi.advanceTimersByTimeAsync(2000)
    expect((await settled).map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason)))).toEqual([
      'Error: at once',
      'Error: later',
      'fine',
    ])
  })

  it('do not wait for slow answers', async () => {
    const scheduler = createPageScheduler({ perSecond: 1 })
    const log: string[] = []
    void scheduler.schedule(() => new Promise(() => log.push('slow')))
    void scheduler.schedule(note(log, 'next'))
    await vi.advanceTimersByTimeAsync(1000)
    expect(log).toEqual(['slow', 'next'])
  })
})

describe('giving up a turn', () => {
  it('takes effect at once, with the signal’s reason, and uses no slot', async () => {
    const scheduler = createPageScheduler({ perSecond: 1 })
    const log: string[] = []
    const controller = new AbortController()
    void scheduler.schedule(note(log, 'first'))
    const given = scheduler.schedule(note(log, 'given up'), { signal: controller.signal })
    void scheduler.schedule(note(log, 'third'))
    controller.abort(new Error('unmounted'))
    await expect(given).rejects.toThrow('unmounted')
    await vi.advanceTimersByTimeAsync(1000)
    expect(log).toEqual(['first', 'third'])
  })

  it('beforehand asks nothing', async () => {
    const scheduler = createPageScheduler()
    const log: string[] = []
    await expect(
      scheduler.schedule(note(log, 'never'), { signal: AbortSignal.abort(new Error('too late')) }),
    ).rejects.toThrow('too late')
    await vi.advanceTimersByTimeAsync(1000)
    expect(log).toEqual([])
  })

  it('is no longer possible once the question is under way', async () => {
    const scheduler = createPageScheduler()
    const controller = new AbortController()
    let answer = (_: string) => {}
    const asked = scheduler.schedule(() => new Promise<string>((resolve) => (answer = resolve)), {
      signal: controller.signal,
    })
    await vi.advanceTimersByTimeAsync(0)
    controller.abort()
    answer('an answer')
    await expect(asked).resolves.toBe('an answer')
  })
})

describe('limits that make no sense', () => {
  it.each([{ perSecond: 0 }, { perSecond: Number.NaN }, { joinMs: -1 }])('%o is refused', (options) => {
    expect(() => createPageScheduler(options)).toThrow(/Kiekit: .* Pass perSecond of 1 or more/)
  })
})
