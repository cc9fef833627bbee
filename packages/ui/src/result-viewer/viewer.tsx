'use client'
import type { TaskResult } from '@kiekit/core'
import { lazy, Suspense } from 'react'
import type { GalleryLabels } from '../labels/gallery-labels.ts'
import type { ViewerLabels } from '../labels/viewer-labels.ts'
import { viewerSlides } from './viewer-slides.ts'

const Lightbox = lazy(() => import('./lightbox.tsx'))

interface ViewerProps {
  results: readonly TaskResult[]
  prompt: string | null
  /** Which of the results is large; `null` while none is. */
  index: number | null
  onIndexChange: (index: number | null) => void
  words: ViewerLabels & Pick<GalleryLabels, 'gallery.image'>
  className?: string | undefined
  state: string
}

/** Pictures and films large, one at a time. What it needs is loaded when the first one is opened. */
export function Viewer({ results, prompt, index, onIndexChange, words, className = '', state }: ViewerProps) {
  if (index === null) return null
  const slides = viewerSlides(results)
  if (slides.length === 0) return null
  const at = Math.max(
    0,
    slides.findIndex((slide) => slide.index === index),
  )
  return (
    <Suspense fallback={null}>
      <Lightbox
        slides={slides}
        at={at}
        onMove={(moved) => onIndexChange(slides[moved]?.index ?? null)}
        onClose={() => onIndexChange(null)}
        describe={(slide) => words['gallery.image'](slide.index + 1, results.length, prompt)}
        words={words}
        className={className}
        state={state}
      />
    </Suspense>
  )
}
