'use client'
import type { TaskResult } from '@kiekit/core'
import {
  type ComponentType,
  type HTMLAttributes,
  type SyntheticEvent,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react'
import type { GalleryLabels } from '../labels/gallery-labels.ts'
import type { ViewerLabels } from '../labels/viewer-labels.ts'
import { type ClassNames, partsOf } from '../part/part.ts'
import { isBroken } from '../renewed-url/is-broken.ts'
import type { Renewal } from '../renewed-url/renewals.ts'
import type { RenewalSource } from '../renewed-url/use-renewals.ts'
import { renewalOf } from '../renewed-url/use-renewed-url.ts'
import { BrokenTile, type BrokenTilePart } from '../result-gallery/broken-tile.tsx'
import { safeUrl } from '../result-gallery/safe-url.ts'
import type { TaskStatus } from '../task-view/task-view.ts'
import type { LightboxProps, LightboxSlide } from './lightbox.tsx'
import { viewerSlides } from './viewer-slides.ts'

/** The parts that `classNames` reaches. They are there while a file cannot be shown. */
export type ResultViewerPart = BrokenTilePart

interface OpenViewerProps {
  results: readonly TaskResult[]
  taskId: string
  prompt: string | null
  source: RenewalSource
  /** Which of the results is large. */
  index: number
  onIndexChange: (index: number | null) => void
  words: ViewerLabels & GalleryLabels
  state: TaskStatus
  className?: string | undefined
  classNames?: ClassNames<ResultViewerPart, TaskStatus> | undefined
  /** Others that the root is to have. */
  attributes?: HTMLAttributes<HTMLDivElement> | undefined
}

type Loading = { state: 'loading' | 'failed' } | { state: 'loaded'; Lightbox: ComponentType<LightboxProps> }

const none: ReadonlyMap<string, Renewal> = new Map()

function OpenViewer(props: OpenViewerProps) {
  const { results, taskId, prompt, source, index, onIndexChange, words, state, className, classNames, attributes } =
    props
  const { renewals, refreshUrl } = source
  const slides = viewerSlides(results)
  const urls = slides.map(({ url }) => url)
  const known = useSyncExternalStore(
    (listener) => renewals.subscribe(urls, listener),
    renewals.read,
    () => none,
  )
  const [loading, setLoading] = useState<Loading>({ state: 'loading' })
  useEffect(() => {
    if (loading.state !== 'loading') return
    let isWanted = true
    import('./lightbox.tsx').then(
      (module) => isWanted && setLoading({ state: 'loaded', Lightbox: module.default }),
      () => {
        if (!isWanted) return
        // No network, or another version of the app on the server: closed, it can be opened again.
        setLoading({ state: 'failed' })
        onIndexChange(null)
      },
    )
    return () => {
      isWanted = false
    }
  }, [loading, onIndexChange])

  if (loading.state !== 'loaded' || slides.length === 0) return null
  const part = partsOf('result-viewer', state, classNames)
  const shown = slides.map((slide) => ({ ...slide, renewal: renewalOf(slide.url, known.get(slide.url)) }))

  /** The library keeps to itself what it hears of pictures and films. */
  const listen = ({ target, type }: SyntheticEvent) => {
    if (type !== 'error' && !isBroken(target)) return
    const address = target instanceof HTMLVideoElement ? target.currentSrc : 'src' in target ? target.src : ''
    const failed = shown.find(({ renewal }) => renewal.state === 'shown' && renewal.url === address)
    if (failed) renewals.fail(failed.url, String(address), refreshUrl)
  }

  const slideOf = ({ result, url, index: place, renewal }: (typeof shown)[number]): LightboxSlide => {
    const position = place + 1
    if (renewal.state === 'shown') {
      const isFilm = result.kind === 'video'
      const name = isFilm
        ? (result.title ?? words['gallery.video'](position, results.length))
        : words['gallery.image'](position, results.length, prompt)
      return { url: renewal.url, isFilm, posterUrl: safeUrl(result.posterUrl ?? result.firstFrameUrl), name }
    }
    const isRenewing = renewal.state === 'renewing'
    const instead = (
      <div className="kie:root kie:part kie:relative kie:h-48 kie:w-80 kie:max-w-full kie:rounded-lg kie:bg-card">
        {isRenewing && !renewal.isByHand ? null : (
          <BrokenTile
            url={url}
            isRetrying={isRenewing}
            onRetry={() => renewals.retry(url, refreshUrl)}
            {...{ result, taskId, position, words, part }}
          />
        )}
      </div>
    )
    return { instead }
  }

  return (
    <loading.Lightbox
      slides={shown.map(slideOf)}
      at={Math.max(
        0,
        slides.findIndex((slide) => slide.index === index),
      )}
      onMove={(moved) => onIndexChange(slides[moved]?.index ?? null)}
      onClose={() => onIndexChange(null)}
      words={words}
      root={{
        ...attributes,
        ...{ 'data-slot': 'result-viewer', 'data-state': state },
        className,
        onErrorCapture: listen,
        onLoadCapture: listen,
        onLoadedMetadataCapture: listen,
      }}
    />
  )
}

interface ViewerProps extends Omit<OpenViewerProps, 'index'> {
  /** `null` while none is large. */
  index: number | null
}

/** Pictures and films large, one at a time. What it needs is loaded when the first one is opened. */
export function Viewer({ index, ...rest }: ViewerProps) {
  return index === null ? null : <OpenViewer index={index} {...rest} />
}
