import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readServerEvents, type ServerEvent } from './server-events.ts'

async function read(chunks: Iterable<Uint8Array>): Promise<ServerEvent[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
  const events: ServerEvent[] = []
  for await (const event of readServerEvents(body)) events.push(event)
  return events
}

function* cut(bytes: Uint8Array, at: number[]) {
  let from = 0
  for (const to of [...at, bytes.length].map((place) => Math.min(place, bytes.length)).sort((a, b) => a - b)) {
    yield bytes.slice(from, to)
    from = to
  }
}

const stream =
  ': hello\n\nid: 1\nevent: task\ndata: {"taskId":"ü🎈"}\n\nevent: task\r\ndata: one\r\ndata: two\r\n\r\ndata: never ended'

describe('server-sent events', () => {
  it('are the same however the network cuts them', async () => {
    const expected: ServerEvent[] = [
      { type: '', data: '', id: undefined },
      { type: 'task', data: '{"taskId":"ü🎈"}', id: '1' },
      { type: 'task', data: 'one\ntwo', id: undefined },
    ]
    const bytes = new TextEncoder().encode(stream)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length)), async (places) => {
        expect(await read(cut(bytes, places))).toEqual(expected)
      }),
    )
  })

  it('are read from any bytes without an error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 200 })), async (chunks) => {
        expect(Array.isArray(await read(chunks))).toBe(true)
      }),
    )
  })

  it('end where a line never does, before they fill the memory', async () => {
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1
        controller.enqueue(new Uint8Array(16_384).fill(97))
      },
    })
    for await (const _ of readServerEvents(body)) expect.unreachable()
    expect(sent).toBeLessThan(10)
  })
})
