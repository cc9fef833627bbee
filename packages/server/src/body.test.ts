import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { piecesOf, readJson } from './body.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const request = (body: BodyInit) =>
  new Request('http://app.test/', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    duplex: 'half',
  } as RequestInit)

describe('a body', () => {
  it('that falls silent is given up after ten seconds, and its stream let go', async () => {
    let cancelled = false
    const silent = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"model":')),
      cancel: () => void (cancelled = true),
    })
    const refused = expect(readJson(request(silent), 1_000)).rejects.toMatchObject({ code: 408 })
    await vi.advanceTimersByTimeAsync(10_000)
    await refused
    expect(cancelled).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('may be slow as long as it keeps coming', async () => {
    const pieces = ['{"a"', ':', '1', '}']
    const slow = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const next = pieces.shift()
        await new Promise((resolve) => setTimeout(resolve, 9_000))
        if (next === undefined) controller.close()
        else controller.enqueue(new TextEncoder().encode(next))
      },
    })
    const read = readJson(request(slow), 1_000)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await read).toEqual({ a: 1 })
  })

  it('that comes in drops is given up after a minute, however many there still are', async () => {
    let cancelled = false
    const drops = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 5_000))
        if (!cancelled) controller.enqueue(new TextEncoder().encode(' '))
      },
      cancel: () => void (cancelled = true),
    })
    const refused = expect(readJson(request(drops), 1_000)).rejects.toMatchObject({ code: 408 })
    await vi.advanceTimersByTimeAsync(61_000)
    await refused
    expect(cancelled).toBe(true)
  })

  it('is read no further than its bound', async () => {
    let made = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        made += 1
        controller.enqueue(new Uint8Array(100))
      },
    })
    await expect(readJson(request(endless), 1_000)).rejects.toMatchObject({ code: 413 })
    expect(made).toBeLessThan(15)
  })

  it('that breaks off, since its sender has gone, is the sender’s fault', async () => {
    const broken = new ReadableStream<Uint8Array>({ start: (controller) => controller.error(new Error('aborted')) })
    const pieces = piecesOf(request(broken), 1_000, 1_000)
    await expect(pieces.next()).rejects.toMatchObject({ code: 400, message: 'The body broke off.' })
  })

  it('may be none', async () => {
    const pieces: Uint8Array[] = []
    for await (const piece of piecesOf(new Request('http://app.test/', { method: 'POST' }), 10, 1_000))
      pieces.push(piece)
    expect(pieces).toEqual([])
  })

  it('keeps characters that are cut in two', async () => {
    const bytes = new TextEncoder().encode('{"name":"ключ☃"}')
    const cut = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    expect(await readJson(request(cut), 1_000)).toEqual({ name: 'ключ☃' })
  })
})
