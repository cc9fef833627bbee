import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseTask } from '@kiekit/core'
import { createFakeKie, type FakeKieServer } from '@kiekit/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { saveToFolder } from '../examples/save-to-folder.ts'
import { saveToS3 } from '../examples/save-to-s3.ts'
import { KEY, startGateway } from '../test/start-gateway.ts'

const fake = createFakeKie({ apiKey: KEY })
let kie: FakeKieServer
let folder = ''
beforeAll(async () => {
  kie = await fake.listen()
  folder = await mkdtemp(join(tmpdir(), 'kiekit-results-'))
})
afterAll(async () => {
  await kie.close()
  await rm(folder, { recursive: true })
})

describe('the examples of onTaskFinished', () => {
  it('copy results into a folder', async () => {
    const { create, read } = startGateway({
      baseUrl: kie.url,
      resultHosts: [new URL(kie.url).host],
      fetch: undefined,
      onTaskFinished: saveToFolder(folder),
    })
    const taskId = await create()
    fake.finish(taskId)
    await read(taskId)
    const place = join(folder, 'ann', taskId)
    await expect
      .poll(() => readdir(place).catch(() => []), { timeout: 4_000 })
      .toEqual([expect.stringMatching(/^1\.\w+$/)])
    const [name = ''] = await readdir(place)
    expect((await readFile(join(place, name))).byteLength).toBeGreaterThan(100)
  })

  it.each(['..', '.', '../../etc', 'a/b'])(
    'keep to the folder, and copy texts too, for a user called %j',
    async (user) => {
      const inside = join(folder, 'inside', 'results')
      const task = parseTask({
        ...{ taskId: 't1', model: 'z-image', state: 'success' },
        resultJson: { resultObject: { text: 'Roses are red' } },
      })
      const openResult = async () => ({ name: 'a.txt', type: 'text/plain', body: new Blob(['Roses are red']).stream() })
      await saveToFolder(inside)(task, { id: user }, { openResult })
      expect(await readdir(join(folder, 'inside'))).toEqual(['results'])
      const [place = ''] = await readdir(inside)
      expect(await readFile(join(inside, place, 't1', '1.txt'), 'utf8')).toBe('Roses are red')
      await rm(inside, { recursive: true })
    },
  )

  it('copy results into a bucket, with a signature', async () => {
    const stored: { method: string | undefined; url: string | undefined; signed: boolean; bytes: number }[] = []
    const bucket = createServer((request, response) => {
      let bytes = 0
      request.on('data', (piece: Buffer) => void (bytes += piece.length))
      request.on('end', () => {
        const signed = request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 ') === true
        stored.push({ method: request.method, url: request.url, signed, bytes })
        response.end()
      })
    })
    await new Promise<void>((resolve) => bucket.listen(0, '127.0.0.1', resolve))
    const address = bucket.address()
    const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/results`
    const { create, read } = startGateway({
      baseUrl: kie.url,
      resultHosts: [new URL(kie.url).host],
      fetch: undefined,
      onTaskFinished: saveToS3(url, { accessKeyId: 'id', secretAccessKey: 'secret' }),
    })
    const taskId = await create()
    fake.finish(taskId)
    await read(taskId)
    await expect.poll(() => stored.length, { timeout: 4_000 }).toBe(1)
    const other = await create({ user: '..' })
    fake.finish(other)
    await read(other, '..')
    await expect.poll(() => stored[1]?.url, { timeout: 4_000 }).toContain(`/results/%252E%252E/${other}/1.`)
    expect(stored[0]).toMatchObject({
      method: 'PUT',
      url: expect.stringContaining(`/results/ann/${taskId}/1.`) as string,
      signed: true,
    })
    expect(stored[0]?.bytes).toBeGreaterThan(100)
    bucket.close()
    bucket.closeAllConnections()
  })
})
