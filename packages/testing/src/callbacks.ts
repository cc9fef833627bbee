import type { FaultName } from './faults.ts'
import type { Kie } from './kie.ts'
import { creditsOf } from './record.ts'
import type { FakeTask } from './scenario.ts'

export interface Callbacks {
  /** Tells the task's callback address when the task ends; replaces what was planned for it before. */
  schedule(task: FakeTask): void
  cancelAll(): void
}

/** Kie stops after three failed attempts to repeat; the spacing is not documented. */
const repeats = 3
const repeatAfterMs = 5000
const lateByMs = 30_000
/** A task that ends at once has ended a moment before this is asked; one that was added old had its callback long ago. */
const justEndedMs = 1000

/** Sends callbacks. The only part of the fake that needs timers: everything else is worked out when it is asked for. */
export function createCallbacks(kie: Kie, speed: number): Callbacks {
  const timers = new Map<string, ReturnType<typeof setTimeout>>()

  function later(taskId: string, ms: number, run: () => void) {
    clearTimeout(timers.get(taskId))
    const timer = setTimeout(run, Math.max(0, ms))
    // Under Node a planned callback must not keep a finished test run alive.
    if (typeof timer === 'object' && 'unref' in timer) timer.unref()
    timers.set(taskId, timer)
  }

  async function send(task: FakeTask, attempt: number): Promise<void> {
    const isOn = (name: FaultName) => kie.faults.take(name, { path: '/api/callback', taskId: task.taskId }) !== null
    if (isOn('callback-missing')) return
    const copies = isOn('callback-doubled') ? 2 : 1
    const forged = isOn('callback-forged')
    let accepted = true
    for (let copy = 0; copy < copies; copy++) accepted = (await post(kie, task, forged)) && accepted
    if (!accepted && attempt <= repeats) later(task.taskId, repeatAfterMs / speed, () => void send(task, attempt + 1))
  }

  return {
    schedule(task) {
      const { endTime } = kie.positionOf(task)
      if (!task.request.callBackUrl || endTime === null || kie.now() - endTime > justEndedMs) return
      const late = kie.faults.take('callback-late', { path: '/api/callback', taskId: task.taskId })
      later(task.taskId, endTime - kie.now() + (late ? lateByMs / speed : 0), () => void send(task, 1))
    },
    cancelAll() {
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
    },
  }
}

/** Whether the receiver took it. */
async function post(kie: Kie, task: FakeTask, forged: boolean): Promise<boolean> {
  const timestamp = String(Math.floor(kie.now() / 1000))
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  const { webhookHmacKey } = kie.options
  if (webhookHmacKey !== undefined) {
    headers['x-webhook-timestamp'] = timestamp
    headers['x-webhook-signature'] = await signCallback(
      task.taskId,
      timestamp,
      forged ? 'a forged key' : webhookHmacKey,
    )
  }
  const send = kie.options.fetch ?? fetch
  const body = JSON.stringify(callbackBody(kie, task, forged))
  try {
    const response = await send(task.request.callBackUrl ?? '', { method: 'POST', headers, body })
    return response.ok
  } catch {
    return false
  }
}

/** The record in the envelope of callbacks: credits have other names here, and a failed task has another code. */
function callbackBody(kie: Kie, task: FakeTask, forged: boolean) {
  const { creditsConsumed: _, ...record } = kie.recordOf(task)
  const { outcome } = kie.positionOf(task)
  const failed = forged || outcome?.state === 'fail'
  return {
    code: failed ? 501 : 200,
    msg: failed ? 'Playground task failed.' : 'Playground task completed successfully.',
    data: {
      ...record,
      ...(failed ? { state: 'fail', resultJson: null } : {}),
      consumeCredits: outcome ? creditsOf(outcome) : 0,
      remainedCredits: kie.credits(),
    },
  }
}

/**
 * The signature of Kie's callbacks: base64 of HMAC-SHA256 over `taskId.timestamp`.
 * It covers neither state nor results, so a callback is a hint to read the record again.
 *
 * @param timestamp Unix seconds, as in `X-Webhook-Timestamp`.
 */
export async function signCallback(taskId: string, timestamp: string, key: string): Promise<string> {
  const text = new TextEncoder()
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const imported = await crypto.subtle.importKey('raw', text.encode(key), hmac, false, ['sign'])
  const signature = await crypto.subtle.sign('HMAC', imported, text.encode(`${taskId}.${timestamp}`))
  return btoa(String.fromCharCode(...new Uint8Array(signature)))
}
