'use client'
import type { ComponentPropsWithoutRef } from 'react'
import { useAnnouncement } from '../announcer/use-announcement.ts'
import { Icon } from '../icon/icon.tsx'
import { alert, check, clock, cross, dash, hourglass, queue, spinner } from '../icon/paths.ts'
import { phaseLabels } from '../labels/phase-labels.ts'
import { type LabelsProp, useLabels } from '../labels/use-labels.ts'
import { type ClassNames, partsOf } from '../part/part.ts'
import { type RootProps, useRoot } from '../part/use-root.ts'
import { connectTask, type ViewProps } from '../task-view/connect-task.tsx'
import type { TaskPhase } from '../task-view/task-view.ts'
import { type BadgeLook, badge, badgeLine } from './badge-look.ts'

const looks: Record<TaskPhase, { icon: string; tone: string }> = {
  idle: { icon: dash, tone: 'kie:tone-neutral' },
  loading: { icon: spinner, tone: 'kie:tone-neutral' },
  waiting: { icon: clock, tone: 'kie:tone-neutral' },
  queuing: { icon: queue, tone: 'kie:tone-info' },
  generating: { icon: spinner, tone: 'kie:tone-info' },
  success: { icon: check, tone: 'kie:tone-success' },
  fail: { icon: cross, tone: 'kie:tone-destructive' },
  'timed-out': { icon: hourglass, tone: 'kie:tone-warning' },
  error: { icon: alert, tone: 'kie:tone-destructive' },
}

/** What follows one another while a task runs its course: the badge is as wide as the widest of these words. */
const course = ['loading', 'waiting', 'queuing', 'generating', 'success', 'fail'] as const

/** The parts that `classNames` reaches. */
export type TaskStatusBadgePart = 'icon' | 'label'

export interface TaskStatusBadgeProps
  extends Omit<ComponentPropsWithoutRef<'span'>, 'className' | 'children'>,
    RootProps<TaskPhase>,
    LabelsProp {
  /** How much it stands out. @default 'soft' */
  variant?: BadgeLook['variant']
  /** @default 'md' */
  size?: BadgeLook['size']
  /** What it shows. The label is always there for screen readers, and beside an icon alone as its `title`. @default 'both' */
  show?: BadgeLook['show']
  classNames?: ClassNames<TaskStatusBadgePart, TaskPhase> | undefined
}

function BadgeView({ view, props, forwardedRef }: ViewProps<TaskStatusBadgeProps, HTMLSpanElement>) {
  const { variant, size, show, classNames, className, render, labels, ...rest } = props
  const words = useLabels(phaseLabels, labels)
  useAnnouncement(view, words)
  const state = view.phase
  const look = looks[state]
  const label = words[`phase.${state}`]
  const part = partsOf('task-status-badge', state, classNames)
  const moves = look.icon === spinner
  return useRoot({
    tag: 'span',
    slot: 'task-status-badge',
    state,
    ours: `${badge({ variant, size, show })} ${look.tone}`,
    className,
    render,
    forwardedRef,
    props: {
      title: show === 'icon' ? label : undefined,
      ...rest,
      'data-room': show === 'icon' ? undefined : course.map((phase) => words[`phase.${phase}`]).join('\n'),
      children: (
        // Another word in its place is no movement of this one, hence the key.
        <span key={state} className={badgeLine}>
          {variant === 'dot' ? (
            <span
              {...part(
                'icon',
                `kie:block kie:size-2 kie:shrink-0 kie:rounded-full kie:bg-tone kie:forced:bg-[CanvasText] ${moves ? 'kie:motion-ok:animate-breathe' : ''}`,
              )}
            />
          ) : show !== 'label' ? (
            <span {...part('icon', variant === 'solid' ? 'kie:flex' : 'kie:flex kie:text-tone')}>
              <Icon path={look.icon} className={moves ? 'kie:motion-ok:animate-spin' : undefined} />
            </span>
          ) : null}
          <span {...part('label', show === 'icon' ? 'kie:sr-only' : 'kie:wrap-anywhere kie:whitespace-normal')}>
            {label}
          </span>
        </span>
      ),
    },
  })
}

/**
 * Says in a word what a task is doing.
 *
 * Its `data-state` is the task's own state (`waiting`, `queuing`, `generating`, `success`, `fail`) where there is one,
 * else the hook's status (`idle`, `loading`, `timed-out`, `error`).
 *
 * @example
 * <TaskStatusBadge taskId={taskId} />
 * @example
 * const task = useKieTask(taskId)
 * <TaskStatusBadge task={task} variant="outline" size="sm" />
 */
export const TaskStatusBadge = connectTask<TaskStatusBadgeProps, HTMLSpanElement>('TaskStatusBadge', BadgeView)
