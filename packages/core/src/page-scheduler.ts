export interface PageSchedulerOptions {
  /** Questions that may be started in any one second. @default 10, Kie's limit per API key */
  perSecond?: number | undefined
  /**
   * How long a question waits for others to go with it, in ms. At 0 it is those that fall due together; a client that
   * batches joins them into one request.
   * @default 0
   */
  joinMs?: number | undefined
}

export interface TurnOptions {
  /** Questions about what the user can see go first. @default 'visible' */
  priority?: 'visible' | 'hidden' | undefined
  /** Gives up a turn that has not come yet; the question itself must listen to the signal on its own. */
  signal?: AbortSignal | undefined
}

export interface PageScheduler {
  /** Runs the question when its turn has come, and hands over what it brings. */
  schedule<T>(run: () => T | Promise<T>, options?: TurnOptions): Promise<T>
}

interface Turn {
  /** Its place in the queue. */
  rank: number
  start(): void
}

/** How many later questions about visible tasks a hidden task lets pass: enough to come last, never for ever. */
const headStart = 100

/**
 * Keeps all questions of a page within the limit that Kie sets for one key, however many tasks it follows.
 *
 * What exceeds the limit waits and then starts in one go, the visible tasks first. It needs no clock, so that a
 * laptop's sleep or a changed clock cannot block it: a slot is free again one second after it was taken.
 *
 * @example
 * ```ts
 * const scheduler = createPageScheduler()
 * const task = await scheduler.schedule(() => client.getTask(taskId, { signal }), { signal, priority: 'hidden' })
 * ```
 */
export function createPageScheduler({ perSecond = 10, joinMs = 0 }: PageSchedulerOptions = {}): PageScheduler {
  if (!(perSecond >= 1 && joinMs >= 0)) {
    throw new RangeError(
      `Kiekit: createPageScheduler was given perSecond ${perSecond} and joinMs ${joinMs}. ` +
        'With these no question would ever start. Pass perSecond of 1 or more and joinMs of 0 or more.',
    )
  }
  const waiting = new Set<Turn>()
  let free = Math.floor(perSecond)
  let asked = 0
  let planned = false

  function plan() {
    if (planned) return
    planned = true
    setTimeout(() => {
      planned = false
      startTurns()
    }, joinMs)
  }

  function startTurns() {
    const turns = [...waiting].sort((a, b) => a.rank - b.rank).slice(0, free)
    if (turns.length === 0) return
    free -= turns.length
    setTimeout(() => {
      free += turns.length
      startTurns()
    }, 1000)
    for (const turn of turns) turn.start()
  }

  return {
    schedule: <T>(run: () => T | Promise<T>, { priority = 'visible', signal }: TurnOptions = {}) =>
      new Promise<T>((resolve, reject) => {
        const giveUp = () => {
          waiting.delete(turn)
          reject(signal?.reason as Error)
        }
        const turn: Turn = {
          rank: asked++ + (priority === 'hidden' ? headStart : 0),
          start() {
            waiting.delete(turn)
            signal?.removeEventListener('abort', giveUp)
            resolve(new Promise((settle) => settle(run())))
          },
        }
        if (signal?.aborted) return giveUp()
        signal?.addEventListener('abort', giveUp, { once: true })
        waiting.add(turn)
        plan()
      }),
  }
}
