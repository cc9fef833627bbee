'use client'
import YetAnotherLightbox, { type Slide } from 'yet-another-react-lightbox'
import Thumbnails from 'yet-another-react-lightbox/plugins/thumbnails'
import Video from 'yet-another-react-lightbox/plugins/video'
import Zoom from 'yet-another-react-lightbox/plugins/zoom'
import type { ViewerLabels } from '../labels/viewer-labels.ts'
import type { ViewerSlide } from './viewer-slides.ts'

export interface LightboxProps {
  slides: ViewerSlide[]
  /** Of the slides. */
  at: number
  onMove: (at: number) => void
  onClose: () => void
  describe: (slide: ViewerSlide) => string
  words: ViewerLabels
  className: string
  state: string
}

function slideOf(slide: ViewerSlide, description: string): Slide {
  if (slide.kind === 'image') return { src: slide.url, alt: description }
  const type = new URL(slide.url).pathname.endsWith('.webm') ? 'video/webm' : 'video/mp4'
  return {
    type: 'video',
    sources: [{ src: slide.url, type }],
    ...(slide.posterUrl !== undefined && { poster: slide.posterUrl }),
  }
}

/** The lightbox library with our words. In a file of its own, so that it loads when somebody looks closer. */
export default function Lightbox({ slides, at, onMove, onClose, describe, words, className, state }: LightboxProps) {
  const attributes = { className, 'data-slot': 'result-viewer', 'data-state': state }
  return (
    <YetAnotherLightbox
      open
      index={at}
      close={onClose}
      slides={slides.map((slide) => slideOf(slide, describe(slide)))}
      on={{ view: ({ index }) => onMove(index) }}
      plugins={slides.length > 1 ? [Zoom, Thumbnails, Video] : [Zoom, Video]}
      portal={{ container: attributes }}
      carousel={{ finite: true }}
      controller={{ closeOnBackdropClick: true, closeOnPullDown: true }}
      zoom={{ maxZoomPixelRatio: 3, scrollToZoom: true }}
      thumbnails={{ width: 72, height: 72, border: 0, padding: 0, gap: 8 }}
      video={{ controls: true, playsInline: true, preload: 'metadata' }}
      labels={{
        Lightbox: words['viewer.label'],
        'Photo gallery': words['viewer.label'],
        Close: words['viewer.close'],
        Previous: words['viewer.previous'],
        Next: words['viewer.next'],
        'Zoom in': words['viewer.zoom-in'],
        'Zoom out': words['viewer.zoom-out'],
        Thumbnails: words['viewer.thumbnails'],
        '{index} of {total}': words['viewer.position'],
      }}
    />
  )
}
