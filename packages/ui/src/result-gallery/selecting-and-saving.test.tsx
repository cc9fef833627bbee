import { createKieClient, type TaskResult } from '@kiekit/core'
import { KieProvider } from '@kiekit/react'
import { createFakeKie } from '@kiekit/testing'
import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { type ReactNode, useState } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { followed, succeededTask } from '../samples/sample-task.stories-support.ts'
import { ResultGallery } from './result-gallery.tsx'

const image = (name: string): TaskResult => ({ kind: 'image', url: `https://files.example/${name}.png` })
const pictures = succeededTask([image('a'), image('b'), image('c')])
const films = succeededTask([image('a'), { kind: 'video', url: 'https://files.example/b.mp4' }])
const boxes = () => screen.getAllByRole('checkbox')
const checked = () => boxes().map((box) => box.getAttribute('aria-checked') === 'true')
const button = (name: string | RegExp) => screen.getByRole('button', { name })

/** A page with a gateway that has every file, and what it was asked for. */
function withGateway(
  children: ReactNode,
  answer: (index: number) => Response = (index) => new Response(`file ${index}`),
) {
  const asked: number[] = []
  const client = {
    ...createKieClient({ baseUrl: 'https://app.example', fetch: createFakeKie().fetch }),
    open: async (path: string) => {
      const index = Number(new URL(path, 'https://app.example').searchParams.get('index'))
      asked.push(index)
      return answer(index)
    },
  }
  render(<KieProvider client={client}>{children}</KieProvider>)
  return asked
}

describe('choosing results', () => {
  it('is done by a checkbox on each, which has a name of its own', () => {
    render(<ResultGallery task={pictures} selectable />)
    expect(boxes()[1]).toHaveAccessibleName('Select result 2 of 3')
    expect(checked()).toEqual([false, false, false])
  })

  it('is not offered unless it is asked for', () => {
    render(<ResultGallery task={pictures} selected={[0]} />)
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument()
    expect(document.querySelector('[data-selected]')).toBeNull()
  })

  it('works by pointer and by keyboard, tells the app, and marks the tile', async () => {
    const user = userEvent.setup()
    const onSelectedChange = vi.fn()
    render(<ResultGallery task={pictures} selectable onSelectedChange={onSelectedChange} />)
    const [first, , third] = boxes()
    if (!first || !third) throw new Error('three boxes were expected')
    await user.click(third)
    await user.tab({ shift: true })
    first.focus()
    await user.keyboard(' ')
    expect(checked()).toEqual([true, false, true])
    expect(document.querySelectorAll('[data-slot="result-gallery-tile"][data-selected]')).toHaveLength(2)
    await user.click(third)
    expect(onSelectedChange.mock.calls).toEqual([[[2]], [[0, 2]], [[0]]])
  })

  it('is left to an app that keeps it', async () => {
    function App() {
      const [selected, setSelected] = useState<readonly number[]>([1])
      // At most one: the app has the last word.
      return (
        <ResultGallery
          task={pictures}
          selectable
          selected={selected}
          onSelectedChange={(next) => setSelected(next.slice(-1))}
        />
      )
    }
    render(<App />)
    expect(checked()).toEqual([false, true, false])
    await userEvent.click(boxes()[2] ?? document.body)
    expect(checked()).toEqual([false, false, true])
  })

  it('begins anew with another task', async () => {
    const { rerender } = render(<ResultGallery task={pictures} selectable />)
    await userEvent.click(boxes()[0] ?? document.body)
    rerender(<ResultGallery task={{ ...pictures, taskId: 'another' }} selectable />)
    expect(checked()).toEqual([false, false, false])
  })
})

describe('saving', () => {
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
    expect(button('Save selected')).toBeDisabled()
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
    const file = { name: '', bytes: 0, end: null as 'closed' | 'aborted' | null }
    const writable = new WritableStream<Uint8Array>({
      write: (chunk) => void (file.bytes += chunk.byteLength),
      close: () => void (file.end = 'closed'),
      abort: () => void (file.end = 'aborted'),
    })
    const showSaveFilePicker = async ({ suggestedName }: { suggestedName: string }) => {
      file.name = suggestedName
      return { createWritable: async () => writable }
    }
    Object.assign(window, { showSaveFilePicker })
    return file
  }

  it('writes films to a file of the user’s choice as they arrive', async () => {
    const file = withFilePicker()
    withGateway(<ResultGallery task={films} />)
    await userEvent.click(button(/^Save all/))
    await waitFor(() => expect(file.end).toBe('closed'))
    expect(file.name).toBe(`${films.taskId}.zip`)
    expect(file.bytes).toBeGreaterThan(100)
    expect(saved).toEqual([])
  })

  it('leaves no half of an archive behind, and says that it failed', async () => {
    const file = withFilePicker()
    withGateway(<ResultGallery task={films} />, (index) => {
      if (index === 1) throw new Error('gone')
      return new Response('file')
    })
    await userEvent.click(button(/^Save all/))
    expect(await screen.findByRole('button', { name: /Could not be saved/ })).toBeEnabled()
    expect(file.end).toBe('aborted')
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
})
