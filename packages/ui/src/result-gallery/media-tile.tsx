'use client'
import type { MediaResult } from '@kiekit/core'
import { type ReactNode, type SyntheticEvent, useState } from 'react'
import { Icon } from '../icon/icon.tsx'
import { broken, file, music, open, retry } from '../icon/paths.ts'
import type { TileProps } from './result-tile.tsx'
import { fileNameOf, safeUrl } from './safe-url.ts'

const fill = 'kie:absolute kie:inset-0 kie:block kie:size-full'

function OpenLink({ url, words, part }: { url: string } & Pick<TileProps<MediaResult>, 'words' | 'part'>) {
  return (
    <a href={url} target="_blank" rel="noreferrer" {...part('action', 'kie:action')}>
      <Icon path={open} />
      {words['gallery.open']}
    </a>
  )
}

function Centered({ children }: { children: ReactNode }) {
  return (
    <div
      className={`kie:part ${fill} kie:flex kie:flex-col kie:items-center kie:justify-center-safe kie:gap-2 kie:overflow-auto kie:p-3 kie:text-center kie:text-xs`}
    >
      {children}
    </div>
  )
}

/** A result that is a file: picture, film, sound, or anything else as a link. It fails alone, and can be tried again. */
export function MediaTile({ result, position, total, prompt, fit, words, part }: TileProps<MediaResult>) {
  const [attempt, setAttempt] = useState(0)
  const [failedAttempt, setFailedAttempt] = useState(-1)
  const url = safeUrl(result.url)
  const poster = safeUrl(result.posterUrl ?? result.firstFrameUrl) ?? undefined
  const onError = () => setFailedAttempt(attempt)
  const fitted = fit === 'cover' ? 'kie:object-cover' : 'kie:object-contain'

  if (url === null || failedAttempt === attempt) {
    return (
      <Centered>
        <Icon path={broken} className="kie:size-6 kie:text-muted-foreground kie:[@container_(height<10rem)]:hidden" />
        <span {...part('message', 'kie:text-muted-foreground')}>{words['gallery.broken']}</span>
        {url !== null && (
          <span className="kie:part kie:flex kie:flex-wrap kie:justify-center kie:gap-2">
            <button type="button" onClick={() => setAttempt(attempt + 1)} {...part('action', 'kie:action')}>
              <Icon path={retry} />
              {words['gallery.retry']}
            </button>
            <OpenLink url={url} words={words} part={part} />
          </span>
        )}
      </Centered>
    )
  }

  switch (result.kind) {
    case 'image': {
      // A picture may have failed before React listened, and one without a size shows nothing.
      const check = (image: HTMLImageElement | null) => {
        if (image?.complete && image.naturalWidth === 0) onError()
      }
      return (
        <img
          key={attempt}
          ref={check}
          src={url}
          alt={words['gallery.image'](position, total, prompt)}
          loading="lazy"
          decoding="async"
          onError={onError}
          onLoad={(event: SyntheticEvent<HTMLImageElement>) => check(event.currentTarget)}
          {...part('media', `${fill} ${fitted}`)}
        />
      )
    }
    case 'video':
      return (
        <video
          key={attempt}
          src={url}
          poster={poster}
          controls
          playsInline
          preload="metadata"
          aria-label={result.title ?? words['gallery.video'](position, total)}
          onError={onError}
          {...part('media', `${fill} kie:bg-black kie:object-contain`)}
        />
      )
    case 'audio':
      return (
        <div className={`kie:part ${fill} kie:flex kie:flex-col`}>
          <div className="kie:part kie:relative kie:flex kie:min-h-0 kie:flex-1 kie:items-center kie:justify-center">
            {poster ? (
              <img src={poster} alt="" loading="lazy" decoding="async" {...part('cover', `${fill} kie:object-cover`)} />
            ) : (
              <Icon path={music} className="kie:size-8 kie:text-muted-foreground" />
            )}
          </div>
          <div className="kie:part kie:flex kie:flex-col kie:gap-2 kie:bg-card kie:p-3">
            {result.title !== undefined && (
              <span {...part('title', 'kie:truncate kie:text-sm kie:font-medium')}>{result.title}</span>
            )}
            <audio
              key={attempt}
              src={url}
              controls
              preload="metadata"
              aria-label={result.title ?? words['gallery.audio'](position, total)}
              onError={onError}
              {...part('media', 'kie:block kie:h-10 kie:w-full')}
            />
          </div>
        </div>
      )
    case 'file':
      return (
        <Centered>
          <Icon path={file} className="kie:size-7 kie:text-muted-foreground" />
          <span {...part('title', 'kie:max-w-full kie:font-medium kie:break-all kie:line-clamp-2')}>
            {result.title ?? (fileNameOf(url) || words['gallery.file'](position, total))}
          </span>
          <OpenLink url={url} words={words} part={part} />
        </Centered>
      )
  }
}
