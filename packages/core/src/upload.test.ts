import { createFakeKie } from '@kiekit/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createKieClient } from './client.ts'
import type { KieClientOptions } from './client-options.ts'

afterEach(() => void vi.unstubAllGlobals())

const png = new File(['png'], 'photo.png', { type: 'image/png' })

function clientOf(data: unknown, options: KieClientOptions = {}) {
  const fetch = vi.fn<typeof globalThis.fetch>(async () => new Response(JSON.stringify({ code: 200, msg: 'ok', data })))
  return { fetch, client: createKieClient({ fetch, ...options }) }
}

describe('uploadFile', () => {
  it('puts a file where models can fetch it', async () => {
    const fake = createFakeKie()
    const client = createKieClient({ baseUrl: 'https://app.test', fetch: fake.fetch })
    const { url } = await client.uploadFile(png, { fileName: 'mine.png', uploadPath: 'images' })
    const served = await fake.fetch(url)
    expect(await served.text()).toBe('png')
    expect(url).toContain('mine.png')
  })

  it('has an address fetched', async () => {
    const { client, fetch } = clientOf({ fileUrl: 'https://cdn.test/b.png', expiresAt: 'soon' })
    expect(await client.uploadFile(new URL('https://elsewhere.test/a.png'))).toEqual({ url: 'https://cdn.test/b.png' })
    const [url, init] = fetch.mock.calls[0] ?? []
    expect(url).toBe('https://kieai.redpandaai.co/api/file-url-upload')
    expect(init?.body).toBe('{"fileUrl":"https://elsewhere.test/a.png","uploadPath":"kiekit"}')
  })

  it('reads a reply that says success and no code', async () => {
    const fetch = async () => new Response('{"success":true,"data":{"fileUrl":"https://cdn.test/c.png"}}')
    expect(await createKieClient({ fetch }).uploadFile(png)).toEqual({ url: 'https://cdn.test/c.png' })
    const refused = async () => new Response('{"success":false,"data":null}')
    await expect(createKieClient({ fetch: refused }).uploadFile(png)).rejects.toMatchObject({
      kind: 'invalid-response',
    })
  })

  it('sends a form, with the file last', async () => {
    const { client, fetch } = clientOf({ downloadUrl: 'https://cdn.test/a.png' })
    await client.uploadFile(png)
    const body = fetch.mock.calls[0]?.[1]?.body
    const entries = body instanceof FormData ? [...body.entries()] : []
    expect(entries.map(([name]) => name)).toEqual(['uploadPath', 'file'])
    expect(entries[1]?.[1]).toMatchObject({ name: 'photo.png', size: 3 })
    expect(new Headers(fetch.mock.calls[0]?.[1]?.headers).has('content-type')).toBe(false)
  })

  it('gives a nameless blob a name', async () => {
    const { client, fetch } = clientOf({ downloadUrl: 'https://cdn.test/a.png' })
    await client.uploadFile(new Blob(['x']))
    const body = fetch.mock.calls[0]?.[1]?.body
    expect(body instanceof FormData && body.get('file')).toMatchObject({ name: 'file' })
  })

  it.each([
    [{}, 'https://kieai.redpandaai.co/api/file-stream-upload'],
    [{ baseUrl: 'https://api.kie.ai' }, 'https://kieai.redpandaai.co/api/file-stream-upload'],
    [{ baseUrl: '/api/kie' }, '/api/kie/api/file-stream-upload'],
    [{ baseUrl: 'http://127.0.0.1:8787' }, 'http://127.0.0.1:8787/api/file-stream-upload'],
    [{ baseUrl: 'https://kie.ai.evil.test' }, 'https://kie.ai.evil.test/api/file-stream-upload'],
    [{ baseUrl: '/api/kie', uploadBaseUrl: 'https://up.test/' }, 'https://up.test/api/file-stream-upload'],
  ])('goes with %j to %s', async (options, url) => {
    const { client, fetch } = clientOf({ downloadUrl: 'https://cdn.test/a.png' }, options)
    await client.uploadFile(png)
    expect(fetch.mock.calls[0]?.[0]).toBe(url)
  })

  it.each(['data:text/plain,x', 'file:///etc/passwd', 'javascript:alert(1)'])(
    'has nothing fetched from %s',
    async (address) => {
      const { client, fetch } = clientOf({})
      await expect(client.uploadFile(new URL(address))).rejects.toMatchObject({ kind: 'validation' })
      expect(fetch).not.toHaveBeenCalled()
    },
  )

  it('gives no address that no page may open', async () => {
    const { client } = clientOf({ downloadUrl: 'javascript:alert(1)' })
    await expect(client.uploadFile(png)).rejects.toMatchObject({ kind: 'invalid-response', outcome: 'known' })
  })

  it('keeps to a fetch of yours, also when progress is asked for', async () => {
    vi.stubGlobal('XMLHttpRequest', vi.fn())
    const { client, fetch } = clientOf({ downloadUrl: 'https://cdn.test/a.png' })
    await client.uploadFile(png, { onProgress: () => undefined })
    expect(fetch).toHaveBeenCalledOnce()
    expect(XMLHttpRequest).not.toHaveBeenCalled()
  })
})

/** As much of a browser's XMLHttpRequest as an upload touches; `sent` are the requests so far. */
class BrowserRequest {
  static sent: BrowserRequest[] = []
  upload: { onprogress?: (event: { lengthComputable: boolean; loaded: number; total: number }) => void } = {}
  onload?: () => void
  onerror?: () => void
  status = 0
  responseText = ''
  retryAfter: string | null = null
  isAborted = false
  opened: unknown[] = []
  headers: Record<string, string> = {}
  body: unknown
  open(...args: unknown[]) {
    this.opened = args
  }
  setRequestHeader(name: string, value: string) {
    this.headers[name] = value
  }
  getResponseHeader(name: string) {
    return name === 'retry-after' ? this.retryAfter : null
  }
  send(body: unknown) {
    this.body = body
    BrowserRequest.sent.push(this)
  }
  abort() {
    this.isAborted = true
  }
}

describe('progress', () => {
  async function startUpload(signal?: AbortSignal) {
    BrowserRequest.sent = []
    vi.stubGlobal('XMLHttpRequest', BrowserRequest)
    const fractions: number[] = []
    const client = createKieClient({ baseUrl: '/api/kie', headers: { 'x-session': 'a' } })
    const uploaded = client.uploadFile(png, { signal, onProgress: (fraction) => fractions.push(fraction) })
    await vi.waitFor(() => expect(BrowserRequest.sent).toHaveLength(1))
    const [request] = BrowserRequest.sent
    if (!request) throw new Error('nothing was sent')
    return { request, uploaded, fractions }
  }

  it('is told in a browser, as the share that has left', async () => {
    const { request, uploaded, fractions } = await startUpload()
    expect(request.opened).toEqual(['POST', '/api/kie/api/file-stream-upload'])
    expect(request.headers).toEqual({ 'x-session': 'a' })
    expect(request.body).toBeInstanceOf(FormData)
    request.upload.onprogress?.({ lengthComputable: true, loaded: 1, total: 4 })
    request.upload.onprogress?.({ lengthComputable: false, loaded: 2, total: 0 })
    request.upload.onprogress?.({ lengthComputable: true, loaded: 4, total: 4 })
    request.status = 200
    request.responseText = '{"code":200,"data":{"downloadUrl":"https://cdn.test/a.png"}}'
    request.onload?.()
    expect(await uploaded).toEqual({ url: 'https://cdn.test/a.png' })
    expect(fractions).toEqual([0.25, 1])
  })

  it('brings errors as any request does', async () => {
    const limited = await startUpload()
    limited.request.status = 429
    limited.request.retryAfter = '3'
    limited.request.onload?.()
    await expect(limited.uploaded).rejects.toMatchObject({ kind: 'rate-limit', retryAfterMs: 3000 })
    const cut = await startUpload()
    cut.request.onerror?.()
    await expect(cut.uploaded).rejects.toMatchObject({ kind: 'network' })
  })

  it('ends at once on an abort', async () => {
    const controller = new AbortController()
    const { request, uploaded } = await startUpload(controller.signal)
    controller.abort()
    await expect(uploaded).rejects.toMatchObject({ kind: 'aborted' })
    expect(request.isAborted).toBe(true)
  })
})
