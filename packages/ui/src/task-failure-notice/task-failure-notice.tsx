'use client'
import type { FailedTask } from '@kiekit/core'
import type { ComponentPropsWithoutRef } from 'react'
import { useAnnouncement } from '../announcer/use-announcement.ts'
import { formatCredits } from '../credits-badge/format-credits.ts'
import { Icon } from '../icon/icon.tsx'
import { alert, cross, hourglass } from '../icon/paths.ts'
import { creditsLabels } from '../labels/credits-labels.ts'
import { noticeLabels } from '../labels/notice-labels.ts'
import { phaseLabels } from '../labels/phase-labels.ts'
import { problemLabels } from '../labels/problem-labels.ts'
import { progressLabels } from '../labels/progress-labels.ts'
import { type LabelsProp, useLabels } from '../labels/use-labels.ts'
import { type ClassNames, partsOf } from '../part/part.ts'
import { type RootProps, useRoot } from '../part/use-root.ts'
import { ActionButton } from '../task-progress/action-button.tsx'
import { actionOf, messageOf } from '../task-progress/read-progress.ts'
import { connectTask, type ViewProps } from '../task-view/connect-task.tsx'
import type { TaskStatus } from '../task-view/task-view.ts'

/** The parts that `classNames` reaches. */
export type TaskFailureNoticePart = 'icon' | 'body' | 'title' | 'message' | 'provider' | 'charge' | 'actions' | 'action'

export interface TaskFailureNoticeProps
  extends Omit<ComponentPropsWithoutRef<'div'>, 'className'>,
    RootProps<TaskStatus>,
    LabelsProp {
  /**
   * Starts the task anew, which is paid for anew. With it a failed task has a button, unless the same request has no
   * chance (`failure.worthRetrying`).
   */
  onRetry?: ((task: FailedTask) => void) | undefined
  /** A box with a title, or for where both are there already, the words alone. @default 'box' */
  variant?: 'box' | 'plain' | undefined
  classNames?: ClassNames<TaskFailureNoticePart, TaskStatus> | undefined
}

const english = { ...phaseLabels, ...progressLabels, ...problemLabels, ...noticeLabels, ...creditsLabels }

const looks = {
  fail: { icon: cross, tone: 'kie:tone-destructive' },
  error: { icon: alert, tone: 'kie:tone-destructive' },
  'timed-out': { icon: hourglass, tone: 'kie:tone-warning' },
}
const boxes = {
  box: 'kie:gap-3 kie:rounded-lg kie:border kie:border-tone/25 kie:contrast-more:border-tone kie:bg-tone/6 kie:p-3',
  plain: 'kie:gap-2',
}
/** A text of whatever direction within a sentence of another: neither takes the other's marks along. */
const isolated = (text: string) => `\u2068${text}\u2069`

type Problem = keyof typeof looks

function problemOf(status: TaskStatus): Problem | null {
  return status === 'fail' || status === 'error' || status === 'timed-out' ? status : null
}

type NoticeViewProps = ViewProps<TaskFailureNoticeProps, HTMLDivElement>

function Notice({ view, problem, props, forwardedRef }: NoticeViewProps & { problem: Problem }) {
  const { onRetry, variant = 'box', classNames, className, render, labels, children, ...rest } = props
  const words = useLabels(english, labels)
  const { task, failure } = view
  const part = partsOf('task-failure-notice', problem, classNames)
  const look = looks[problem]
  const providerMessage = failure?.providerMessage ?? ''
  const credits = problem === 'fail' ? (task?.creditsConsumed ?? null) : null
  const canStartAgain = onRetry && task?.state === 'fail' && task.failure.worthRetrying
  const action = canStartAgain
    ? { label: words['notice.start-again'], run: () => onRetry(task) }
    : actionOf(view, words)

  return useRoot({
    tag: 'div',
    slot: 'task-failure-notice',
    state: problem,
    ours: `kie:flex kie:w-full kie:text-sm ${boxes[variant]} ${look.tone}`,
    className,
    render,
    forwardedRef,
    props: {
      ...rest,
      children: (
        <>
          {/* As high as a line of text, so that the icon stands beside the first one. */}
          <span {...part('icon', 'kie:flex kie:h-[1.5em] kie:shrink-0 kie:items-center kie:text-tone')}>
            <Icon path={look.icon} />
          </span>
          <div {...part('body', 'kie:flex kie:min-w-0 kie:flex-1 kie:flex-col kie:gap-1 kie:wrap-anywhere')}>
            {variant === 'box' && (
              <span {...part('title', 'kie:block kie:font-medium')}>{words[`phase.${problem}`]}</span>
            )}
            <span {...part('message', 'kie:block')}>{messageOf(view, words)}</span>
            {providerMessage !== '' && (
              <span {...part('provider', 'kie:block kie:text-xs kie:text-muted-foreground')}>
                {words['notice.provider'](isolated(providerMessage))}
              </span>
            )}
            {credits !== null && (
              <span {...part('charge', 'kie:block kie:text-xs kie:text-muted-foreground')}>
                {credits === 0 ? words['notice.free'] : words['notice.charged'](formatCredits(credits, words))}
              </span>
            )}
            {(action !== null || children) && (
              <div {...part('actions', 'kie:mt-2 kie:flex kie:flex-wrap kie:gap-2')}>
                {action && <ActionButton action={action} part={part('action', 'kie:action')} />}
                {children}
              </div>
            )}
          </div>
        </>
      ),
    },
  })
}

function NoticeView(all: NoticeViewProps) {
  useAnnouncement(all.view, useLabels(phaseLabels, all.props.labels))
  const problem = problemOf(all.view.status)
  return problem && <Notice {...all} problem={problem} />
}

/**
 * Says why a task failed, cannot be asked for, or takes longer than expected, and what to do about it. While all is well
 * it renders nothing, so it can always stand in its place. `children` are further actions.
 *
 * @example
 * <TaskFailureNotice taskId={taskId} />
 * @example
 * const task = useKieTask(taskId)
 * <TaskFailureNotice task={task} onRetry={(failed) => failed.request && start(failed.request)}>
 *   <a href="/help">Get help</a>
 * </TaskFailureNotice>
 */
export const TaskFailureNotice = connectTask<TaskFailureNoticeProps, HTMLDivElement>('TaskFailureNotice', NoticeView)
