import { createKieClient } from '@kiekit/core'
import { expect, test } from 'vitest'
import { createFakeKie } from './fake-kie.ts'

const host = 'https://kieai.redpandaai.co'

function setUp() {
  const fake = createFakeKie({
    fetch: async (url) =>
      url === 'https://files.test/a/cat.png'
        ? new Response('cat', { headers: { 'content-type': 'image/png' } })
        : new Response(null, { status: 404 }),
  })
  const post = async (path: string, body: unknown) => {
    const response = await fake.fetch(host + path, { method: 'POST', body: JSON.stringify(body) })
    return (await response.json()) as {
      code: number
      data: { downloadUrl: string; filePath: string; mimeType: string } | null
    }
  }
  const textAt = async (url = '') => (await fake.fetch(url)).text()
  return { fake, post, textAt }
}

test('a file is uploaded by the client and can be loaded from the address that it got', async () => {
  const { fake, textAt } = setUp()
  const client = createKieClient({ apiKey: 'a-key', fetch: fake.fetch })
  const { url } = await client.uploadFile(new Blob(['a cat'], { type: 'image/png' }), {
    fileName: 'my cat.png',
    uploadPath: 'pets',
  })
  expect(url).toMatch(/\/uploads\/pets\/my%20cat\.png$/)
  expect(await textAt(url)).toBe('a cat')
  expect(fake.requests[0]?.body).toMatchObject({ uploadPath: 'pets', file: { type: 'image/png', size: 5 } })
})

test('the same name replaces what was there', async () => {
  const { post, textAt } = setUp()
  const upload = (text: string) =>
    post('/api/file-base64-upload', { base64Data: btoa(text), uploadPath: 'a', fileName: 'b.png' })
  const first = await upload('one')
  const second = await upload('two')
  expect(second.data?.downloadUrl).toBe(first.data?.downloadUrl)
  expect(await textAt(first.data?.downloadUrl)).toBe('two')
})

test('base64 may come as a data URL, which tells its type', async () => {
  const { post } = setUp()
  const { data } = await post('/api/file-base64-upload', {
    base64Data: `data:image/webp;base64,${btoa('x')}`,
    uploadPath: '/a/',
  })
  expect(data?.mimeType).toBe('image/webp')
  expect(data?.filePath).toMatch(/^a\/\d+\.webp$/)
})

test('a file is fetched from an address, and one that cannot be is refused with 451', async () => {
  const { post, textAt } = setUp()
  const { data } = await post('/api/file-url-upload', { fileUrl: 'https://files.test/a/cat.png', uploadPath: 'pets' })
  expect(data?.filePath).toBe('pets/cat.png')
  expect(await textAt(data?.downloadUrl)).toBe('cat')
  expect((await post('/api/file-url-upload', { fileUrl: 'https://files.test/none' })).code).toBe(451)
})

test('nothing to upload is refused', async () => {
  const { post } = setUp()
  for (const path of ['/api/file-base64-upload', '/api/file-url-upload', '/api/file-stream-upload']) {
    expect((await post(path, { uploadPath: 'a' })).code).toBe(400)
  }
})

test('a form that is cut off is refused, not fatal', async () => {
  const { fake } = setUp()
  const headers = { 'content-type': 'multipart/form-data; boundary=x' }
  const response = await fake.fetch(`${host}/api/file-stream-upload`, { method: 'POST', headers, body: '--x\r\ncut' })
  expect(await response.json()).toMatchObject({ code: 400 })
})
