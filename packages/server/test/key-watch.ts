import { formatWithOptions } from 'node:util'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import { createKieGateway, type KieGateway } from '../src/gateway.ts'
import type { GatewayOptions } from '../src/options.ts'

/** The key of every gateway in these tests. Whatever test it turns up in outside of a request to Kie fails. */
export const KEY = 'sk-live-5f3a9c27e1b04d68'

const LEVELS = ['debug', 'log', 'info', 'warn', 'error', 'trace'] as const
const said: (() => string | Promise<string>)[] = []

/** Everything that a gateway says to the outside is noted, to be searched for the key after the test. */
export function note(text: string | Promise<string>) {
  said.push(() => text)
}

beforeEach(() => {
  for (const level of LEVELS) {
    const print = vi.spyOn(console, level)
    said.push(() => print.mock.calls.map((line) => formatWithOptions({ depth: 8 }, ...line)).join('\n'))
  }
})

afterEach(async () => {
  const everything = (await Promise.all(said.splice(0).map(async (text) => text()))).join('\n')
  // Not `toContain`: that would print all of it, a few megabytes, and the key.
  expect(everything.includes(KEY), 'the key left the gateway').toBe(false)
})

/** A gateway of whose answers, piece by piece as they are read, and errors nothing is missed. */
export function openGateway(options: GatewayOptions): KieGateway {
  const gateway = noteError(() => createKieGateway(options))
  return {
    ...gateway,
    fetch: async (request) => noteAnswer(await gateway.fetch(request).catch(noteAndThrow)),
    claim: (taskId, userId) => gateway.claim(taskId, userId).catch(noteAndThrow),
    close: () => gateway.close().catch(noteAndThrow),
  }
}

function noteError<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    return noteAndThrow(error)
  }
}

function noteAndThrow(error: unknown): never {
  note(formatWithOptions({ depth: 8, showHidden: true }, error))
  throw error
}

function noteAnswer(answer: Response): Response {
  note(JSON.stringify([...answer.headers]))
  const reader = answer.body?.getReader()
  if (!reader) return answer
  const decoder = new TextDecoder()
  let text = ''
  said.push(() => text)
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read().catch(noteAndThrow)
        if (done) return controller.close()
        text += decoder.decode(value, { stream: true })
        controller.enqueue(value)
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { status: answer.status, headers: answer.headers })
}
