'use client'
import type { MediaResult } from '@kiekit/core'
import { useState } from 'react'
import { Icon } from '../icon/icon.tsx'
import { file, music } from '../icon/paths.ts'
import { useRenewedUrl, type Watched } from '../renewed-url/use-renewed-url.ts'
import { BrokenTile } from './broken-tile.tsx'
import type { TileProps } from './result-tile.tsx'
import { fileNameOf, safeUrl } from './safe-url.ts'
import { TileActions } from './tile-actions.tsx'
import { useFocusPassedOn } from './use-focus-passed-on.ts'

const fill = 'kie:absolute kie:inset-0 kie:block kie:size-full'

interface LoadedMediaProps extends TileProps<MediaResult> {
  url: string
  watched: Watched
}

function Picture({ url, position, total, prompt, fit, onView, words, part, watched }: LoadedMediaProps) {
  const ref = useFocusPassedOn()
  return (
    <button ref={ref} type="button" onClick={onView} {...part('view', `${fill} kie:[&[type]:enabled]:cursor-zoom-in`)}>
      <img
        {...watched}
        src={url}
        alt={words['gallery.image'](position, total, prompt)}
        loading="lazy"
        decoding="async"
        {...part('media', `${fill} ${fit === 'cover' ? 'kie:object-cover' : 'kie:object-contain'}`)}
      />
    </button>
  )
}

function Film({ result, url, position, total, words, part, watched }: LoadedMediaProps) {
  return (
    <video
      {...watched}
      src={url}
      poster={safeUrl(result.posterUrl ?? result.firstFrameUrl) ?? undefined}
      controls
      playsInline
      preload="metadata"
      aria-label={result.title ?? words['gallery.video'](position, total)}
      {...part('media', `${fill} kie:bg-black kie:object-contain`)}
    />
  )
}

interface PlayerProps extends Pick<LoadedMediaProps, 'part' | 'watched'> {
  src: string
  label: string
}

/** The browser's player. It moves its own controls when it learns how long the sound is, so it is shown from then on. */
function Player({ src, label, part, watched }: PlayerProps) {
  const [isSettled, setIsSettled] = useState(false)
  const settle = () => setIsSettled(true)
  // It may have settled before React listened.
  const check = (audio: HTMLAudioElement | null) => {
    watched.ref(audio)
    if (audio && (audio.readyState > 0 || audio.networkState === HTMLMediaElement.NETWORK_IDLE)) settle()
  }
  return (
    <audio
      {...watched}
      ref={check}
      src={src}
      controls
      preload="metadata"
      aria-label={label}
      onLoadedMetadata={settle}
      // A browser that saves data or waits for its server may not learn the length before it is asked to play.
      onSuspend={settle}
      onStalled={settle}
      {...part('media', `kie:block kie:h-10 kie:w-full ${isSettled ? '' : 'kie:invisible'}`)}
    />
  )
}

function Sound({ result, url, position, total, words, part, watched }: LoadedMediaProps) {
  const cover = safeUrl(result.posterUrl)
  return (
    <div className={`kie:part ${fill} kie:flex kie:flex-col`}>
      <div className="kie:part kie:relative kie:flex kie:min-h-0 kie:flex-1 kie:items-center kie:justify-center">
        {cover === null ? (
          <Icon path={music} {...part('icon', 'kie:size-8 kie:text-muted-foreground')} />
        ) : (
          <img src={cover} alt="" loading="lazy" decoding="async" {...part('cover', `${fill} kie:object-cover`)} />
        )}
      </div>
      <div className="kie:part kie:flex kie:flex-col kie:gap-2 kie:bg-card kie:p-3">
        {result.title !== undefined && (
          <span
            title={result.title}
            dir="auto"
            {...part('title', 'kie:line-clamp-2 kie:text-sm kie:font-medium kie:text-match-parent kie:wrap-anywhere')}
          >
            {result.title}
          </span>
        )}
        <Player
          src={url}
          label={result.title ?? words['gallery.audio'](position, total)}
          part={part}
          watched={watched}
        />
      </div>
    </div>
  )
}

function OtherFile({ result, url, position, total, words, part }: LoadedMediaProps) {
  const name = result.title ?? (fileNameOf(url) || words['gallery.file'](position, total))
  return (
    <div
      className={`kie:part ${fill} kie:flex kie:flex-col kie:items-center kie:justify-center kie:gap-2 kie:p-4 kie:text-center`}
    >
      <Icon path={file} {...part('icon', 'kie:size-7 kie:text-muted-foreground')} />
      <span
        title={name}
        dir="auto"
        {...part(
          'title',
          'kie:line-clamp-2 kie:max-w-full kie:text-sm kie:font-medium kie:text-match-parent kie:break-all',
        )}
      >
        {name}
      </span>
    </div>
  )
}

const shownBy = { image: Picture, video: Film, audio: Sound, file: OtherFile }

/** A result that is a file: picture, film, sound, or anything else by its name. It fails alone, and can be tried again. */
export function MediaTile(props: TileProps<MediaResult>) {
  const { result, source, part } = props
  const address = safeUrl(result.url)
  const { renewal, watched, retry } = useRenewedUrl(address, source)
  if (renewal.state === 'renewing' && !renewal.isByHand) {
    return <span {...part('renewing', `${fill} kie:bg-muted kie:motion-ok:animate-shimmer`)} />
  }
  if (renewal.state !== 'shown') {
    return <BrokenTile {...props} url={address} isRetrying={renewal.state === 'renewing'} onRetry={retry} />
  }
  const Shown = shownBy[result.kind]
  return (
    <>
      <Shown key={renewal.attempt} {...props} url={renewal.url} watched={watched} />
      <TileActions url={renewal.url} {...props} />
    </>
  )
}
