'use client'
import type { ReactNode } from 'react'
import YetAnotherLightbox, { type LightboxExternalProps, type Slide } from 'yet-another-react-lightbox'
import Thumbnails from 'yet-another-react-lightbox/plugins/thumbnails'
import Video from 'yet-another-react-lightbox/plugins/video'
import Zoom from 'yet-another-react-lightbox/plugins/zoom'
import type { ViewerLabels } from '../labels/viewer-labels.ts'

/** A picture or a film, or what there is to say instead. */
export type LightboxSlide =
  | { url: string; isFilm: boolean; posterUrl: string | null; name: string }
  | { instead: ReactNode }

export interface LightboxProps {
  slides: LightboxSlide[]
  /** Of the slides. */
  at: number
  onMove: (at: number) => void
  onClose: () => void
  words: ViewerLabels
  root: NonNullable<NonNullable<LightboxExternalProps['portal']>['container']>
}

declare module 'yet-another-react-lightbox' {
  interface SlideTypes {
    none: { type: 'none'; instead: ReactNode }
  }
  interface SlideVideo {
    name: string
  }
}

function slideOf(slide: LightboxSlide): Slide {
  if ('instead' in slide) return { type: 'none', ...slide }
  const { url, isFilm, posterUrl, name } = slide
  if (!isFilm) return { src: url, alt: name }
  const type = new URL(url).pathname.endsWith('.webm') ? 'video/webm' : 'video/mp4'
  return { type: 'video', name, sources: [{ src: url, type }], ...(posterUrl !== null && { poster: posterUrl }) }
}

/**
 * The lightbox library with our words. In a file of its own, so that it loads when somebody looks closer; what it needs
 * of the gallery is handed over.
 */
export default function Lightbox({ slides, at, onMove, onClose, words, root }: LightboxProps) {
  return (
    <YetAnotherLightbox
      open
      index={at}
      close={onClose}
      slides={slides.map(slideOf)}
      on={{ view: ({ index }) => onMove(index) }}
      plugins={slides.length > 1 ? [Zoom, Thumbnails, Video] : [Zoom, Video]}
      portal={{ container: root }}
      render={{
        slide: ({ slide }) => slide.type === 'none' && slide.instead,
        // The library gives a film no name of its own.
        slideContainer: ({ slide, children }) =>
          slide.type === 'video' ? (
            <div role="group" aria-label={slide.name} style={{ display: 'contents' }}>
              {children}
            </div>
          ) : (
            children
          ),
      }}
      carousel={{ finite: true }}
      controller={{ closeOnBackdropClick: true, closeOnPullDown: true }}
      zoom={{ maxZoomPixelRatio: 3, scrollToZoom: true }}
      thumbnails={{ width: 72, height: 72, border: 0, padding: 0, gap: 8 }}
      video={{ preload: 'metadata' }}
      labels={{
        Lightbox: words['viewer.label'],
        'Photo gallery': words['viewer.label'],
        Carousel: words['viewer.carousel'],
        Slide: words['viewer.slide'],
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
