'use client'
import type { ComponentPropsWithoutRef } from 'react'
import { useAnnouncement } from '../announcer/use-announcement.ts'
import { type LabelsProp, useLabels } from '../labels/use-labels.ts'
import { type ClassNames, partsOf } from '../part/part.ts'
import { type RootProps, useRoot } from '../part/use-root.ts'
import { connectTask, type ViewProps } from '../task-view/connect-task.tsx'
import type { TaskPhase, TaskStatus } from '../task-view/task-view.ts'
import { ActionButton } from './action-button.tsx'
import { ProgressBar } from './progress-bar.tsx'
import { ProgressRing } from './progress-ring.tsx'
import { ProgressSteps } from './progress-steps.tsx'
import { actionOf, words as english, isWorking, messageOf } from './read-progress.ts'
import { useIsOffline } from './use-is-offline.ts'
import { figuresOf, useProgress } from './use-progress.ts'

/** The parts that `classNames` reaches. `percent` and `sign` stand in the middle of a ring. */
export type TaskProgressPart =
  | 'header'
  | 'label'
  | 'value'
  | 'track'
  | 'indicator'
  | 'percent'
  | 'sign'
  | 'step'
  | 'message'
  | 'action'

export interface TaskProgressProps
  extends Omit<ComponentPropsWithoutRef<'div'>, 'className' | 'children'>,
    RootProps<TaskStatus>,
    LabelsProp {
  /** A bar, a ring, or the four steps of a task. @default 'bar' */
  variant?: 'bar' | 'ring' | 'steps' | undefined
  /** How thick the bar or how large the ring is. @default 'md' */
  size?: 'sm' | 'md' | 'lg' | undefined
  classNames?: ClassNames<TaskProgressPart, TaskStatus> | undefined
}

const tones: Record<TaskPhase, string> = {
  idle: 'kie:tone-neutral',
  loading: 'kie:tone-neutral',
  waiting: 'kie:tone-primary',
  queuing: 'kie:tone-primary',
  generating: 'kie:tone-primary',
  success: 'kie:tone-success',
  fail: 'kie:tone-destructive',
  'timed-out': 'kie:tone-warning',
  error: 'kie:tone-destructive',
}

function ProgressView({ view, props, forwardedRef }: ViewProps<TaskProgressProps, HTMLDivElement>) {
  const { variant = 'bar', size = 'md', classNames, className, render, labels, ...rest } = props
  const words = useLabels(english, labels)
  useAnnouncement(view, words)
  const reading = useProgress(view, words)
  const { status, phase } = view
  const part = partsOf('task-progress', status, classNames)
  const message = messageOf(view, words, useIsOffline())
  const action = actionOf(view, words)
  const isRing = variant === 'ring'
  const gauge = { status, reading, label: words['progress.label'], part }
  const figures = figuresOf(isRing ? { ...reading, percent: null } : reading, status, words)

  const header = (
    <div
      {...part(
        'header',
        isRing
          ? 'kie:flex kie:min-w-0 kie:flex-col'
          : 'kie:flex kie:flex-wrap kie:items-baseline kie:justify-between kie:gap-x-3',
      )}
    >
      <span {...part('label', 'kie:font-medium kie:wrap-anywhere')}>{words[`phase.${phase}`]}</span>
      {/* Others in their place are no movement of these, hence the key. Under a ring's word a line is kept while a time can come. */}
      <span
        key={figures.key}
        data-room={figures.room}
        {...part(
          'value',
          `kie:room kie:block kie:max-w-full kie:shrink-0 kie:text-muted-foreground kie:tabular-nums ${isRing && !isWorking(status) ? '' : 'kie:min-h-lh'}`,
        )}
      >
        {figures.text}
      </span>
    </div>
  )

  return useRoot({
    tag: 'div',
    slot: 'task-progress',
    state: status,
    ours: `kie:flex kie:w-full kie:min-w-0 kie:flex-col kie:gap-2 kie:text-sm ${tones[phase]}`,
    className,
    render,
    forwardedRef,
    props: {
      ...rest,
      children: (
        <>
          {isRing ? (
            <div className="kie:part kie:flex kie:items-center kie:gap-3">
              <ProgressRing size={size} {...gauge} />
              {header}
            </div>
          ) : (
            <>
              {header}
              {variant === 'bar' ? (
                <ProgressBar size={size} {...gauge} />
              ) : (
                <ProgressSteps view={view} words={words} part={part} />
              )}
            </>
          )}
          {message !== null && (
            <div
              {...part(
                'message',
                'kie:flex kie:flex-wrap kie:items-center kie:justify-between kie:gap-x-4 kie:gap-y-2 kie:text-muted-foreground',
              )}
            >
              <span className="kie:part kie:min-w-0 kie:flex-1 kie:basis-48">{message}</span>
              {action && <ActionButton action={action} part={part('action', 'kie:action')} />}
            </div>
          )}
        </>
      ),
    },
  })
}

/**
 * Shows how far a task is. A percentage stands there only when Kie reports one; otherwise the time that has
 * passed and, marked as a guess, what is left of the time that the model usually takes. When the connection is lost, the
 * wait is long or the task has failed, a sentence under it says so and what to do; a minimum height keeps room for it
 * where what stands below must not move.
 *
 * @example
 * <TaskProgress taskId={taskId} />
 * @example
 * const task = useKieTask(taskId)
 * <TaskProgress task={task} variant="ring" classNames={{ indicator: 'stroke-emerald-500' }} />
 */
export const TaskProgress = connectTask<TaskProgressProps, HTMLDivElement>('TaskProgress', ProgressView)
