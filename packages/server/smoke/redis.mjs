// The built Redis store against a real Redis: the unit tests make do with a stand-in that runs no Lua.
// Usage, after a build: node packages/server/smoke/redis.mjs
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import { installFromDebian } from '../../../scripts/debian.mjs'

const built = new URL('../dist/index.js', import.meta.url)
if (!existsSync(fileURLToPath(built))) {
  console.error('Kiekit: packages/server is not built. The smoke tests run what is published. Run `npm run build`.')
  process.exit(1)
}

const version = () => /v=(\S+)/.exec(spawnSync('redis-server', ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1]
if (!version() && !(await installFromDebian('redis-server'))) {
  console.log('Redis store: skipped, because there is no redis-server on this machine.')
  process.exit(0)
}

const { redisStore } = await import(built)
const { Redis } = createRequire(import.meta.url)('ioredis')

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address()
  probe.close()
  return port
}

const port = await freePort()
const server = spawn(
  'redis-server',
  ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', tmpdir()],
  { stdio: 'ignore' },
)
const connect = () => {
  const client = new Redis(port, { retryStrategy: () => 50, maxRetriesPerRequest: null })
  // While the server starts, connecting fails a few times.
  client.on('error', () => {})
  return client
}
const clients = [connect(), connect()]
let count = 0

/** Two processes' views of one store that nobody has used before. */
const openTwo = () => {
  count += 1
  return clients.map((client) => redisStore(client, { prefix: `smoke${count}:` }))
}

const wait = (ms) => new Promise((later) => setTimeout(later, ms))

async function eventually(check) {
  for (const deadline = Date.now() + 5_000; ; ) {
    try {
      return await check()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await wait(20)
    }
  }
}

const takeMany = async (stores, name, rate, times) => {
  const turns = await Promise.all(
    Array.from({ length: times }, () => stores.map(({ rates }) => rates.take(name, rate))).flat(),
  )
  return turns.filter(({ kind }) => kind === 'taken').length
}

const checks = {
  'gives back what another process has set, until it is deleted': async ([one, two]) => {
    for (const key of ['owner:a', 'owner:ключ:☃', `owner:${'x'.repeat(2_000)}`]) {
      assert.equal(await two.get(key), null)
      await one.set(key, `value of ${key}`)
      assert.equal(await two.get(key), `value of ${key}`)
    }
    await two.delete('owner:a')
    assert.equal(await one.get('owner:a'), null)
  },

  'lets one of many set what is absent, and one follow when it has expired': async ([one, two]) => {
    const race = async (ttlMs) => {
      const won = await Promise.all(
        Array.from({ length: 20 }, (_, index) => (index % 2 ? one : two).setIfAbsent('race:a', '', { ttlMs })),
      )
      return won.filter(Boolean).length
    }
    assert.equal(await race(200), 1)
    assert.equal(await race(200), 0)
    await eventually(async () => assert.equal(await one.get('race:a'), null))
    assert.equal(await race(60_000), 1)
  },

  'lists what was to be listed, until it expires or is deleted': async ([one, two]) => {
    for (const key of ['watch:1', 'watch:2', 'watch:*', 'other:1']) await one.set(key, '', { listed: true })
    await one.set('watch:short', '', { ttlMs: 100, listed: true })
    await one.set('watch:2', 'again', { ttlMs: 60_000, listed: true })
    await two.delete('watch:1')
    await eventually(async () => assert.deepEqual((await two.list('watch:')).sort(), ['watch:*', 'watch:2']))
    assert.deepEqual(await two.list('nothing:'), [])
  },

  'brings messages to other processes, until they leave': async ([one, two]) => {
    const heard = []
    const leave = await two.subscribe('events:a', (message) => heard.push(message))
    await one.publish('events:b', 'not for us')
    await one.publish('events:a', '☃')
    await eventually(() => assert.deepEqual(heard, ['☃']))
    await leave()
    await one.publish('events:a', 'late')
    await wait(100)
    assert.deepEqual(heard, ['☃'])
  },

  'says when it may have missed messages, once it listens again': async ([one, two]) => {
    const heard = []
    await two.subscribe(
      'events:a',
      (message) => heard.push(message),
      () => heard.push('gap'),
    )
    await clients[0].call('CLIENT', 'KILL', 'TYPE', 'pubsub')
    await eventually(() => assert.deepEqual(heard, ['gap']))
    await one.publish('events:a', 'after')
    await eventually(() => assert.deepEqual(heard, ['gap', 'after']))
  },

  'gives so many turns in a window to all processes together': async (stores) => {
    const rate = { limit: 5, windowMs: 400 }
    assert.equal(await takeMany(stores, 'a', rate, 10), 5)
    const { kind, waitMs } = await stores[1].rates.take('a', rate)
    assert.equal(kind, 'full')
    assert.ok(waitMs > 0 && waitMs <= 400, `waitMs is ${waitMs}`)
    assert.equal(await takeMany(stores, 'b', rate, 1), 2)
    await wait(waitMs + 400)
    assert.equal(await takeMany(stores, 'a', rate, 10), 5)
  },

  'lets all processes pause, for as long as the longest pause': async ([one, two]) => {
    const rate = { limit: 5, windowMs: 400 }
    await one.rates.pause(500)
    await two.rates.pause(10)
    for (const name of ['a', 'b']) {
      const { kind, waitMs } = await two.rates.take(name, rate)
      assert.equal(kind, 'paused')
      assert.ok(waitMs > 10 && waitMs <= 500, `waitMs is ${waitMs}`)
    }
    await eventually(async () => assert.deepEqual(await two.rates.take('a', rate), { kind: 'taken' }))
  },
}

const failures = []
try {
  await clients[0].ping()
  for (const [name, check] of Object.entries(checks)) {
    const stores = openTwo()
    await check(stores).catch((error) => failures.push(`  ${name}: ${inspect(error)}`))
    await Promise.all(stores.map((store) => store.close()))
  }
} finally {
  for (const client of clients) client.disconnect()
  server.kill()
}
const passed = Object.keys(checks).length - failures.length
console.log(`Redis store on Redis ${version()}: ${passed} passed, ${failures.length} failed`)
if (failures.length > 0) {
  console.error(failures.join('\n'))
  process.exitCode = 1
}
