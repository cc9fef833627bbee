import type { KieClient, KieError } from '@kiekit/core'
import { vi } from 'vitest'
import { pass, type TestApp } from './test-app.tsx'

/** One event stream that a page has opened. */
interface OpenedStream {
  path: string
  headers: Record<string, string>
  send: (text: string) => void
  /** Ends it, as the server does now and then. */
  end: () => void
}

/** Messages between tabs travel outside of fake timers. */
export const delivered = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Lets time pass, and lets pages and tabs tell each other things meanwhile. */
export async function settle(ms: number): Promise<void> {
  for (let step = 0; step < 5; step++) {
    await pass(ms / 5)
    await delivered()
    await pass(0)
  }
}

export function useFakeTime(): () => void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'] })
  return () => {
    vi.unstubAllGlobals()
    vi.useRealTimers()
  }
}

/** A gateway whose event streams the test writes to, and which counts how often pages ask for tasks. */
export function withEvents(app: TestApp) {
  const opened: OpenedStream[] = []
  const gateway = {
    /** Why streams are not opened now. */
    refusal: null as KieError | null,
    /** Whether a stream says that it is ready; one that a proxy holds back says nothing. */
    greets: true,
    asked: 0,
  }
  const client: KieClient = {
    ...app.client,
    getTask(...question) {
      gateway.asked++
      return app.client.getTask(...question)
    },
    async open(path, { headers = {}, signal } = {}) {
      if (gateway.refusal) throw gateway.refusal
      let controller: ReadableStreamDefaultController<Uint8Array> | undefined
      const body = new ReadableStream<Uint8Array>({ start: (started) => void (controller = started) })
      signal?.addEventListener('abort', () => controller?.error(signal.reason))
      const stream: OpenedStream = {
        path,
        headers,
        send: (text) => controller?.enqueue(new TextEncoder().encode(text)),
        end: () => controller?.close(),
      }
      opened.push(stream)
      if (gateway.greets) stream.send(`id: stream-${opened.length}\nevent: ready\ndata: {}\n\n`)
      return new Response(body)
    },
  }

  const last = () => opened.at(-1)

  /** The event that the gateway sends when it has read the record as it is now, or as `change` says. */
  async function tell(taskId: string, change: { state?: string; record?: unknown } = {}) {
    const response = await app.fake.fetch(`https://kie.test/api/v1/jobs/recordInfo?taskId=${taskId}`)
    const record = (await response.json()) as { data: { state: string } }
    const data = JSON.stringify({ taskId, state: record.data.state, record, ...change })
    last()?.send(`id: stream-${Date.now()}\nevent: task\ndata: ${data}\n\n`)
  }

  return { client, gateway, opened, last, tell, heartbeat: () => last()?.send(': still here\n\n') }
}
