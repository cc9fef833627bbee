import type { MediaResult, TaskResult } from '@kiekit/core'
import { safeUrl } from '../result-gallery/safe-url.ts'

/** A picture or a film that can be shown large. */
export interface ViewerSlide {
  result: MediaResult
  /** The address that its task gave. */
  url: string
  /** Its place among all results, counted from 0. */
  index: number
}

/** The results that can be shown large, in their order. */
export function viewerSlides(results: readonly TaskResult[]): ViewerSlide[] {
  return results.flatMap((result, index) => {
    if (result.kind !== 'image' && result.kind !== 'video') return []
    const url = safeUrl(result.url)
    return url === null ? [] : [{ result, url, index }]
  })
}
