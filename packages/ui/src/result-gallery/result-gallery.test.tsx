import { createKieClient, type TaskResult } from '@kiekit/core'
import { KieProvider } from '@kiekit/react'
import { createFakeKie } from '@kiekit/testing'
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { StrictMode } from 'react'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  errorTask,
  everyState,
  failedTask,
  followed,
  pendingTask,
  succeededTask,
} from '../samples/sample-task.stories-support.ts'
// Loaded here, so that opening the viewer in a test does not wait for the module.
import '../result-viewer/lightbox.tsx'
import { ResultGallery } from './result-gallery.tsx'

const image = (name: string): TaskResult => ({ kind: 'image', url: `https://files.example/${name}.png` })
const tiles = () => [...document.querySelectorAll<HTMLElement>('[data-slot="result-gallery-tile"]')]
const announcer = () => document.querySelector('[data-slot="kie-announcer"]')
const skeletons = () => [...document.querySelectorAll<HTMLElement>('[data-slot="result-gallery-skeleton"]')]

describe('while a task runs', () => {
  it('holds a place for each result that was asked for, in the ratio that was asked for', () => {
    render(<ResultGallery task={pendingTask('generating', null, { num_images: 4, aspect_ratio: '16:9' })} />)
    expect(skeletons()).toHaveLength(4)
    expect(Number.parseFloat(skeletons()[0]?.style.aspectRatio ?? '')).toBeCloseTo(16 / 9)
    expect(screen.getByRole('list', { name: '4 results on their way' })).toBeInTheDocument()
  })

  it('keeps the shape when the results arrive', () => {
    const input = { n: 2, aspect_ratio: '3:4' }
    const { rerender } = render(<ResultGallery task={pendingTask('generating', null, input)} />)
    const before = skeletons().map((tile) => tile.getAttribute('style'))
    rerender(<ResultGallery task={succeededTask([image('a'), image('b')], input)} />)
    expect(tiles().map((tile) => tile.getAttribute('style'))).toEqual(before)
  })

  it('believes the app before the request, so that nothing moves when that is known', () => {
    const { rerender } = render(<ResultGallery task={followed({ status: 'loading' })} ratio="9:16" count={3} />)
    const before = skeletons().map((tile) => tile.getAttribute('style'))
    rerender(
      <ResultGallery task={pendingTask('waiting', null, { n: 1, aspect_ratio: '1:1' })} ratio="9:16" count={3} />,
    )
    expect(skeletons().map((tile) => tile.getAttribute('style'))).toEqual(before)
    expect(skeletons()).toHaveLength(3)
    expect(Number.parseFloat(skeletons()[0]?.style.aspectRatio ?? '')).toBeCloseTo(9 / 16)
  })

  it('keeps the places after a time-out, and leaves them when the task failed', () => {
    const { rerender } = render(
      <ResultGallery task={followed({ status: 'timed-out', task: pendingTask('generating') })} />,
    )
    expect(skeletons()).toHaveLength(1)
    rerender(<ResultGallery task={failedTask('provider')} />)
    expect(skeletons()).toHaveLength(0)
  })

  it('says calmly that there is nothing to come, and leaves the reason to others', () => {
    const { rerender } = render(<ResultGallery task={failedTask('provider')} />)
    expect(screen.getByText('No results: the task failed.')).toBeInTheDocument()
    rerender(<ResultGallery task={errorTask('not-found')} />)
    expect(screen.getByText('No results: the task is not available.')).toBeInTheDocument()
  })
})

describe('what a task made', () => {
  it('shows each result once, in order, described by its prompt', () => {
    render(<ResultGallery task={succeededTask([image('a'), image('b'), image('c')])} />)
    const images = screen.getAllByRole('img')
    expect(images.map((each) => each.getAttribute('src'))).toEqual([
      'https://files.example/a.png',
      'https://files.example/b.png',
      'https://files.example/c.png',
    ])
    expect(images[1]).toHaveAccessibleName('Image 2 of 3: A quiet harbour at dawn, long exposure')
  })

  it('has a tile for every kind', () => {
    const results: TaskResult[] = [
      image('a'),
      { kind: 'video', url: 'https://files.example/b.mp4', posterUrl: 'https://files.example/b.jpg' },
      { kind: 'audio', url: 'https://files.example/c.mp3', title: 'Night train' },
      { kind: 'text', text: '<b>not markup</b>', title: 'Lyrics' },
      { kind: 'data', data: { subject_status: 1 } },
      { kind: 'file', url: 'https://files.example/notes.mid' },
    ]
    render(<ResultGallery task={succeededTask(results)} />)
    expect(tiles().map((tile) => tile.dataset['kind'])).toEqual(results.map((result) => result.kind))
    expect(screen.getByLabelText('Video 2 of 6')).toHaveAttribute('poster', 'https://files.example/b.jpg')
    expect(screen.getByLabelText('Night train')).toHaveAttribute('controls')
    expect(screen.getByRole('group', { name: 'Lyrics' })).toHaveTextContent('<b>not markup</b>')
    expect(screen.getByText(/"subject_status": 1/)).toBeInTheDocument()
    expect(screen.getByText('notes.mid')).toBeInTheDocument()
    const links = screen.getAllByRole('link', { name: 'Open' }).map((each) => each.getAttribute('href'))
    expect(links).toContain('https://files.example/notes.mid')
  })

  it('sets titles in their own direction', () => {
    const title = '<script>…'
    render(
      <ResultGallery
        task={succeededTask([
          { kind: 'audio', url: 'https://files.example/a.mp3', title },
          { kind: 'file', url: 'https://files.example/b.mid', title },
          { kind: 'text', text: 'Open Water', title },
        ])}
      />,
    )
    expect(screen.getAllByText(title).map((each) => each.getAttribute('dir'))).toEqual(['auto', 'auto', 'auto'])
  })

  it('copies a text', async () => {
    const user = userEvent.setup()
    render(<ResultGallery task={succeededTask([{ kind: 'text', text: 'Open Water' }])} />)
    await user.click(screen.getByRole('button', { name: 'Copy' }))
    expect(await navigator.clipboard.readText()).toBe('Open Water')
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeInTheDocument()
  })

  it('says so where it cannot be copied, as over plain http', async () => {
    render(<ResultGallery task={succeededTask([{ kind: 'text', text: 'Open Water' }])} />)
    Reflect.deleteProperty(navigator, 'clipboard')
    const copy = screen.getByRole('button', { name: 'Copy' })
    fireEvent.click(copy)
    await waitFor(() => expect(copy).toHaveAccessibleName('Could not be copied'))
    await waitFor(() => expect(announcer()).toHaveTextContent('Could not be copied'))
  })

  it('shows one large, as wide as it can be', () => {
    render(<ResultGallery task={succeededTask([image('a')], { aspect_ratio: '16:9' })} />)
    expect(tiles()[0]?.style.inlineSize).toMatch(/^min\(100%/)
    expect(tiles()[0]?.parentElement).toHaveClass('kie:block')
  })

  it('says so when there are no files', () => {
    render(<ResultGallery task={succeededTask([])} />)
    expect(screen.getByText(/finished without any files/)).toBeInTheDocument()
  })

  it('renders on the server for every state', () => {
    for (const task of Object.values(everyState)) {
      expect(renderToString(<ResultGallery task={task} />)).toContain('data-slot="result-gallery"')
    }
  })
})

describe('files that cannot be shown', () => {
  it('replaces the broken one alone, and tries again when asked', async () => {
    render(<ResultGallery task={succeededTask([image('a'), image('b')])} />)
    const [first, second] = screen.getAllByRole('img')
    if (!first || !second) throw new Error('two pictures were expected')
    fireEvent.error(first)
    expect(first).not.toBeInTheDocument()
    expect(second).toBeInTheDocument()
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(screen.getAllByRole('img')).toHaveLength(2)
    expect(screen.queryByText(/could not be shown/)).not.toBeInTheDocument()
  })

  it('counts a picture without a size as broken', () => {
    render(<ResultGallery task={succeededTask([image('a'), image('b')])} />)
    const [first, second] = screen.getAllByRole<HTMLImageElement>('img')
    if (!first || !second) throw new Error('two pictures were expected')
    for (const [picture, size] of [
      [first, 0],
      [second, 16],
    ] as const) {
      Object.defineProperty(picture, 'complete', { value: true })
      Object.defineProperty(picture, 'naturalWidth', { value: size })
      fireEvent.load(picture)
    }
    expect(first).not.toBeInTheDocument()
    expect(second).toBeInTheDocument()
    expect(screen.getByText(/could not be shown/)).toBeInTheDocument()
  })

  it('offers to save a film that this browser cannot play', async () => {
    const fake = createFakeKie()
    const taskId = fake.addTask({ model: 'veo3_fast', input: {} }, { scenario: 'unplayable', ageMs: 60_000 })
    render(
      <KieProvider client={createKieClient({ baseUrl: 'https://app.example', fetch: fake.fetch })}>
        <ResultGallery taskId={taskId} refreshUrl={async (url) => url} />
      </KieProvider>,
    )
    fireEvent.error(await screen.findByLabelText('Video 1 of 1'))
    // A fresh link is tried before.
    fireEvent.error(await screen.findByLabelText('Video 1 of 1'))
    expect(await screen.findByText(/could not be played here/)).toBeInTheDocument()
    expect(screen.getByRole('button', { name: 'Save' })).toHaveTextContent('Save')
  })

  it('asks once for a fresh address when a link has expired, and only then gives up', async () => {
    const asked: string[] = []
    const refreshUrl = async (url: string) => {
      asked.push(url)
      return 'https://files.example/fresh.png'
    }
    render(<ResultGallery task={succeededTask([image('expired')])} refreshUrl={refreshUrl} />)
    fireEvent.error(screen.getByRole('img'))
    const renewed = await screen.findByRole('img')
    expect(renewed).toHaveAttribute('src', 'https://files.example/fresh.png')
    fireEvent.error(renewed)
    expect(await screen.findByText(/could not be shown/)).toBeInTheDocument()
    expect(asked).toEqual(['https://files.example/expired.png'])
  })

  it('asks the gateway for a fresh address by itself inside a provider, and again when asked to', async () => {
    const fake = createFakeKie()
    const taskId = fake.addTask({ model: 'z-image', input: {} }, { scenario: 'image', ageMs: 60_000 })
    const client = createKieClient({ baseUrl: 'https://app.example', fetch: fake.fetch })
    const asked: unknown[][] = []
    const getDownloadUrl = async (...question: unknown[]) => {
      asked.push(question)
      if (asked.length === 1) throw new Error('not now')
      return 'https://files.example/fresh.png'
    }
    render(
      <KieProvider client={{ ...client, getDownloadUrl }}>
        <ResultGallery taskId={taskId} />
      </KieProvider>,
    )
    const picture = await screen.findByRole<HTMLImageElement>('img')
    const expired = picture.src
    fireEvent.error(picture)
    expect(await screen.findByText(/could not be shown/)).toBeInTheDocument()
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('img')).toHaveAttribute('src', 'https://files.example/fresh.png')
    expect(asked).toEqual([
      [expired, { taskId }],
      [expired, { taskId }],
    ])
  })

  it('believes the app about where fresh addresses come from', async () => {
    const client = createKieClient({ baseUrl: 'https://app.example', fetch: createFakeKie().fetch })
    const getDownloadUrl = () => Promise.reject(new Error('must not be asked'))
    render(
      <KieProvider client={{ ...client, getDownloadUrl }}>
        <ResultGallery
          task={succeededTask([image('expired')])}
          refreshUrl={async () => 'https://files.example/fresh.png'}
        />
      </KieProvider>,
    )
    fireEvent.error(screen.getByRole('img'))
    expect(await screen.findByRole('img')).toHaveAttribute('src', 'https://files.example/fresh.png')
  })

  it('shows a file as broken when no fresh address is given', async () => {
    render(
      <ResultGallery task={succeededTask([image('expired')])} refreshUrl={() => Promise.reject(new Error('no'))} />,
    )
    fireEvent.error(screen.getByRole('img'))
    expect(await screen.findByText(/could not be shown/)).toBeInTheDocument()
  })

  it('never opens or loads an address that is not http', () => {
    const results: TaskResult[] = [
      { kind: 'image', url: 'javascript:alert(1)' },
      { kind: 'file', url: 'javascript:alert(1)' },
      { kind: 'video', url: 'https://files.example/a.mp4', posterUrl: 'javascript:alert(1)' },
    ]
    const { container } = render(<ResultGallery task={succeededTask(results)} />)
    expect(container.innerHTML).not.toContain('javascript:')
    expect(within(container).getAllByText(/could not be shown/)).toHaveLength(2)
  })
})

describe('a file that failed without a word', () => {
  const film = succeededTask([{ kind: 'video', url: 'https://files.example/a.mp4' }])
  const song = succeededTask([{ kind: 'audio', url: 'https://files.example/a.mp3' }])
  afterEach(() => vi.restoreAllMocks())

  it('is a film whose pictures the browser cannot decode: it plays the sound, and the size is 0', () => {
    render(<ResultGallery task={film} />)
    const player = screen.getByLabelText<HTMLVideoElement>('Video 1 of 1')
    Object.defineProperty(player, 'readyState', { value: 1 })
    Object.defineProperty(player, 'videoWidth', { value: 320, configurable: true })
    fireEvent.loadedMetadata(player)
    expect(player).toBeInTheDocument()
    Object.defineProperty(player, 'videoWidth', { value: 0 })
    fireEvent.loadedMetadata(player)
    expect(screen.getByText(/could not be played here/)).toBeInTheDocument()
  })

  it.each([
    ['film', film],
    ['sound', song],
  ])('is a %s that failed before React listened', (_kind, task) => {
    Object.defineProperty(HTMLMediaElement.prototype, 'error', { get: () => ({ code: 4 }), configurable: true })
    render(<ResultGallery task={task} />)
    Reflect.deleteProperty(HTMLMediaElement.prototype, 'error')
    expect(screen.getByText(/could not be played here/)).toBeInTheDocument()
  })
})

describe('a link that is renewed', () => {
  const expired = succeededTask([image('expired'), image('b')])

  it('gives way to another that the app puts in its place', () => {
    const { rerender } = render(<ResultGallery task={succeededTask([image('a')])} />)
    fireEvent.error(screen.getByRole('img'))
    rerender(<ResultGallery task={succeededTask([image('copy')])} />)
    expect(screen.getByRole('img')).toHaveAttribute('src', 'https://files.example/copy.png')
  })

  it('is asked for once where a picture has failed before React listened', async () => {
    const isComplete = vi.spyOn(HTMLImageElement.prototype, 'complete', 'get').mockReturnValue(true)
    const refreshUrl = vi.fn(() => new Promise<string>(() => {}))
    render(
      <StrictMode>
        <ResultGallery task={succeededTask([image('expired')])} refreshUrl={refreshUrl} />
      </StrictMode>,
    )
    isComplete.mockRestore()
    expect(refreshUrl).toHaveBeenCalledOnce()
  })

  it('has a shimmer for as long as it takes, and a message where asking fails at once', async () => {
    let give = (_url: string) => {}
    const { rerender } = render(
      <ResultGallery task={expired} refreshUrl={() => new Promise((resolve) => (give = resolve))} />,
    )
    fireEvent.error(screen.getByRole('img', { name: /^Image 1/ }))
    expect(document.querySelector('[data-slot="result-gallery-renewing"]')).toHaveClass('kie:motion-ok:animate-shimmer')
    await act(async () => give('https://files.example/fresh.png'))
    expect(screen.getByRole('img', { name: /^Image 1/ })).toHaveAttribute('src', 'https://files.example/fresh.png')
    const refuse = () => {
      throw new Error('no')
    }
    rerender(<ResultGallery task={expired} refreshUrl={refuse} />)
    fireEvent.error(screen.getByRole('img', { name: /^Image 2/ }))
    expect(await screen.findByText(/could not be shown/)).toBeInTheDocument()
  })

  it('leaves the focus on its button until that has done its work, and then in the tile', async () => {
    let settle = { resolve: (_url: string) => {}, reject: () => {} }
    const refreshUrl = () =>
      new Promise<string>((resolve, reject) => {
        settle = { resolve, reject: () => reject(new Error('no')) }
      })
    render(<ResultGallery task={expired} refreshUrl={refreshUrl} />)
    fireEvent.error(screen.getByRole('img', { name: /^Image 1/ }))
    await act(async () => settle.reject())
    const again = screen.getByRole('button', { name: 'Try again' })
    await userEvent.click(again)
    expect(again).toHaveAttribute('aria-disabled', 'true')
    await act(async () => settle.reject())
    expect(again).toHaveFocus()
    await userEvent.click(again)
    await act(async () => settle.resolve('https://files.example/fresh.png'))
    expect(again).not.toBeInTheDocument()
    expect(tiles()[0]).toHaveFocus()
  })

  it('is the same in the large view', async () => {
    render(<ResultGallery task={expired} refreshUrl={async () => 'https://files.example/fresh.png'} />)
    fireEvent.error(screen.getByRole('img', { name: /^Image 1/ }))
    await screen.findByRole('img', { name: /^Image 1/ })
    await userEvent.click(screen.getByRole('button', { name: /^Image 1/ }))
    const viewer = await screen.findByRole('dialog')
    // Large, and among the thumbnails.
    const pictures = within(viewer).getAllByRole('img', { name: /^Image 1/ })
    expect(pictures.map((each) => each.getAttribute('src'))).toEqual(Array(2).fill('https://files.example/fresh.png'))
  })
})

describe('looking closer', () => {
  it('opens the picture large, and gives the focus back', async () => {
    const user = userEvent.setup()
    render(<ResultGallery task={succeededTask([image('a'), { kind: 'text', text: 'x' }, image('b')])} />)
    const opener = screen.getByRole('button', { name: /^Image 1 of 3/ })
    await user.click(opener)
    const viewer = await screen.findByRole('dialog', { name: 'Results, large' })
    expect(viewer).toHaveAttribute('data-slot', 'result-viewer')
    expect(within(viewer).getByRole('button', { name: 'Previous' })).toBeDisabled()
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
    expect(opener).toHaveFocus()
  })
})

describe('taking results along', () => {
  it('copies the link of a file', async () => {
    const user = userEvent.setup()
    render(<ResultGallery task={succeededTask([image('a')])} />)
    await user.click(screen.getByRole('button', { name: 'Copy link' }))
    expect(await navigator.clipboard.readText()).toBe('https://files.example/a.png')
    await waitFor(() => expect(announcer()).toHaveTextContent('Copied'))
  })

  it('offers to save only inside a provider, because files are saved through the gateway', async () => {
    render(<ResultGallery task={succeededTask([image('a'), image('b')])} />)
    expect(screen.queryByRole('button', { name: 'Save' })).not.toBeInTheDocument()
    cleanup()
    const fake = createFakeKie()
    const taskId = fake.addTask({ model: 'z-image', input: { num_images: 2 } }, { scenario: 'images', ageMs: 60_000 })
    render(
      <KieProvider client={createKieClient({ baseUrl: 'https://app.example', fetch: fake.fetch })}>
        <ResultGallery taskId={taskId} />
      </KieProvider>,
    )
    expect(await screen.findAllByRole('button', { name: 'Save' })).toHaveLength(2)
    expect(screen.getByRole('button', { name: 'Save all 2 as a zip' })).toBeInTheDocument()
  })
})

describe('actions of the app', () => {
  it('stand with those of each tile, whatever is in it', async () => {
    const onUse = vi.fn<(result: TaskResult, index: number) => void>()
    const results: TaskResult[] = [image('a'), { kind: 'text', text: 'Open Water' }, image('c')]
    render(
      <ResultGallery
        task={succeededTask(results)}
        tileActions={(result, index) => (
          <button type="button" onClick={() => onUse(result, index)}>
            Use
          </button>
        )}
      />,
    )
    for (const round of [1, 2]) {
      for (const tile of tiles()) await userEvent.click(within(tile).getByRole('button', { name: 'Use' }))
      expect(onUse.mock.calls.slice(-3)).toEqual(results.map((result, index) => [result, index]))
      expect(onUse).toHaveBeenCalledTimes(3 * round)
      // A picture that cannot be shown may be of use all the same.
      if (round === 1) fireEvent.error(screen.getByRole('img', { name: /^Image 3/ }))
    }
  })
})

describe('many results', () => {
  const isLeftToTheBrowser = (tile: HTMLElement) => tile.closest('[style*="content-visibility: auto"]') !== null

  it.each(['grid', 'rows', 'columns'] as const)(
    'leaves to the browser those out of sight, and a few it draws at once, as %s',
    (layout) => {
      const many = Array.from({ length: 60 }, (_, index) => image(String(index)))
      const { rerender } = render(<ResultGallery task={succeededTask(many)} layout={layout} />)
      expect(tiles()).toHaveLength(60)
      // What is left over of a grid's groups at its end may be drawn.
      expect(tiles().slice(0, 48).every(isLeftToTheBrowser)).toBe(true)
      rerender(<ResultGallery task={succeededTask(many.slice(0, 24))} layout={layout} />)
      expect(tiles().some(isLeftToTheBrowser)).toBe(false)
    },
  )

  it('are one list to a screen reader, in their order', () => {
    const many = Array.from({ length: 60 }, (_, index) => image(String(index)))
    render(<ResultGallery task={succeededTask(many)} />)
    const items = within(screen.getByRole('list', { name: 'Results' })).getAllByRole('listitem')
    expect(items.map((item) => within(item).getByRole('img').getAttribute('src'))).toEqual(
      many.map((result) => 'url' in result && result.url),
    )
  })
})

describe('layouts', () => {
  it('fills rows with as many tiles as fit, all of one height, and keeps them when the results arrive', () => {
    const input = { n: 3, size: '1024x512' }
    const { rerender } = render(<ResultGallery task={pendingTask('generating', null, input)} layout="rows" />)
    const columns = () => screen.getByRole('list').style.gridTemplateColumns
    const before = columns()
    expect(before).toContain('auto-fill')
    rerender(<ResultGallery task={succeededTask([image('a'), image('b'), image('c')], input)} layout="rows" />)
    expect(columns()).toBe(before)
  })

  it.each(['grid', 'rows', 'columns'] as const)('keeps each tile in its ratio as %s', (layout) => {
    render(
      <ResultGallery
        task={succeededTask([image('a'), image('b'), image('c')], { size: '1024x512' })}
        layout={layout}
      />,
    )
    for (const tile of tiles()) expect(Number.parseFloat(tile.style.aspectRatio)).toBe(2)
  })
})
