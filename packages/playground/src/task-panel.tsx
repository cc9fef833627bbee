import { useKieTask } from '@kiekit/react'
import { ResultGallery, TaskProgress, TaskStatusBadge } from '@kiekit/ui'

/** The task in the address, under the three components of the kit. */
export function TaskPanel({ taskId }: { taskId: string | null }) {
  const task = useKieTask(taskId)

  if (task.status === 'idle') {
    return (
      <section className="grid min-h-72 place-items-center rounded-2xl border border-dashed border-line p-8 text-center">
        <p className="max-w-xs text-sm leading-relaxed text-quiet">
          Nothing here yet. Describe something and press Generate; the result appears here, and a reload finds it again.
        </p>
      </section>
    )
  }

  return (
    <section aria-label="Task" className="flex min-w-0 flex-col gap-5 rounded-2xl border border-line bg-panel p-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <TaskStatusBadge task={task} />
        <code className="min-w-0 truncate text-xs text-quiet">{taskId}</code>
      </div>
      <TaskProgress task={task} />
      <ResultGallery task={task} />
    </section>
  )
}
