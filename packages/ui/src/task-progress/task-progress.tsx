'use client'
import type { ComponentPropsWithoutRef, ReactNode } from 'react'
import { formatClock, formatPercent } from '../duration/format-duration.ts'
import { useElapsedMs } from '../duration/use-elapsed.ts'
import { phaseLabels } from '../labels/phase-labels.ts'
import { problemLabels } from '../labels/problem-labels.ts'
import { progressLabels } from '../labels/progress-labels.ts'
import { type LabelsProp, useLabels } from '../labels/use-labels.ts'
import { type ClassNames, partsOf } from '../part/part.ts'
import { type RootProps, useRoot } from '../part/use-root.ts'
import { connectTask, type ViewProps } from '../task-view/connect-task.tsx'
import type { TaskPhase, TaskStatus, TaskView } from '../task-view/task-view.ts'

/** The parts that `classNames` reaches. */
export type TaskProgressPart = 'header' | 'label' | 'value' | 'track' | 'indicator' | 'message' | 'action'

export interface TaskProgressProps
  extends Omit<ComponentPropsWithoutRef<'div'>, 'className' | 'children'>,
    RootProps<TaskStatus>,
    LabelsProp {
  classNames?: ClassNames<TaskProgressPart, TaskStatus> | undefined
}

const labels = { ...phaseLabels, ...progressLabels, ...problemLabels }
type Words = typeof labels & { locale: string }

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

/** How much is done: 1 only after success; `null` while nobody knows. */
function fractionOf({ status, task }: TaskView): number | null {
  if (status === 'success') return 1
  if (task === undefined || !('progress' in task) || task.progress === null) return null
  return Math.min(Math.max(task.progress, 0), 0.99)
}

function messageOf(view: TaskView, words: Words): string | null {
  if (view.status === 'fail') return words[`failure.${view.failure?.reason ?? 'unknown'}`]
  if (view.status === 'error') return words[`error.${view.error?.kind ?? 'server'}`]
  if (view.status === 'timed-out') return words['progress.timed-out']
  return view.isReconnecting ? words['progress.reconnecting'] : null
}

function actionOf(view: TaskView, words: Words): { label: string; run: () => void } | null {
  if (view.status === 'timed-out' && view.resume) return { label: words['progress.keep-waiting'], run: view.resume }
  if (view.status === 'error' && view.refetch) return { label: words['progress.try-again'], run: view.refetch }
  return null
}

/** Ticks by itself, so that nothing around it renders each second. */
function Elapsed({ view, words }: { view: TaskView; words: Words }): ReactNode {
  const elapsedMs = useElapsedMs(view.task)
  if (elapsedMs === null) return null
  const clock = formatClock(elapsedMs, words.locale)
  return view.status === 'success' ? words['progress.took'](clock) : clock
}

function ProgressView({ view, props, forwardedRef }: ViewProps<TaskProgressProps, HTMLDivElement>) {
  const { classNames, className, render, labels: given, ...rest } = props
  const words = useLabels(labels, given)
  const { status, phase } = view
  const part = partsOf('task-progress', status, classNames)
  const fraction = fractionOf(view)
  const percent = fraction === null ? null : formatPercent(fraction, words.locale)
  const working = status === 'running' || status === 'loading'
  const message = messageOf(view, words)
  const action = actionOf(view, words)
  const phaseWord = words[`phase.${phase}`]
  return useRoot({
    tag: 'div',
    slot: 'task-progress',
    state: status,
    ours: `kie:flex kie:w-full kie:flex-col kie:gap-2 kie:text-sm ${tones[phase]}`,
    className,
    render,
    forwardedRef,
    props: {
      ...rest,
      children: (
        <>
          <div {...part('header', 'kie:flex kie:items-baseline kie:justify-between kie:gap-3')}>
            <span {...part('label', 'kie:truncate kie:font-medium')}>{phaseWord}</span>
            <span {...part('value', 'kie:shrink-0 kie:text-muted-foreground kie:tabular-nums')}>
              {working && percent !== null && `${percent} · `}
              <Elapsed view={view} words={words} />
            </span>
          </div>
          <div
            role="progressbar"
            aria-label={words['progress.label']}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={fraction === null ? undefined : Math.round(fraction * 100)}
            aria-valuetext={working && percent !== null ? `${phaseWord}, ${percent}` : phaseWord}
            {...part(
              'track',
              'kie:relative kie:block kie:h-1.5 kie:w-full kie:overflow-hidden kie:rounded-full kie:bg-muted kie:forced:outline',
            )}
          >
            {fraction !== null ? (
              <div
                style={{ inlineSize: `${fraction * 100}%` }}
                {...part(
                  'indicator',
                  'kie:block kie:h-full kie:rounded-full kie:bg-tone kie:forced:bg-[Highlight] kie:motion-ok:transition-[inline-size] kie:motion-ok:duration-500',
                )}
              />
            ) : (
              (working || status === 'fail' || status === 'timed-out') && (
                <div
                  {...part(
                    'indicator',
                    `kie:absolute kie:inset-y-0 kie:block kie:rounded-full kie:bg-tone kie:forced:bg-[Highlight] ${
                      working
                        ? 'kie:w-2/5 kie:motion-ok:animate-slide kie:motion-reduce:opacity-60'
                        : 'kie:w-full kie:opacity-60'
                    }`,
                  )}
                />
              )
            )}
          </div>
          {message !== null && (
            <div
              {...part(
                'message',
                'kie:flex kie:flex-wrap kie:items-center kie:justify-between kie:gap-x-4 kie:gap-y-2 kie:text-muted-foreground',
              )}
            >
              <span className="kie:part kie:min-w-0 kie:flex-1 kie:basis-48">{message}</span>
              {action && (
                <button type="button" onClick={action.run} {...part('action', 'kie:action')}>
                  {action.label}
                </button>
              )}
            </div>
          )}
        </>
      ),
    },
  })
}

/**
 * Shows how far a task is. A percentage stands there only when Kie reports one; otherwise a moving bar and the time
 * that has passed. When the connection is lost, the wait is long or the task has failed, it says so and what to do.
 *
 * @example
 * <TaskProgress taskId={taskId} />
 * @example
 * const task = useKieTask(taskId)
 * <TaskProgress task={task} classNames={{ indicator: 'bg-emerald-500' }} />
 */
export const TaskProgress = connectTask<TaskProgressProps, HTMLDivElement>('TaskProgress', ProgressView)
