import { createKieClient, type KieClient } from '@kiekit/core'
import { KieProvider, useCreateKieTask, useKieGeneration } from '@kiekit/react'
import { createFakeKie } from '@kiekit/testing'
import { act, render, screen } from '@testing-library/react'
import { type ReactNode, StrictMode } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ResultGallery } from '../result-gallery/result-gallery.tsx'
import { TaskCard } from '../task-card/task-card.tsx'
import { TaskList } from '../task-list/task-list.tsx'

const request = {
  model: 'nano-banana-2',
  input: { prompt: 'Four lighthouses', num_images: 4, aspect_ratio: '16:9' },
}

/** The ratios of the tiles that are on screen, each time that the page has changed. */
function framesOf(container: HTMLElement): string[][] {
  const frames: string[][] = []
  const observer = new MutationObserver(() => {
    const tiles = [...container.querySelectorAll<HTMLElement>('[data-slot="result-gallery-list"] li')]
    if (tiles.length > 0) frames.push(tiles.map((tile) => Number.parseFloat(tile.style.aspectRatio).toFixed(2)))
  })
  observer.observe(container, { subtree: true, childList: true, attributes: true })
  return frames
}

function Created() {
  const create = useCreateKieTask()
  const taskId = create.data?.taskId
  return (
    <>
      <button type="button" onClick={() => create.mutate(request)}>
        Make
      </button>
      <ResultGallery taskId={taskId} />
      <TaskCard taskId={taskId} />
      <TaskList taskIds={taskId === undefined ? [] : [taskId]} />
    </>
  )
}

function Generated() {
  const generation = useKieGeneration()
  return (
    <>
      <button type="button" onClick={() => void generation.generate(request)}>
        Make
      </button>
      <ResultGallery task={generation} />
      <TaskCard task={generation} />
      <TaskList tasks={[generation]} />
    </>
  )
}

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))

/** An app on a fake Kie that makes tasks at once, and tells nothing of them before `answer` is called. */
function start(app: ReactNode) {
  let answer = () => {}
  const isAnswering = new Promise<void>((resolve) => (answer = resolve))
  const kie = createKieClient({ baseUrl: 'https://app.example', fetch: createFakeKie().fetch })
  const client: KieClient = { ...kie, getTask: async (...args) => isAnswering.then(() => kie.getTask(...args)) }
  const { container } = render(
    <StrictMode>
      <KieProvider client={client}>{app}</KieProvider>
    </StrictMode>,
  )
  return { answer, frames: framesOf(container) }
}

describe.each([
  ['useCreateKieTask', <Created key="created" />],
  ['useKieGeneration', <Generated key="generated" />],
])('a task that this page has made, by %s', (_hook, app) => {
  beforeEach(() => {
    vi.useFakeTimers()
    localStorage.clear()
  })
  afterEach(() => void vi.useRealTimers())

  it('has its tiles, their ratio and its prompt before Kie tells of it, and nothing moves when it does', async () => {
    const { answer, frames } = start(app)
    act(() => screen.getByRole('button', { name: 'Make' }).click())
    await pass(1000)
    // In the card and in the list; in the gallery the tiles stand for it.
    expect(screen.getAllByText('Four lighthouses')).toHaveLength(2)
    expect(screen.getAllByText('nano-banana-2')).toHaveLength(2)
    expect(screen.getAllByText('Loading')).not.toHaveLength(0)
    answer()
    await pass(3000)
    expect(screen.queryAllByText('Loading')).toHaveLength(0)
    expect(frames.length).toBeGreaterThan(0)
    for (const frame of frames) expect(frame).toEqual(Array<string>(8).fill('1.78'))
  })
})
