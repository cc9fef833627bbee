import { fork } from 'node:child_process'
import { join } from 'node:path'

/** What a process of the comparison can be told. Every answer is a number. */
export type Command =
  /** The port it listens on. */
  | { do: 'listen' }
  /** To the fake Kie: a task that ends by itself. */
  | { do: 'add'; taskId: string; callBackUrl: string; endsAfterMs: number | null }
  /** To the fake Kie: how often it was asked for a task's state. */
  | { do: 'questions' }
  /** To the gateway of the soak: how many tasks it has seen end. */
  | { do: 'ended' }
  /** To the gateway: whose task it is. The others know no owners. */
  | { do: 'claim'; taskId: string; userId: string }
  /** Bytes of live objects, after the garbage is collected. */
  | { do: 'heap' }
  /** Bytes of memory that the process takes. */
  | { do: 'memory' }
  /** Milliseconds that the processor has worked for it. */
  | { do: 'processor' }

export interface Child {
  tell: (command: Command) => Promise<number>
  end: () => void
}

/** Starts a module of this folder in a process of its own, so that its memory and its work can be told apart. */
export function startChild(module: string, args: string[], engineFlags: string[] = []): Child {
  const child = fork(join(import.meta.dirname, module), args, {
    execArgv: ['--conditions=@kiekit/source', '--expose-gc', ...engineFlags],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const waiting = new Map<number, (value: number) => void>()
  let asked = 0
  child.on('message', (message) => {
    if (!Array.isArray(message)) return
    const [id, value] = message.map(Number)
    if (id === undefined || value === undefined) return
    waiting.get(id)?.(value)
    waiting.delete(id)
  })
  child.once('exit', (code) => {
    if (code) throw new Error(`${module} ${args.join(' ')} ended with ${code}.`)
  })
  return {
    tell: (command) =>
      new Promise((resolve) => {
        asked += 1
        waiting.set(asked, resolve)
        child.send([asked, command])
      }),
    end: () => child.kill('SIGKILL'),
  }
}

/** The child's side: answers what every child is asked, and leaves the rest to `answer`. */
export function answerParent(answer: (command: Command) => number | Promise<number>): void {
  // A parent that fails leaves nothing running behind.
  process.once('disconnect', () => process.exit())
  process.on('message', (message: [number, Command]) => {
    const [id, command] = message
    void Promise.resolve(usual(command) ?? answer(command)).then((value) => process.send?.([id, value]))
  })
}

function usual(command: Command): number | undefined {
  if (command.do === 'memory') return process.memoryUsage.rss()
  if (command.do === 'processor') {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  }
  if (command.do !== 'heap') return undefined
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}
