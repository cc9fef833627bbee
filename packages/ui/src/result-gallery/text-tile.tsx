'use client'
import type { DataResult, TextResult } from '@kiekit/core'
import { copy } from '../icon/paths.ts'
import { CopyButton } from './copy-button.tsx'
import type { TileProps } from './result-tile.tsx'
import { SaveButton } from './save-button.tsx'

/** Text beyond this is cut on screen; copying takes all of it. */
const shownCharacters = 20_000

/** No line ends in the middle of its height: it fades, over no more than the room below the last one, and not under the ring. */
const fade = 'kie:not-focus-visible:[mask-image:linear-gradient(to_top,transparent,#000_--spacing(5))]'

/** A result in words, or as JSON. */
export function TextTile({ result, taskId, position, total, more, words, part }: TileProps<TextResult | DataResult>) {
  const isText = result.kind === 'text'
  const text = isText ? result.text : JSON.stringify(result.data, null, 2)
  const title = isText ? result.title : undefined
  const name = isText ? words['gallery.text'](position, total) : words['gallery.data'](position, total)
  return (
    <div className="kie:part kie:absolute kie:inset-0 kie:flex kie:flex-col">
      <div className="kie:part kie:flex kie:flex-wrap kie:items-center kie:gap-2 kie:p-2 kie:ps-3 kie:group-has-[[role=checkbox]]/tile:ps-12">
        <span
          title={title}
          dir="auto"
          {...part(
            'title',
            'kie:min-w-0 kie:flex-1 kie:basis-16 kie:line-clamp-2 kie:text-sm kie:font-medium kie:text-match-parent kie:wrap-anywhere',
          )}
        >
          {title ?? name}
        </span>
        <SaveButton
          taskId={taskId}
          index={position - 1}
          words={words}
          part={part('action', 'kie:action kie:text-xs')}
        />
        <CopyButton
          text={text}
          icon={copy}
          label="gallery.copy"
          words={words}
          part={part('action', 'kie:action kie:text-xs')}
        />
        {more}
      </div>
      <div
        role="group"
        aria-label={title ?? name}
        tabIndex={0}
        dir={isText ? 'auto' : 'ltr'}
        {...part(
          'text',
          `kie:block kie:min-h-0 kie:flex-1 kie:overflow-auto kie:px-3 kie:pb-5 kie:text-sm kie:whitespace-pre-wrap kie:wrap-anywhere kie:focus-visible:-outline-offset-2 ${fade} ${isText ? '' : 'kie:font-mono kie:text-xs'}`,
        )}
      >
        {text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text}
      </div>
    </div>
  )
}
