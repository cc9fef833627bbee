import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { createDurationStats } from './durations.ts'

function memoryStorage(first: Record<string, string> = {}) {
  const items = new Map(Object.entries(first))
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  }
}
const median = (stats: ReturnType<typeof createDurationStats>, model: string) => stats.distribution(model).quantile(0.5)
const teach = (stats: ReturnType<typeof createDurationStats>, model: string, durations: readonly number[]) => {
  for (const ms of durations) stats.observe(model, ms)
}
const around = (ms: number, count = 20) =>
  Array.from({ length: count }, (_, index) => ms * (0.9 + (0.2 * ((index * 7) % count)) / count))

describe('durations of a model never seen', () => {
  it('begin from what is usual for its kind of media', () => {
    const stats = createDurationStats()
    const image = median(stats, 'vendor/some-image')
    const video = median(stats, 'bytedance/seedance-2')
    expect(image).toBeGreaterThan(10_000)
    expect(image).toBeLessThan(60_000)
    expect(video).toBeGreaterThan(90_000)
    expect(video).toBeLessThan(200_000)
    expect(median(stats, 'elevenlabs/speech-to-text')).toBeLessThan(image)
    expect(median(stats, 'ai-music-api/generate')).toBeGreaterThan(image)
  })

  it('are those of an image where nothing is known of the model', () => {
    const stats = createDurationStats()
    expect(median(stats, '')).toBe(median(stats, 'vendor/some-image'))
  })
})

describe('learning durations', () => {
  it('finds a model’s own durations after a few tasks', () => {
    const stats = createDurationStats()
    teach(stats, 'z-image', around(5000, 5))
    expect(median(stats, 'z-image')).toBeGreaterThan(4000)
    expect(median(stats, 'z-image')).toBeLessThan(8000)
  })

  it('comes close after twenty', () => {
    const stats = createDurationStats()
    teach(stats, 'nano-banana-2', around(60_000))
    expect(Math.abs(median(stats, 'nano-banana-2') / 60_000 - 1)).toBeLessThan(0.05)
    expect(stats.distribution('nano-banana-2').quantile(0.1)).toBeGreaterThan(45_000)
    expect(stats.distribution('nano-banana-2').quantile(0.9)).toBeLessThan(80_000)
  })

  it('keeps models apart', () => {
    const stats = createDurationStats()
    const before = median(stats, 'z-image')
    teach(stats, 'nano-banana-2', around(60_000))
    expect(median(stats, 'z-image')).toBe(before)
  })

  it('is not thrown off by outliers', () => {
    const stats = createDurationStats()
    teach(stats, 'nano-banana-2', around(60_000, 18))
    teach(stats, 'nano-banana-2', [1, 86_400_000])
    expect(Math.abs(median(stats, 'nano-banana-2') / 60_000 - 1)).toBeLessThan(0.1)
    expect(stats.distribution('nano-banana-2').quantile(0.85)).toBeLessThan(90_000)
  })

  it('follows a model that became faster', () => {
    const stats = createDurationStats()
    teach(stats, 'nano-banana-2', around(90_000))
    teach(stats, 'nano-banana-2', around(30_000))
    expect(median(stats, 'nano-banana-2')).toBeLessThan(50_000)
    teach(stats, 'nano-banana-2', around(30_000))
    expect(median(stats, 'nano-banana-2')).toBeLessThan(34_000)
  })

  it('looks ahead where durations drift', () => {
    const stats = createDurationStats()
    const durations = Array.from({ length: 40 }, (_, index) => 40_000 * 1.02 ** index)
    teach(stats, 'nano-banana-2', durations)
    expect(median(stats, 'nano-banana-2')).toBeGreaterThan(40_000 * 1.02 ** 30)
    expect(median(stats, 'nano-banana-2')).toBeLessThan(40_000 * 1.02 ** 45)
  })

  it('keeps two humps apart: with a queue and without', () => {
    const stats = createDurationStats()
    teach(
      stats,
      'nano-banana-2',
      around(20_000, 20).flatMap((ms, index) => (index % 2 ? [ms] : [ms * 5])),
    )
    const fit = stats.distribution('nano-banana-2')
    expect(fit.hazard(20_000)).toBeGreaterThan(3 * fit.hazard(50_000))
    expect(fit.hazard(100_000)).toBeGreaterThan(3 * fit.hazard(50_000))
  })

  it('hands out the same distribution until something new is learned', () => {
    const stats = createDurationStats()
    const first = stats.distribution('z-image')
    expect(stats.distribution('z-image')).toBe(first)
    stats.observe('z-image', Number.NaN)
    expect(stats.distribution('z-image')).toBe(first)
    stats.observe('z-image', 5000)
    expect(stats.distribution('z-image')).not.toBe(first)
  })

  it('says how many tasks it rests on, which is none for what is merely usual', () => {
    const storage = memoryStorage()
    const stats = createDurationStats({ storage })
    expect(stats.distribution('z-image').observations).toBe(0)
    teach(stats, 'z-image', [5000, Number.NaN, 6000])
    expect(stats.distribution('z-image').observations).toBe(2)
    expect(stats.distribution('vendor/another-image').observations).toBe(0)
    expect(createDurationStats({ storage }).distribution('z-image').observations).toBe(2)
  })

  it('survives anything it may be told', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', '__proto__', 'constructor', ''), fc.oneof(fc.double(), fc.integer()))),
        (told) => {
          const stats = createDurationStats()
          for (const [model, ms] of told) stats.observe(model, ms)
          for (const model of ['a', '__proto__', 'constructor', '']) {
            const distribution = stats.distribution(model)
            expect(distribution.quantile(0.5)).toBeGreaterThan(0)
            expect(distribution.quantile(0.5)).toBeLessThan(1e9)
            expect(distribution.hazard(60_000)).toBeGreaterThan(0)
          }
        },
      ),
    )
  })
})

describe('keeping durations', () => {
  it('remembers them after a reload', () => {
    const storage = memoryStorage()
    const before = createDurationStats({ storage })
    teach(before, 'z-image', around(5000))
    expect(median(createDurationStats({ storage }), 'z-image')).toBe(median(before, 'z-image'))
  })

  it('adds up what two tabs learn', () => {
    const storage = memoryStorage()
    const [one, two] = [createDurationStats({ storage }), createDurationStats({ storage })]
    for (const ms of around(5000, 10)) {
      one.observe('z-image', ms)
      two.observe('nano-banana-2', ms * 10)
    }
    const later = createDurationStats({ storage })
    expect(median(later, 'z-image')).toBe(median(one, 'z-image'))
    expect(median(later, 'nano-banana-2')).toBe(median(two, 'nano-banana-2'))
  })

  it('adds up what two tabs learn of one model', () => {
    const storage = memoryStorage()
    const [one, two] = [createDurationStats({ storage }), createDurationStats({ storage })]
    one.observe('z-image', 5001)
    two.observe('z-image', 5002)
    one.observe('z-image', 5003)
    expect([...storage.items.values()]).toEqual(['[["z-image",[5001,5002,5003]]]'])
  })

  it('sets a corrupted store aside and goes on', () => {
    const storage = memoryStorage({ 'kiekit:durations:1': '{"oops' })
    const stats = createDurationStats({ storage })
    stats.observe('z-image', 5000)
    expect(storage.items.get('kiekit:durations:1')).toBe('[["z-image",[5000]]]')
  })

  it('goes on without a storage that throws, and saves everything once it works again', () => {
    const storage = memoryStorage()
    const setItem = vi.fn<(key: string, value: string) => void>(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    const stats = createDurationStats({ storage: { ...storage, setItem } })
    teach(stats, 'z-image', around(5000))
    expect(median(stats, 'z-image')).toBeLessThan(6000)
    setItem.mockImplementation(storage.setItem)
    stats.observe('z-image', 5000)
    expect(median(createDurationStats({ storage }), 'z-image')).toBe(median(stats, 'z-image'))
  })

  it('never overwrites a store that it could not read', () => {
    const setItem = vi.fn()
    const getItem = () => {
      throw new DOMException('denied', 'SecurityError')
    }
    const stats = createDurationStats({ storage: { getItem, setItem } })
    stats.observe('z-image', 5000)
    expect(setItem).not.toHaveBeenCalled()
  })

  it('works with an async storage, and loses nothing told before it had answered', async () => {
    const { items, getItem, setItem } = memoryStorage({ 'kiekit:durations:1': '[["z-image",[5000]]]' })
    const storage = {
      getItem: async (key: string) => getItem(key),
      setItem: async (key: string, value: string) => setItem(key, value),
    }
    const stats = createDurationStats({ storage })
    stats.observe('z-image', 5001)
    stats.observe('z-image', 5002)
    await vi.waitFor(() => expect(items.get('kiekit:durations:1')).toBe('[["z-image",[5000,5001,5002]]]'))
    const later = createDurationStats({ storage })
    await vi.waitFor(() => expect(median(later, 'z-image')).toBe(median(stats, 'z-image')))
  })

  it('saves what it is told while an async storage is still writing', async () => {
    const { items, getItem, setItem } = memoryStorage()
    let written = () => {}
    const storage = {
      getItem,
      setItem: async (key: string, value: string) => {
        await new Promise<void>((resolve) => (written = resolve))
        setItem(key, value)
      },
    }
    const stats = createDurationStats({ storage })
    stats.observe('z-image', 5001)
    stats.observe('z-image', 5002)
    written()
    await vi.waitFor(() => expect(items.get('kiekit:durations:1')).toBe('[["z-image",[5001]]]'))
    written()
    await vi.waitFor(() => expect(items.get('kiekit:durations:1')).toBe('[["z-image",[5001,5002]]]'))
  })

  it('goes on when an async storage fails', async () => {
    const failing = vi.fn(() => Promise.reject(new Error('broken')))
    const stats = createDurationStats({ storage: { getItem: failing, setItem: failing } })
    stats.observe('z-image', 5000)
    await vi.waitFor(() => {
      stats.observe('z-image', 5001)
      expect(failing.mock.calls.length).toBeGreaterThan(3)
    })
    expect(median(stats, 'z-image')).toBeLessThan(15_000)
  })
})
