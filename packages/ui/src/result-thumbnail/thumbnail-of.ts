import type { TaskResult } from '@kiekit/core'
import { broken, file, lines, music, picture, play } from '../icon/paths.ts'
import { safeUrl } from '../result-gallery/safe-url.ts'
import type { TaskView } from '../task-view/task-view.ts'

/** What stands for a task in a small square. */
export interface Thumbnail {
  /** A picture, where there is one that is small enough to load for this: never a film. */
  imageUrl: string | null
  /** Instead of the picture, or upon it (`play`). */
  icon: string | null
  /** How many results it does not show. */
  more: number
}

const icons: Record<Exclude<TaskResult['kind'], 'image' | 'video'>, string> = {
  audio: music,
  text: lines,
  data: lines,
  file,
}

function thumbnailOfResult(result: TaskResult): Omit<Thumbnail, 'more'> {
  switch (result.kind) {
    case 'image': {
      const imageUrl = safeUrl(result.url)
      return { imageUrl, icon: imageUrl === null ? broken : null }
    }
    case 'video':
      return { imageUrl: safeUrl(result.posterUrl ?? result.firstFrameUrl), icon: play }
    case 'audio': {
      const imageUrl = safeUrl(result.posterUrl)
      return { imageUrl, icon: imageUrl === null ? music : null }
    }
    default:
      return { imageUrl: null, icon: icons[result.kind] }
  }
}

/** The first result as a thumbnail; while there is none, a sign of what the task is at. */
export function thumbnailOf({ status, results }: TaskView): Thumbnail {
  const [first] = results
  if (first) return { ...thumbnailOfResult(first), more: results.length - 1 }
  const isWorking = status === 'loading' || status === 'running'
  const icon = isWorking ? null : status === 'fail' || status === 'error' ? broken : picture
  return { imageUrl: null, icon, more: 0 }
}
