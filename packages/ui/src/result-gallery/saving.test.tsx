import { createKieClient, type TaskResult } from '@kiekit/core'
import { KieProvider } from '@kiekit/react'
import { createFakeKie } from '@kiekit/testing'
import { act, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { type ReactNode, useState } from 'react'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { followed, succeededTask } from '../samples/sample-task.stories-support.ts'
import { ResultGallery } from './result-gallery.tsx'

const image = (name: string): TaskResult => ({ kind: 'image', url: `https://files.example/${name}.png` })
const pictures = succeededTask([image('a'), image('b'), image('c')])
const films = succeededTask([image('a'), { kind: 'video', url: 'https://files.example/b.mp4' }])
const boxes = () => screen.getAllByRole('checkbox')
/** What is shown of a saving; the announcer has the same words. */
const findStatus = (text: string | RegExp) => screen.findByText(text, { selector: '[data-slot$="save-status"]' })
const button = (name: string | RegExp) => screen.getByRole('button', { name })

/** A page with a gateway that has every file, and what it was asked for. */
function withGateway(
  children: ReactNode,
  answer: (index: number, signal: AbortSignal | undefined) => Response = (index) => new Response(`file ${index}`),
) {
  const asked: number[] = []
  const client = {
    ...createKieClient({ baseUrl: 'https://app.example', fetch: createFakeKie().fetch }),
    open: async (path: string, { signal }: { signal?: AbortSignal | undefined } = {}) => {
      const index = Number(new URL(path, 'https://app.example').searchParams.get('index'))
      asked.push(index)
      return answer(index, signal)
    },
  }
  render(<KieProvider client={client}>{children}</KieProvider>)
  return asked
}

describe('saving', () => {
  // Loaded by the first saving: on a busy machine reading its file takes longer than a test waits for words to show.
  beforeAll(() => import('./save-archive.ts'))
  const saved: { name: string; bytes: Blob }[] = []
  beforeEach(() => {
    saved.length = 0
    const offered = new Map<string, Blob>()
    URL.createObjectURL = (blob) => {
      const address = `blob:${offered.size}`
      if (blob instanceof Blob) offered.set(address, blob)
      return address
    }
    URL.revokeObjectURL = () => {}
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push({ name: this.download, bytes: offered.get(this.href) ?? new Blob() })
    })
  })
  afterEach(() => {
    vi.restoreAllMocks()
    Reflect.deleteProperty(window, 'showSaveFilePicker')
  })

  it('is offered also for a task that the app follows itself', () => {
    withGateway(<ResultGallery task={followed({ status: 'success', task: pictures, results: pictures.results })} />)
    expect(screen.getAllByRole('button', { name: 'Save' })).toHaveLength(3)
    expect(button('Save all 3 as a zip')).toBeEnabled()
  })

  it('puts a few pictures into one archive', async () => {
    const asked = withGateway(<ResultGallery task={pictures} />)
    await userEvent.click(button(/^Save all/))
    await waitFor(() => expect(saved).toHaveLength(1))
    expect(saved[0]?.name).toBe(`${pictures.taskId}.zip`)
    expect(asked).toEqual([0, 1, 2])
    expect(saved[0]?.bytes.size).toBeGreaterThan(100)
    expect(button('Save all 3 as a zip')).toBeEnabled()
  })

  it('takes only those that were chosen, and one of them as it is', async () => {
    const asked = withGateway(<ResultGallery task={pictures} selectable />)
    expect(button('Save selected')).toHaveAttribute('aria-disabled', 'true')
    const [first, , third] = boxes()
    await userEvent.click(third ?? document.body)
    await userEvent.click(button('Save 1 selected'))
    await waitFor(() => expect(saved.map((each) => each.name)).toEqual([`${pictures.taskId}-2`]))
    await userEvent.click(first ?? document.body)
    await userEvent.click(button('Save 2 selected'))
    await waitFor(() => expect(saved).toHaveLength(2))
    expect(asked).toEqual([2, 0, 2])
    expect(saved[1]?.name).toBe(`${pictures.taskId}.zip`)
  })

  /** A platform that writes files: what was written, and how it ended. */
  function withFilePicker() {
    const file = { name: '', bytes: 0, end: null as 'closed' | 'aborted' | null, isRemoved: false }
    const createWritable = async () =>
      new WritableStream<Uint8Array>({
        write: (chunk) => void (file.bytes += chunk.byteLength),
        close: () => void (file.end = 'closed'),
        abort: () => void (file.end = 'aborted'),
      })
    const showSaveFilePicker = async ({ suggestedName }: { suggestedName: string }) => {
      file.name = suggestedName
      return {
        createWritable,
        getFile: async () => new File([], suggestedName),
        remove: async () => void (file.isRemoved = true),
      }
    }
    Object.assign(window, { showSaveFilePicker })
    return file
  }

  /** A file that sends a little and then nothing, until it is called off or `fail` is called. */
  function withoutEnd(signal: AbortSignal | undefined) {
    let fail: (error: unknown) => void = () => {}
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new Uint8Array(3))
        fail = (error) => controller.error(error)
        signal?.addEventListener('abort', () => controller.error(signal.reason))
      },
    })
    return { response: new Response(body), fail }
  }

  it('writes films to a file of the user’s choice as they arrive', async () => {
    const file = withFilePicker()
    const film = { end: () => {} }
    withGateway(<ResultGallery task={films} />, (index) => {
      if (index === 0) return new Response('file')
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new Uint8Array(5000))
          film.end = () => controller.close()
        },
      })
      return new Response(body)
    })
    await userEvent.click(button(/^Save all/))
    // The film has not ended, and what came of it is written.
    await waitFor(() => expect(file.bytes).toBeGreaterThan(5000))
    expect(file.end).toBeNull()
    expect(screen.getByText('Saving 2 of 2')).toBeInTheDocument()
    film.end()
    expect(await findStatus('2 files saved.')).toBeInTheDocument()
    expect(file).toMatchObject({ name: `${films.taskId}.zip`, end: 'closed', isRemoved: false })
    expect(saved).toEqual([])
  })

  it('saves the others when one cannot be fetched, says which, and fetches that one when asked again', async () => {
    let isGone = true
    const asked = withGateway(<ResultGallery task={pictures} />, (index) => {
      if (index === 1 && isGone) throw new Error('gone')
      return new Response(`file ${index}`)
    })
    await userEvent.click(button(/^Save all/))
    expect(await findStatus('2 of 3 saved. Could not be fetched: result 2.')).toBeInTheDocument()
    await waitFor(() => expect(document.querySelector('[data-slot="kie-announcer"]')).toHaveTextContent('2 of 3 saved'))
    expect(saved.map(({ name }) => name)).toEqual([`${pictures.taskId}.zip`])
    isGone = false
    await userEvent.click(button('Try again'))
    expect(await findStatus('1 file saved.')).toBeInTheDocument()
    expect(asked).toEqual([0, 1, 2, 1])
    expect(saved.map(({ name }) => name)).toEqual([`${pictures.taskId}.zip`, `${pictures.taskId}-1`])
    expect(button('Save all 3 as a zip')).toBeEnabled()
  })

  it('keeps nothing when none can be fetched', async () => {
    const file = withFilePicker()
    withGateway(<ResultGallery task={films} />, () => {
      throw new Error('gone')
    })
    await userEvent.click(button(/^Save all/))
    expect(await findStatus(/^Could not be saved/)).toBeInTheDocument()
    expect(button('Try again')).toHaveFocus()
    expect(file).toMatchObject({ end: 'aborted', isRemoved: true })
  })

  it('leaves no half of an archive behind when a file breaks off, says which one, and begins again when asked', async () => {
    const file = withFilePicker()
    let fail = (_error: unknown) => {}
    const asked = withGateway(<ResultGallery task={films} />, (index, signal) => {
      if (index === 0) return new Response('file')
      const film = withoutEnd(signal)
      fail = film.fail
      return film.response
    })
    await userEvent.click(button(/^Save all/))
    await findStatus('Saving 2 of 2')
    fail(new TypeError('network error'))
    expect(await findStatus('0 of 2 saved. Could not be fetched: result 2.')).toBeInTheDocument()
    expect(file).toMatchObject({ end: 'aborted', isRemoved: true })
    await userEvent.click(button('Try again'))
    await waitFor(() => expect(asked).toEqual([0, 1, 0, 1]))
  })

  it.each(['the button', 'Escape'])('is called off by %s, also in the middle of a file', async (way) => {
    const user = userEvent.setup()
    const file = withFilePicker()
    const signals: AbortSignal[] = []
    withGateway(<ResultGallery task={films} />, (_index, signal) => {
      if (signal) signals.push(signal)
      return withoutEnd(signal).response
    })
    await user.click(button(/^Save all/))
    await waitFor(() => expect(file.bytes).toBeGreaterThan(0))
    await (way === 'Escape' ? user.keyboard('{Escape}') : user.click(button('Cancel')))
    expect(await findStatus('Saving cancelled. Nothing was saved.')).toBeInTheDocument()
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
    expect(file).toMatchObject({ end: 'aborted', isRemoved: true })
    expect(button('Save all 2 as a zip')).toHaveFocus()
  })

  it('is not called off by the second click of a double click', async () => {
    const user = userEvent.setup()
    withGateway(<ResultGallery task={pictures} />)
    await user.dblClick(button(/^Save all/))
    expect(await findStatus('3 files saved.')).toBeInTheDocument()
    expect(saved).toHaveLength(1)
  })

  it('of a single file is called off by its button', async () => {
    const user = userEvent.setup()
    const signals: AbortSignal[] = []
    withGateway(<ResultGallery task={succeededTask([image('a')])} />, (_index, signal) => {
      if (signal) signals.push(signal)
      return withoutEnd(signal).response
    })
    await user.click(button('Save'))
    await user.click(await screen.findByRole('button', { name: 'Saving · Cancel' }))
    expect(await screen.findByRole('button', { name: 'Save' })).toHaveFocus()
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
    expect(saved).toEqual([])
  })

  it('does nothing when the user chooses no file', async () => {
    const showSaveFilePicker = vi.fn(() => Promise.reject(new DOMException('declined', 'AbortError')))
    Object.assign(window, { showSaveFilePicker })
    const asked = withGateway(<ResultGallery task={films} />)
    await userEvent.click(button(/^Save all/))
    expect(showSaveFilePicker).toHaveBeenCalledOnce()
    expect(await screen.findByRole('button', { name: 'Save all 2 as a zip' })).toBeEnabled()
    expect([asked, saved]).toEqual([[], []])
  })

  it('stays with its task when another is shown, and is there again with it', async () => {
    const file = withFilePicker()
    let show = (_taskId: string) => {}
    function App() {
      const [taskId, setTaskId] = useState(films.taskId)
      show = setTaskId
      return <ResultGallery task={{ ...films, taskId }} />
    }
    withGateway(<App />, (_index, signal) => withoutEnd(signal).response)
    await userEvent.click(button(/^Save all/))
    await waitFor(() => expect(file.bytes).toBeGreaterThan(0))
    act(() => show('another'))
    expect(button('Save all 2 as a zip')).toBeEnabled()
    expect(screen.queryByRole('button', { name: 'Cancel' })).not.toBeInTheDocument()
    act(() => show(films.taskId))
    await userEvent.click(button('Cancel'))
    expect(await findStatus('Saving cancelled. Nothing was saved.')).toBeInTheDocument()
  })

  it('keeps the focus where Escape leaves out what was to be saved', async () => {
    const asked = withGateway(<ResultGallery task={pictures} selectable />)
    await userEvent.click(boxes()[0] ?? document.body)
    const save = button('Save 1 selected')
    save.focus()
    await userEvent.keyboard('{Escape}')
    expect(save).toHaveTextContent('Save selected')
    expect(save).toHaveFocus()
    await userEvent.click(save)
    expect(asked).toEqual([])
  })

  it('of one file says aloud that it failed', async () => {
    withGateway(<ResultGallery task={succeededTask([image('a')])} />, () => {
      throw new Error('gone')
    })
    await userEvent.click(button('Save'))
    await waitFor(() =>
      expect(document.querySelector('[data-slot="kie-announcer"]')).toHaveTextContent('Could not be saved'),
    )
  })

  it('is offered for a text by itself', async () => {
    const asked = withGateway(<ResultGallery task={succeededTask([{ kind: 'text', text: 'Words' }])} />)
    await userEvent.click(button('Save'))
    await waitFor(() => expect(saved).toHaveLength(1))
    expect(asked).toEqual([0])
  })

  it('saves texts along with files', async () => {
    const asked = withGateway(<ResultGallery task={succeededTask([image('a'), { kind: 'text', text: 'Words' }])} />)
    await userEvent.click(button('Save all 2 as a zip'))
    expect(await findStatus('2 files saved.')).toBeInTheDocument()
    expect(asked).toEqual([0, 1])
  })
})
