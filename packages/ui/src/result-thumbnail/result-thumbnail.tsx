'use client'
import { Icon } from '../icon/icon.tsx'
import { broken } from '../icon/paths.ts'
import type { TaskLabels } from '../labels/task-labels.ts'
import type { PartProps } from '../part/part.ts'
import { useRenewals } from '../renewed-url/use-renewals.ts'
import { useRenewedUrl } from '../renewed-url/use-renewed-url.ts'
import { isWorking } from '../task-progress/read-progress.ts'
import type { TaskView } from '../task-view/task-view.ts'
import { thumbnailOf } from './thumbnail-of.ts'

/** The parts that `classNames` reaches. */
export type ThumbnailPart = 'thumbnail' | 'thumbnail-image' | 'thumbnail-count'

interface ResultThumbnailProps {
  view: TaskView
  words: Pick<TaskLabels, 'task.more'> & { locale: string }
  part: (part: ThumbnailPart, ours?: string) => PartProps<string>
  /** Classes that give it a size. */
  size: string
}

/** The first result in a small square. Decorative but for the number of further results: the prompt beside it says what it is. */
export function ResultThumbnail({ view, words, part, size }: ResultThumbnailProps) {
  const { imageUrl, icon, more } = thumbnailOf(view)
  const { renewal, watched } = useRenewedUrl(imageUrl, useRenewals(view.taskId))
  const url = renewal.state === 'shown' ? renewal.url : null
  const isRenewing = renewal.state === 'renewing'
  const shown = imageUrl !== null && renewal.state === 'broken' ? broken : icon
  return (
    <span
      {...part(
        'thumbnail',
        `kie:relative kie:flex kie:shrink-0 kie:items-center kie:justify-center kie:overflow-hidden kie:rounded-md kie:bg-muted kie:text-muted-foreground kie:edge ${size} ${isRenewing || isWorking(view.status) ? 'kie:motion-ok:animate-shimmer' : ''}`,
      )}
    >
      {url !== null && (
        <img
          {...watched}
          key={url}
          src={url}
          alt=""
          loading="lazy"
          decoding="async"
          {...part('thumbnail-image', 'kie:absolute kie:inset-0 kie:block kie:size-full kie:object-cover')}
        />
      )}
      {shown !== null && (
        <span
          className={
            url !== null
              ? 'kie:part kie:relative kie:flex kie:rounded-full kie:bg-black/55 kie:p-1 kie:text-xs kie:text-white'
              : 'kie:part kie:flex'
          }
        >
          <Icon path={shown} />
        </span>
      )}
      {more > 0 && (
        <span
          {...part(
            'thumbnail-count',
            'kie:absolute kie:end-0.5 kie:bottom-0.5 kie:rounded-sm kie:bg-black/65 kie:px-1 kie:text-[0.6875rem] kie:leading-4 kie:font-medium kie:text-white kie:tabular-nums',
          )}
        >
          <span aria-hidden="true" dir="ltr" className="kie:part">
            +{more.toLocaleString(words.locale)}
          </span>
          <span className="kie:part kie:sr-only">{words['task.more'](more)}</span>
        </span>
      )}
    </span>
  )
}
