import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

/** A Redis for tests: the real one where `redis-server` is installed, else a stand-in that knows the commands we use. */
export async function startRedis(): Promise<{ port: number; stop: () => void }> {
  const port = await freePort()
  const server = spawn('redis-server', ['--port', String(port), '--save', '', '--bind', '127.0.0.1'], {
    stdio: 'ignore',
  })
  if (await started(server)) return { port, stop: () => server.kill() }
  console.info('redis-server is not installed: the Redis store is tried against a stand-in.')
  return standIn()
}

async function started(server: ChildProcess): Promise<boolean> {
  const failed = once(server, 'error').then(() => false)
  return Promise.race([failed, once(server, 'spawn').then(() => true)]).catch(() => false)
}

async function freePort(): Promise<number> {
  const { port, stop } = await listenOn(() => {})
  stop()
  return port
}

async function listenOn(serve: (socket: Socket) => void): Promise<{ port: number; stop: () => void }> {
  const server = createServer(serve).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return { port: typeof address === 'object' && address !== null ? address.port : 0, stop: () => server.close() }
}

type Reply = string | number | null | Reply[] | Error

/**
 * Redis's wire format and a handful of its commands: strings and lists that expire, sorted sets, publish and subscribe.
 * It runs no Lua: of EVAL it knows what our scripts do, by the number of their keys.
 */
function standIn() {
  const values = new Map<string, { value: string; expiresAt: number }>()
  const lists = new Map<string, number[]>()
  const sorted = new Map<string, Map<string, number>>()
  const subscribers = new Map<Socket, Set<string>>()
  const alive = (key: string) => {
    const entry = values.get(key)
    return entry && entry.expiresAt > Date.now() ? entry : undefined
  }
  const matching = (pattern: string) => {
    // The prefix before the only unescaped star.
    const prefix = pattern.replace(/\*$/, '').replace(/\\(.)/g, '$1')
    return [...values.keys()].filter((key) => key.startsWith(prefix) && alive(key))
  }
  const left = (key: string) => Math.ceil((alive(key)?.expiresAt ?? Date.now() - 2) - Date.now())

  function takeTurn([turns = '', pause = '', limit = '', window = '']: string[]): Reply {
    if (left(pause) > 0) return ['paused', left(pause)]
    const now = Date.now()
    const given = lists.has(turns) && (alive(turns) || !values.has(turns)) ? (lists.get(turns) ?? []) : []
    const oldest = given[Number(limit) - 1]
    const wait = oldest === undefined ? 0 : oldest + Number(window) - now
    if (wait > 0 && wait <= Number(window)) return ['full', wait]
    lists.set(turns, [now, ...given].slice(0, Number(limit)))
    values.set(turns, { value: '', expiresAt: now + Number(window) })
    return ['taken', 0]
  }

  function pauseTurns([key = '', ms = '']: string[]): Reply {
    if (left(key) < Number(ms)) values.set(key, { value: '', expiresAt: Date.now() + Number(ms) })
    return null
  }

  function run(socket: Socket, [name = '', key = '', value = '', ...rest]: string[]): Reply {
    switch (name.toUpperCase()) {
      case 'GET':
        return alive(key)?.value ?? null
      case 'SET': {
        if (rest.includes('NX') && alive(key)) return null
        const ttl = rest[rest.indexOf('PX') + 1]
        values.set(key, { value, expiresAt: rest.includes('PX') ? Date.now() + Number(ttl) : Number.POSITIVE_INFINITY })
        return 'OK'
      }
      case 'DEL':
        return values.delete(key) ? 1 : 0
      case 'KEYS':
        return matching(key)
      case 'EXISTS':
        return alive(key) ? 1 : 0
      case 'ZADD':
        sorted.set(key, (sorted.get(key) ?? new Map<string, number>()).set(rest[0] ?? '', scoreOf(value)))
        return 1
      case 'ZREM':
        return sorted.get(key)?.delete(value) ? 1 : 0
      case 'ZCARD':
        return sorted.get(key)?.size ?? 0
      case 'ZRANGE':
        return [...(sorted.get(key)?.keys() ?? [])]
      case 'ZREMRANGEBYSCORE':
        for (const [member, score] of sorted.get(key) ?? [])
          if (score <= scoreOf(rest[0] ?? '')) sorted.get(key)?.delete(member)
        return 0
      case 'CLIENT':
        if (key === 'KILL') for (const subscriber of subscribers.keys()) subscriber.destroy()
        return 'OK'
      case 'PTTL':
        return left(key)
      case 'EVAL':
        return value === '2' ? takeTurn(rest) : pauseTurns(rest)
      case 'RPUSH':
        lists.set(key, [...(lists.get(key) ?? []), Number(value), ...rest.map(Number)])
        return 1
      case 'LSET':
        lists.get(key)?.splice(Number(value), 1, Number(rest[0]))
        return 'OK'
      case 'TIME':
        return [String(Math.floor(Date.now() / 1_000)), '0']
      case 'PEXPIREAT':
        lists.delete(key)
        return values.delete(key) ? 1 : 0
      case 'SUBSCRIBE':
        subscribers.set(socket, (subscribers.get(socket) ?? new Set()).add(key))
        return ['subscribe', key, 1]
      case 'UNSUBSCRIBE':
        subscribers.get(socket)?.delete(key)
        return ['unsubscribe', key, 0]
      case 'PUBLISH': {
        const hearing = [...subscribers].filter(([, channels]) => channels.has(key))
        for (const [subscriber] of hearing) subscriber.write(write(['message', key, value]))
        return hearing.length
      }
      case 'PING':
        return 'PONG'
      // Like a Redis before 6: so that clients speak the second version of the protocol.
      case 'HELLO':
        return new Error("ERR unknown command 'HELLO'")
      default:
        return 'OK'
    }
  }

  return listenOn((socket) => {
    let text = ''
    socket.on('close', () => subscribers.delete(socket))
    socket.on('error', () => {})
    socket.on('data', (data) => {
      text += data.toString('latin1')
      for (;;) {
        const read = readCommand(text)
        if (!read) return
        text = text.slice(read.length)
        socket.write(write(run(socket, read.command)))
      }
    })
  })
}

function scoreOf(text: string): number {
  return text === '+inf' ? Number.POSITIVE_INFINITY : Number(text)
}

function readCommand(text: string): { command: string[]; length: number } | null {
  const head = /^\*(\d+)\r\n/.exec(text)
  if (!head) return null
  const command: string[] = []
  let at = head[0].length
  for (let left = Number(head[1]); left > 0; left -= 1) {
    const size = /^\$(\d+)\r\n/.exec(text.slice(at, at + 20))
    const from = at + (size?.[0].length ?? 0)
    const to = from + Number(size?.[1])
    if (!size || text.length < to + 2) return null
    command.push(Buffer.from(text.slice(from, to), 'latin1').toString('utf8'))
    at = to + 2
  }
  return { command, length: at }
}

function write(reply: Reply): string | Buffer {
  if (reply instanceof Error) return `-${reply.message}\r\n`
  if (reply === null) return '$-1\r\n'
  if (typeof reply === 'number') return `:${reply}\r\n`
  if (typeof reply === 'string') return Buffer.from(`$${Buffer.byteLength(reply)}\r\n${reply}\r\n`)
  return Buffer.concat([Buffer.from(`*${reply.length}\r\n`), ...reply.map((part) => Buffer.from(write(part)))])
}
