import { createKieClient } from '@kiekit/core'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createFakeKie } from './fake-kie.ts'
import type { FakeKieOptions } from './options.ts'

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-11-23T12:00:00Z') }))

async function setUp(options: FakeKieOptions = {}) {
  const fake = createFakeKie(options)
  const client = createKieClient({ baseUrl: 'https://api.kie.ai', apiKey: 'a-key', fetch: fake.fetch })
  const taskId = fake.addTask({ model: 'z-image', input: { prompt: 'A lake', output_format: 'png' } }, { ageMs: 6000 })
  const linkOf = async () => {
    const task = await client.getTask(taskId)
    const result = task.state === 'success' ? task.results[0] : undefined
    return result && 'url' in result ? result.url : ''
  }
  const statusOf = async (link: string) => (await fake.fetch(link)).status
  return { fake, client, taskId, linkOf, statusOf }
}

describe('a result link', () => {
  test("points to a host like Kie's, where the fake itself answers with a real picture", async () => {
    const { fake, linkOf } = await setUp()
    const link = await linkOf()
    expect(link).toMatch(/^https:\/\/tempfile\.aiquickdraw\.com\/media\/hills-1x1\.png\?/)
    const response = await fake.fetch(link)
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(Array.from(bytes.slice(1, 4), (code) => String.fromCharCode(code)).join('')).toBe('PNG')
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
  })

  test('can point to a folder of your own, which the fake answers too', async () => {
    const { linkOf, statusOf } = await setUp({ mediaBaseUrl: 'http://localhost:6006/kie-media/' })
    const link = await linkOf()
    expect(link).toMatch(/^http:\/\/localhost:6006\/kie-media\/hills-1x1\.png\?/)
    expect(await statusOf(link)).toBe(200)
    expect(await statusOf('http://localhost:6006/kie-media/nothing.png')).toBe(404)
  })

  test('answers parts of the file, as players ask for them', async () => {
    const { fake, linkOf } = await setUp()
    const link = await linkOf()
    const whole = new Uint8Array(await (await fake.fetch(link)).arrayBuffer())
    const part = async (range: string) => {
      const response = await fake.fetch(link, { headers: { range } })
      return {
        status: response.status,
        range: response.headers.get('content-range'),
        bytes: new Uint8Array(await response.arrayBuffer()),
      }
    }
    expect(await part('bytes=2-5')).toEqual({
      status: 206,
      range: `bytes 2-5/${whole.length}`,
      bytes: whole.slice(2, 6),
    })
    expect(await part(`bytes=${whole.length - 3}-`)).toMatchObject({ status: 206, bytes: whole.slice(-3) })
    expect(await part('bytes=-3')).toMatchObject({ status: 206, bytes: whole.slice(-3) })
    expect(await part('bytes=0-99999999')).toMatchObject({ status: 206, bytes: whole })
    expect(await part(`bytes=${whole.length}-`)).toMatchObject({ status: 416 })
    expect(await part('pages=1-2')).toMatchObject({ status: 200 })
  })

  test('tells its size to a HEAD request without sending the file', async () => {
    const { fake, linkOf } = await setUp()
    const response = await fake.fetch(await linkOf(), { method: 'HEAD' })
    expect([response.status, Number(response.headers.get('content-length')) > 0, await response.text()]).toEqual([
      200,
      true,
      '',
    ])
  })

  test('dies after a day, and lives again for 20 minutes once it is renewed', async () => {
    const { client, linkOf, statusOf } = await setUp()
    const link = await linkOf()
    vi.advanceTimersByTime(24 * 3_600_000)
    expect(await statusOf(link)).toBe(200)
    vi.advanceTimersByTime(1)
    expect(await statusOf(link)).toBe(403)
    const renewed = await client.getDownloadUrl(link)
    expect(await statusOf(renewed)).toBe(200)
    vi.advanceTimersByTime(20 * 60_000 + 1)
    expect(await statusOf(renewed)).toBe(403)
  })

  test('is dead from the start, or all at once, with the fault expired-link', async () => {
    const { fake, client, taskId, linkOf, statusOf } = await setUp()
    const good = await linkOf()
    fake.inject('expired-link', { taskId })
    const dead = await linkOf()
    expect([await statusOf(good), await statusOf(dead)]).toEqual([403, 403])
    expect(await statusOf(await client.getDownloadUrl(dead))).toBe(200)
    fake.clear()
    expect([await statusOf(good), await statusOf(dead)]).toEqual([200, 403])
  })
})

test("addresses that are not Kie's are not renewed", async () => {
  const { client } = await setUp()
  await expect(client.getDownloadUrl('https://files.test/a.png')).rejects.toMatchObject({ kind: 'validation' })
})
