import type { TaskResult } from '@kiekit/core'
import { safeUrl } from '../result-gallery/safe-url.ts'

/** A picture or a film, large. */
export interface ViewerSlide {
  kind: 'image' | 'video'
  url: string
  posterUrl: string | undefined
  /** Its place among all results, counted from 0. */
  index: number
}

/** The results that can be shown large, in their order. */
export function viewerSlides(results: readonly TaskResult[]): ViewerSlide[] {
  return results.flatMap((result, index) => {
    if (result.kind !== 'image' && result.kind !== 'video') return []
    const url = safeUrl(result.url)
    const posterUrl = safeUrl(result.posterUrl ?? result.firstFrameUrl) ?? undefined
    return url === null ? [] : [{ kind: result.kind, url, posterUrl, index }]
  })
}
