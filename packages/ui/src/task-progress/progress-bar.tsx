import type { PartProps } from '../part/part.ts'
import type { TaskStatus } from '../task-view/task-view.ts'
import { isWorking } from './read-progress.ts'
import type { TaskProgressPart } from './task-progress.tsx'
import type { ProgressReading } from './use-progress.ts'

export interface GaugeProps {
  status: TaskStatus
  reading: ProgressReading
  label: string
  part: (part: TaskProgressPart, ours?: string, slate?: 'kie:part' | 'kie:shape') => PartProps<TaskStatus>
}

/** What assistive technology is told, whatever the gauge looks like. */
export function gaugeAria({ reading, label }: Pick<GaugeProps, 'reading' | 'label'>) {
  return {
    role: 'progressbar',
    'aria-label': label,
    'aria-valuemin': 0,
    'aria-valuemax': 100,
    'aria-valuenow': reading.fraction === null ? undefined : Math.round(reading.fraction * 100),
    'aria-valuetext': reading.valueText,
  } as const
}

/** How an estimate differs from what Kie tells: paler, and breathing while it changes. */
export function estimateLook({ status, reading }: Pick<GaugeProps, 'status' | 'reading'>): string {
  if (!reading.isEstimate) return ''
  return isWorking(status) ? 'kie:opacity-65 kie:motion-ok:animate-breathe' : 'kie:opacity-65'
}

const thickness = { sm: 'kie:h-1', md: 'kie:h-1.5', lg: 'kie:h-2.5' }
const fill = 'kie:block kie:rounded-full kie:bg-tone kie:forced:bg-[Highlight]'

/** Nothing moves for readers who ask for that. A part of the track would read as a percentage, so all of it is hatched. */
const still =
  'kie:motion-reduce:w-full kie:motion-reduce:opacity-60 kie:motion-reduce:[mask-image:repeating-linear-gradient(135deg,#000_0_0.25rem,transparent_0.25rem_0.5rem)]'

/** A bar: filled to the fraction, moving while nobody knows it, and dimmed where the task stopped. */
export function ProgressBar({ size, ...gauge }: GaugeProps & { size: 'sm' | 'md' | 'lg' }) {
  const { status, reading, part } = gauge
  const hasStopped = !isWorking(status) && status !== 'success'
  const indicator =
    status === 'idle'
      ? null
      : reading.fraction === null && isWorking(status)
        ? `${fill} kie:absolute kie:inset-y-0 kie:start-0 kie:w-2/5 kie:rtl:[--_kie-flow:-1] kie:motion-ok:animate-slide ${still}`
        : `${fill} kie:h-full kie:w-full ${hasStopped ? 'kie:opacity-60' : estimateLook(gauge)} kie:motion-ok:transition-[inline-size] kie:motion-ok:duration-500`
  return (
    <div
      {...gaugeAria(gauge)}
      {...part(
        'track',
        `kie:relative kie:block kie:w-full kie:overflow-hidden kie:rounded-full kie:bg-muted kie:forced:outline kie:contrast-more:outline kie:contrast-more:outline-border ${thickness[size]}`,
      )}
    >
      {indicator !== null && (
        <div
          data-estimate={reading.isEstimate || undefined}
          style={reading.fraction === null ? undefined : { inlineSize: `${reading.fraction * 100}%` }}
          {...part('indicator', indicator)}
        />
      )}
    </div>
  )
}
