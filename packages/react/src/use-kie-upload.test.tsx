import type { KieClient } from '@kiekit/core'
import { act, renderHook, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { createTestApp } from '../test/test-app.tsx'
import { useKieUpload } from './use-kie-upload.ts'

const picture = new File(['x'], 'in.png', { type: 'image/png' })

describe('useKieUpload', () => {
  it('gives the address under which models can fetch the file', async () => {
    // By its address: jsdom's files are of another realm than the fake's requests.
    const source = async () => new Response('x', { headers: { 'content-type': 'image/png' } })
    const app = createTestApp({ fake: { fetch: source } })
    const { result } = renderHook(() => useKieUpload(), app)
    expect(result.current).toMatchObject({ status: 'idle', progress: null, url: undefined })
    let url: string | undefined
    await act(async () => {
      url = await result.current.upload(new URL('https://example.test/in.png'), { uploadPath: 'inputs' })
    })
    expect(url).toMatch(/^https?:/)
    await waitFor(() => expect(result.current).toMatchObject({ status: 'success', url, error: null }))
  })

  it('shows progress, and takes a cancelled upload for none', async () => {
    const app = createTestApp()
    let report: ((fraction: number) => void) | undefined
    const client: KieClient = {
      ...app.client,
      uploadFile: (file, options) => {
        report = options?.onProgress
        return app.client.uploadFile(file, { signal: options?.signal, fileName: 'slow.png' })
      },
    }
    const { result } = renderHook(() => useKieUpload(), createTestApp({ provider: { client } }))
    let outcome: unknown
    await act(async () => {
      const upload = result.current.upload(picture).catch((error: unknown) => (outcome = error))
      await Promise.resolve()
      report?.(0.5)
      result.current.cancel()
      await upload
    })
    expect(outcome).toMatchObject({ kind: 'aborted' })
    await waitFor(() => expect(result.current).toMatchObject({ status: 'idle', error: null, progress: null }))
  })

  it('tells why it failed, until the next try', async () => {
    const app = createTestApp()
    app.fake.inject('server-error', { times: 1 })
    const { result } = renderHook(() => useKieUpload(), app)
    await act(async () => {
      await result.current.upload(picture).catch(() => {})
    })
    await waitFor(() => expect(result.current).toMatchObject({ status: 'error', error: { kind: 'server' } }))
    await act(async () => {
      await result.current.upload(new URL('https://example.test/in.png')).catch(() => {})
    })
    await waitFor(() => expect(result.current.error?.kind).not.toBe('server'))
  })
})
