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
