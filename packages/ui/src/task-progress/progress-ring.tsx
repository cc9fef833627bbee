import { Icon } from '../icon/icon.tsx'
import { alert, check, cross, hourglass } from '../icon/paths.ts'
import type { TaskPhase } from '../task-view/task-view.ts'
import { estimateLook, type GaugeProps, gaugeAria } from './progress-bar.tsx'
import { isWorking } from './read-progress.ts'

const diameter = { sm: 'kie:size-10', md: 'kie:size-14', lg: 'kie:size-20' }
const center = { sm: 'kie:text-sm', md: 'kie:text-lg', lg: 'kie:text-2xl' }
const ends: Partial<Record<TaskPhase, string>> = {
  success: check,
  fail: cross,
  error: alert,
  'timed-out': hourglass,
}

/** Dashed all around for readers who ask for less motion: a part of the ring would read as a percentage. */
const still = 'kie:motion-reduce:opacity-60 kie:motion-reduce:[stroke-dasharray:2_8]'

/** A ring: closed to the fraction, turning while nobody knows it, with a sign in it where the task has ended. */
export function ProgressRing({ size, ...gauge }: GaugeProps & { size: 'sm' | 'md' | 'lg' }) {
  const { status, reading, part } = gauge
  const end = ends[status === 'running' ? 'generating' : status]
  const turns = reading.fraction === null && isWorking(status)
  const circle = 'kie:[stroke-width:2.5]'
  return (
    <div
      {...gaugeAria(gauge)}
      {...part('track', `kie:relative kie:flex kie:shrink-0 kie:items-center kie:justify-center ${diameter[size]}`)}
    >
      <svg
        viewBox="0 0 40 40"
        aria-hidden="true"
        focusable="false"
        className={`kie:part kie:absolute kie:inset-0 kie:block kie:size-full ${turns ? 'kie:motion-ok:animate-spin' : ''}`}
      >
        <circle
          cx="20"
          cy="20"
          r="18"
          className={`kie:shape ${circle} kie:stroke-muted kie:contrast-more:stroke-border kie:forced:stroke-[GrayText] kie:forced:[stroke-width:1]`}
        />
        {status !== 'idle' && (
          <circle
            cx="20"
            cy="20"
            r="18"
            pathLength="100"
            strokeDasharray={`${(reading.fraction ?? (turns ? 0.28 : 1)) * 100} 100`}
            transform="rotate(-90 20 20)"
            strokeLinecap="round"
            data-estimate={reading.isEstimate || undefined}
            {...part(
              'indicator',
              `${circle} ${turns ? still : estimateLook(gauge)} kie:stroke-tone kie:forced:stroke-[Highlight] kie:motion-ok:transition-[stroke-dasharray] kie:motion-ok:duration-500`,
              'kie:shape',
            )}
          />
        )}
      </svg>
      {end !== undefined ? (
        <span {...part('sign', `kie:flex kie:text-tone ${center[size]}`)}>
          <Icon path={end} />
        </span>
      ) : (
        reading.percent !== null && (
          <span aria-hidden="true" {...part('percent', 'kie:text-xs kie:font-medium kie:tabular-nums')}>
            {reading.percent}
          </span>
        )
      )}
    </div>
  )
}
