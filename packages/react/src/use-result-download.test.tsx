import { type KieClient, KieError } from '@kiekit/core'
import { act, renderHook, waitFor } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { createTestApp } from '../test/test-app.tsx'
import { useResultDownload } from './use-result-download.ts'

function gateway(answer: () => Response) {
  const asked: string[] = []
  const client: KieClient = {
    ...createTestApp().client,
    open: async (path) => {
      asked.push(path)
      return answer()
    },
  }
  return { asked, wrapper: createTestApp({ provider: { client } }).wrapper }
}

describe('useResultDownload', () => {
  it('has the browser save a result under the gateway’s name for it', async () => {
    const { asked, wrapper } = gateway(
      () => new Response('bytes', { headers: { 'content-disposition': 'attachment; filename="lake-1.png"' } }),
    )
    const saved: string[] = []
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push(`${this.download} from ${this.href}`)
    })
    URL.createObjectURL = () => 'blob:here'
    URL.revokeObjectURL = () => {}
    const { result } = renderHook(() => useResultDownload(), { wrapper })
    await act(() => result.current.download({ taskId: 'a b', index: 2, part: 'poster' }))
    expect(asked).toEqual(['/api/v1/kiekit/download?taskId=a+b&index=2&part=poster'])
    expect(saved).toEqual(['lake-1.png from blob:here'])
    await waitFor(() => expect(result.current).toMatchObject({ isDownloading: false, error: null }))
  })

  it('hands over a file for an archive', async () => {
    const { wrapper } = gateway(() => new Response('bytes', { headers: { 'content-type': 'image/png' } }))
    const { result } = renderHook(() => useResultDownload(), { wrapper })
    const file = await result.current.fetchFile({ taskId: 't', index: 0, fileName: 'mine.png' })
    expect([file.name, file.type, file.size]).toEqual(['mine.png', 'image/png', 5])
  })

  it('hands over a file as it comes, with its size where that is known', async () => {
    let end = () => {}
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('begin'))
        end = () => controller.close()
      },
    })
    const headers = { 'content-type': 'video/mp4', 'content-length': '5' }
    const { wrapper } = gateway(() => new Response(body, { headers }))
    const { result } = renderHook(() => useResultDownload(), { wrapper })
    const file = await result.current.openFile({ taskId: 't', index: 3 })
    expect(file).toMatchObject({ name: 't-3', type: 'video/mp4', size: 5 })
    const reader = file.body.getReader()
    expect((await reader.read()).value).toHaveLength(5)
    end()
    expect((await reader.read()).done).toBe(true)
  })

  it('does not believe a size that was counted before unpacking', async () => {
    const headers = { 'content-encoding': 'gzip', 'content-length': '2' }
    const { wrapper } = gateway(() => new Response('bytes', { headers }))
    const { result } = renderHook(() => useResultDownload(), { wrapper })
    expect((await result.current.openFile({ taskId: 't', index: 0 })).size).toBeNull()
  })

  it('can be called off in the middle of a file, which is no error to show', async () => {
    const abort = new AbortController()
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => abort.signal.addEventListener('abort', () => controller.error(abort.signal.reason)),
    })
    const { wrapper } = gateway(() => new Response(body))
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {})
    const { result } = renderHook(() => useResultDownload(), { wrapper })
    const saving = result.current.download({ taskId: 't', index: 0 }, { signal: abort.signal })
    const refused = expect(saving).rejects.toMatchObject({ kind: 'aborted' })
    await waitFor(() => expect(result.current.isDownloading).toBe(true))
    act(() => abort.abort())
    await refused
    await waitFor(() => expect(result.current).toMatchObject({ isDownloading: false, error: null }))
    expect(click).not.toHaveBeenCalled()
  })

  it('tells of a connection that breaks in the middle of a file', async () => {
    const body = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new TypeError('lost')) })
    const { wrapper } = gateway(() => new Response(body))
    const { result } = renderHook(() => useResultDownload(), { wrapper })
    await expect(result.current.fetchFile({ taskId: 't', index: 0 })).rejects.toMatchObject({ kind: 'network' })
  })

  it('tells why a result cannot be saved', async () => {
    const { wrapper } = gateway(() => {
      throw new KieError('gone', { kind: 'not-found' })
    })
    const { result } = renderHook(() => useResultDownload(), { wrapper })
    await act(async () => {
      await result.current.download({ taskId: 't', index: 0 }).catch(() => {})
    })
    await waitFor(() => expect(result.current.error).toMatchObject({ kind: 'not-found' }))
  })

  it('says what to do where there is no gateway', async () => {
    const { client } = createTestApp()
    const { wrapper } = createTestApp({ provider: { client: { ...client, open: undefined } } })
    const { result } = renderHook(() => useResultDownload(), { wrapper })
    await expect(result.current.fetchFile({ taskId: 't', index: 0 })).rejects.toThrow(/createKieClient\(\{ baseUrl/)
  })
})
