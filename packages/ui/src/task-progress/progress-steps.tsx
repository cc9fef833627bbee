import { Icon } from '../icon/icon.tsx'
import { check, cross } from '../icon/paths.ts'
import type { PartProps } from '../part/part.ts'
import type { TaskStatus, TaskView } from '../task-view/task-view.ts'
import { isWorking, type ProgressWords } from './read-progress.ts'
import type { TaskProgressPart } from './task-progress.tsx'

const steps = ['waiting', 'queuing', 'generating', 'success'] as const

/** The step that a task has reached; -1 before the first. A task that failed did so in the last step before the end. */
function reached({ status, task }: TaskView): number {
  if (status === 'success') return 4
  if (status === 'fail') return 2
  return task === undefined
    ? status === 'running'
      ? 0
      : -1
    : steps.indexOf(task.state === 'fail' ? 'generating' : task.state)
}

interface ProgressStepsProps {
  view: TaskView
  words: ProgressWords
  part: (part: TaskProgressPart, ours?: string) => PartProps<TaskStatus>
}

/** The way of a task as four steps: those behind it are ticked, the present one is marked. */
export function ProgressSteps({ view, words, part }: ProgressStepsProps) {
  const at = reached(view)
  return (
    <ol
      role="list"
      aria-label={words['progress.label']}
      {...part('track', 'kie:@container/steps kie:grid kie:w-full kie:grid-cols-4 kie:gap-2')}
    >
      {steps.map((step, index) => {
        const done = index < at
        const current = index === at
        const failed = current && view.status === 'fail'
        return (
          <li
            key={step}
            aria-current={current ? 'step' : undefined}
            {...part('step', 'kie:@container kie:flex kie:min-w-0 kie:flex-col kie:gap-1.5')}
          >
            <span
              {...part(
                'indicator',
                `kie:block kie:h-1 kie:rounded-full ${
                  done || current
                    ? 'kie:bg-tone kie:forced:bg-[Highlight]'
                    : 'kie:edge kie:bg-muted kie:contrast-more:bg-transparent'
                } ${current && isWorking(view.status) ? 'kie:motion-ok:animate-breathe' : ''}`,
              )}
            />
            {/* Where their words would break they are only heard: the present one stands above. */}
            <span
              className={`kie:part kie:flex kie:items-center kie:gap-1 kie:text-xs kie:@max-[22rem]/steps:sr-only ${
                done || current ? 'kie:font-medium' : 'kie:text-muted-foreground'
              }`}
            >
              <span className="kie:part kie:min-w-0 kie:wrap-anywhere">{words[`phase.${step}`]}</span>
              {/* In a narrow step a mark would break the word in two; its bar says the same. */}
              {(done || failed) && (
                <Icon path={failed ? cross : check} className="kie:text-tone kie:@max-[6.5em]:hidden" />
              )}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
