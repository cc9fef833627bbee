import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { startRedis } from '../test/redis.ts'
import { fileStore } from './file-store.ts'
import { memoryStore } from './memory-store.ts'
import { type RedisClient, redisStore } from './redis-store.ts'
import type { Store, StoreRates } from './store.ts'

/** What every store promises. `wait` lets a minute pass for a store, by whatever clock it goes. */
function conforms(open: () => Store, wait: () => Promise<void>) {
  it('gives back what was set, until it is deleted', async () => {
    const store = open()
    for (const key of ['owner:a', 'owner:A', 'owner:../../x', 'owner:ключ:☃', `owner:${'x'.repeat(2_000)}`]) {
      expect(await store.get(key)).toBeNull()
      await store.set(key, `for ${key}`)
      await store.set(key, `value of ${key}`)
      expect(await store.get(key)).toBe(`value of ${key}`)
    }
    await store.delete('owner:a')
    await store.delete('owner:never')
    expect(await store.get('owner:a')).toBeNull()
    expect(await store.get('owner:A')).toBe('value of owner:A')
  })

  it('lets one of many set what is absent', async () => {
    const store = open()
    const won = await Promise.all(
      Array.from({ length: 20 }, (_, index) => store.setIfAbsent('race:one', String(index))),
    )
    expect(won.filter(Boolean)).toHaveLength(1)
    expect(await store.get('race:one')).toBe(String(won.indexOf(true)))
  })

  it('forgets when the time is up, and lets one of many follow', async () => {
    const store = open()
    await store.set('short:one', 'old', { ttlMs: 60_000, listed: true })
    expect(await store.setIfAbsent('short:one', 'new')).toBe(false)
    expect(await store.list('short:')).toEqual(['short:one'])
    await wait()
    expect(await store.get('short:one')).toBeNull()
    expect(await store.list('short:')).toEqual([])
    const won = await Promise.all(
      Array.from({ length: 10 }, (_, index) => store.setIfAbsent('short:one', String(index))),
    )
    expect(won.filter(Boolean)).toHaveLength(1)
    expect(await store.get('short:one')).toBe(String(won.indexOf(true)))
  })

  it('lists what begins alike, and nothing else', async () => {
    const store = open()
    for (const key of ['watch:1', 'watch:2', 'watch:3', 'watch:*[2]', 'watcher:1', 'other:watch:1'])
      await store.set(key, '', { listed: true })
    await store.set('watch:1', 'again', { ttlMs: 60_000, listed: true })
    await store.delete('watch:3')
    expect((await store.list('watch:')).sort()).toEqual(['watch:*[2]', 'watch:1', 'watch:2'])
    expect(await store.list('watch:*')).toEqual(['watch:*[2]'])
    expect(await store.list('nothing:')).toEqual([])
  })

  it('brings messages to all who listen, until they leave', async () => {
    const store = open()
    const heard: string[] = []
    const leaveFirst = await store.subscribe('events:a', (message) => heard.push(`first ${message}`))
    const leaveSecond = await store.subscribe('events:a', (message) => heard.push(`second ${message}`))
    await store.publish('events:b', 'not for us')
    await store.publish('events:a', '1')
    await expect.poll(() => heard.length).toBe(2)
    await leaveFirst()
    await store.publish('events:a', '2')
    await expect.poll(() => heard).toEqual(['first 1', 'second 1', 'second 2'])
    await leaveSecond()
    await store.publish('events:a', '3')
    await store.close?.()
    expect(heard).toHaveLength(3)
  })
}

/** What a store that keeps rates promises besides. `open` gives one more process's view of the same store. */
function keepsRates(openTwo: () => [Store, Store], wait: () => Promise<void>) {
  const rate = { limit: 5, windowMs: 60_000 }
  const ratesOf = ({ rates }: Store): StoreRates => {
    if (!rates) throw new Error('this store keeps no rates')
    return rates
  }
  const openRates = () => {
    const [one, two] = openTwo()
    return [ratesOf(one), ratesOf(two)] as const
  }

  it('gives so many turns in a window to all processes together, and says when there is one more', async () => {
    const [one, two] = openRates()
    const ask = () => Promise.all(Array.from({ length: 10 }, () => [one.take('a', rate), two.take('a', rate)]).flat())
    const turns = await ask()
    expect(turns.filter((turn) => turn.kind === 'taken')).toHaveLength(5)
    for (const turn of turns.filter((other) => other.kind !== 'taken')) {
      expect(turn).toEqual({ kind: 'full', waitMs: expect.toSatisfy((ms) => ms > 0 && ms <= 60_000) as number })
    }
    expect(await two.take('b', rate)).toEqual({ kind: 'taken' })
    await wait()
    expect((await ask()).filter((turn) => turn.kind === 'taken')).toHaveLength(5)
  })

  it('gives nobody a turn in a pause, and a longer pause stays', async () => {
    const [one, two] = openRates()
    await one.pause(60_000)
    await two.pause(10)
    for (const name of ['a', 'b']) {
      expect(await two.take(name, rate)).toEqual({
        kind: 'paused',
        waitMs: expect.toSatisfy((ms) => ms > 10 && ms <= 60_000) as number,
      })
    }
    await wait()
    expect(await two.take('a', rate)).toEqual({ kind: 'taken' })
  })
}

const putClockForward = async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 })
}
afterEach(() => {
  vi.useRealTimers()
})

describe('a store in memory', () => {
  conforms(memoryStore, putClockForward)
  keepsRates(() => {
    const store = memoryStore()
    return [store, store]
  }, putClockForward)
})

describe('a store in files', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kiekit-store-'))
  })
  afterAll(() => rm(folder, { recursive: true }))
  let count = 0
  const open = () => fileStore({ folder: join(folder, String((count += 1))) })

  conforms(open, putClockForward)

  it('survives a restart, and two processes race for one key', async () => {
    const place = join(folder, 'shared')
    await fileStore({ folder: place }).set('owner:a', '1')
    const [one, two] = [fileStore({ folder: place }), fileStore({ folder: place })]
    expect(await two.get('owner:a')).toBe('1')
    const won = await Promise.all([one, two, one, two].map((store) => store.setIfAbsent('race:a', 'x')))
    expect(won.filter(Boolean)).toHaveLength(1)
  })

  it('leaves no traces outside of its folder, and is closed to others and to git', async () => {
    const place = join(folder, 'closed')
    await fileStore({ folder: place }).set('owner:../../../escape', '1')
    expect((await readdir(place)).sort()).toEqual(['.gitignore', 'owner', 'tmp'])
    expect(await readdir(join(place, 'tmp'))).toEqual([])
    expect((await stat(place)).mode & 0o077).toBe(0)
    expect(await readFile(join(place, '.gitignore'), 'utf8')).toBe('*\n')
  })

  it('takes a torn file for none, and replaces it', async () => {
    const place = join(folder, 'torn')
    const store = fileStore({ folder: place })
    await store.set('owner:a', '1')
    const [file = ''] = await readdir(join(place, 'owner'))
    await writeFile(join(place, 'owner', file), '{"key":"owner:a","va')
    expect(await store.get('owner:a')).toBeNull()
    expect(await store.setIfAbsent('owner:a', '2')).toBe(true)
    expect(await store.get('owner:a')).toBe('2')
  })

  it('writes nothing for who comes too late', async () => {
    const place = join(folder, 'late')
    const store = fileStore({ folder: place })
    await store.set('race:a', '1')
    // A write would begin here.
    await rm(join(place, 'tmp'), { recursive: true })
    expect(await store.setIfAbsent('race:a', '2')).toBe(false)
  })

  it('says what is wrong with a key that names no folder', async () => {
    await expect(open().set('../x:1', '')).rejects.toThrow(/small letters and dashes/)
  })
})

describe('a store in Redis', async () => {
  const { port, stop } = await startRedis()
  const redis = new Redis(port, { retryStrategy: () => 50, maxRetriesPerRequest: null })
  // While the server starts, connecting fails a few times.
  redis.on('error', () => {})
  beforeAll(() => redis.ping())
  afterAll(() => {
    redis.disconnect()
    stop()
  })
  let count = 0

  const expireAll = async () => {
    for (const key of await redis.keys(`test${count}:*`)) {
      if (key.endsWith(':listed')) continue
      const left = await redis.pttl(key)
      expect(left).toBeGreaterThan(0)
      expect(left).toBeLessThanOrEqual(60_000)
      await expireOne(key)
    }
  }
  const expireOne = (key: string) => redis.pexpireat(key, 1)
  conforms(() => redisStore(redis, { prefix: `test${(count += 1)}:` }), expireAll)

  const other = new Redis(port, { retryStrategy: () => 50, maxRetriesPerRequest: null })
  other.on('error', () => {})
  afterAll(() => other.disconnect())
  keepsRates(() => {
    const prefix = `test${(count += 1)}:`
    return [redisStore(redis, { prefix }), redisStore(other, { prefix })]
  }, expireAll)

  it('gives the next turn when the oldest is a window old, not when a new window begins', async () => {
    const prefix = `test${(count += 1)}:`
    const { rates } = redisStore(redis, { prefix })
    const rate = { limit: 2, windowMs: 60_000 }
    const [seconds] = await redis.time()
    const ago = (ms: number) => String(Number(seconds) * 1_000 - ms)
    await redis.rpush(`${prefix}{turns}:a`, ago(1_000), ago(50_000))
    expect(await rates?.take('a', rate)).toEqual({
      kind: 'full',
      waitMs: expect.toSatisfy((ms) => ms < 11_000) as number,
    })
    await redis.lset(`${prefix}{turns}:a`, 1, ago(61_000))
    expect(await rates?.take('a', rate)).toEqual({ kind: 'taken' })
    expect(await rates?.take('a', rate)).toMatchObject({ kind: 'full' })
  })

  it('gives turns though the clock of the server was put back', async () => {
    const prefix = `test${(count += 1)}:`
    const { rates } = redisStore(redis, { prefix })
    await redis.rpush(`${prefix}{turns}:a`, String(Date.now() + 3_600_000))
    expect(await rates?.take('a', { limit: 1, windowMs: 1_000 })).toEqual({ kind: 'taken' })
  })

  it('forgets listed keys that have expired, there too where it keeps track of them', async () => {
    const prefix = `test${(count += 1)}:`
    const store = redisStore(redis, { prefix })
    await store.set('watch:short', '', { ttlMs: 60_000, listed: true })
    await store.set('watch:long', '', { ttlMs: 30 * 86_400_000, listed: true })
    await store.set('watch:ever', '', { listed: true })
    await expireOne(`${prefix}watch:short`)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * 3_600_000 })
    expect((await store.list('watch:')).sort()).toEqual(['watch:ever', 'watch:long'])
    expect(await redis.zcard(`${prefix}listed`)).toBe(2)
  })

  it('says when it may have missed messages, once it listens again', async () => {
    const store = redisStore(redis, { prefix: `test${(count += 1)}:` })
    const heard: string[] = []
    await store.subscribe(
      'events:a',
      (message) => heard.push(message),
      () => heard.push('gap'),
    )
    const leave = await store.subscribe(
      'events:b',
      () => {},
      () => heard.push('never'),
    )
    await leave()
    expect(heard).toEqual([])
    await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub')
    await expect.poll(() => heard).toEqual(['gap'])
    await store.publish('events:a', 'after')
    await expect.poll(() => heard).toEqual(['gap', 'after'])
    await store.close?.()
  })

  it('does not listen for somebody whose listening failed', async () => {
    const said: string[] = []
    let isDown = true
    const client: RedisClient = {
      call: () => Promise.resolve('OK'),
      duplicate: () => ({
        on: () => {},
        disconnect: () => {},
        subscribe: (channel) =>
          isDown ? Promise.reject(new Error('away')) : Promise.resolve(said.push(`+${channel}`)),
        unsubscribe: (channel) => Promise.resolve(said.push(`-${channel}`)),
      }),
    }
    const store = redisStore(client, { prefix: '' })
    await expect(store.subscribe('events:a', () => {})).rejects.toThrow('away')
    isDown = false
    const leave = await store.subscribe('events:a', () => {})
    await leave()
    expect(said).toEqual(['-events:a', '+events:a', '-events:a'])
  })

  it('takes a client of ioredis as it is', () => {
    const client: RedisClient = redis
    expect(client).toBe(redis)
  })
})
