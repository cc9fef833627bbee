import '@kiekit/ui/styles.css'
import type { SucceededTask, TaskResult } from '@kiekit/core'
import { ResultGallery } from '@kiekit/ui'
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'

// One contender at a time, by the name in the address.

function succeeded(taskId: string, results: TaskResult[]): SucceededTask {
  return {
    taskId,
    model: 'google/nano-banana',
    request: { model: 'google/nano-banana', input: { prompt: 'Dunes under a wide evening sky' }, callBackUrl: null },
    state: 'success',
    rawState: 'success',
    createTime: null,
    updateTime: null,
    completeTime: null,
    creditsConsumed: 4,
    extra: {},
    results,
  }
}

// Each has an address of its own, so that it is loaded and decoded of its own.
const urls = Array.from(
  { length: 1000 },
  (_, index) => new URL(`/${index % 2 ? 'dunes-1x1.jpg' : 'hills-1x1.png'}?${index}`, location.href).href,
)
const thousand = succeeded(
  'thousand',
  urls.map((url) => ({ kind: 'image', url })),
)

const contenders: Record<string, () => ReactNode> = {
  gallery: () => <ResultGallery task={thousand} />,
  'gallery, all drawn': () => (
    <>
      <style>{'[data-slot="result-gallery-group"] { content-visibility: visible !important }'}</style>
      <ResultGallery task={thousand} />
    </>
  ),
  'plain grid': () => (
    <ul style={{ display: 'grid', gridTemplateColumns: 'repeat(4, 1fr)', gap: 12, margin: 0, padding: 0 }}>
      {urls.map((url) => (
        <li key={url} style={{ display: 'block' }}>
          <img src={url} alt="" style={{ display: 'block', width: '100%', aspectRatio: '1' }} />
        </li>
      ))}
    </ul>
  ),
}

const main = document.querySelector('main')
const contender = contenders[new URL(location.href).searchParams.get('show') ?? '']
if (!main || !contender) throw new Error('Nobody of that name.')
const begun = performance.now()
createRoot(main).render(contender())
requestAnimationFrame(function look() {
  if (!main.firstElementChild) return void requestAnimationFrame(look)
  // The frame after the one that shows it begins when that one is done.
  requestAnimationFrame(() => {
    document.documentElement.dataset.shownAfter = String(performance.now() - begun)
  })
})
