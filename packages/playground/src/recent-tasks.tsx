import { useTaskHistory } from '@kiekit/react'
import { TaskList } from '@kiekit/ui'
import { setTaskInAddress } from './task-address.ts'

/** The tasks of this browser, so that none that was paid for is out of reach. */
export function RecentTasks({ selected }: { selected: string | null }) {
  const { entries } = useTaskHistory()
  if (entries.length === 0) return null
  return (
    <section aria-label="Recent tasks" className="flex min-w-0 flex-col gap-2">
      <h2 className="px-1 text-sm font-medium">Recent tasks</h2>
      <TaskList
        taskIds={entries.map(({ taskId }) => taskId)}
        density="compact"
        selectedTaskId={selected}
        onSelectTask={setTaskInAddress}
        className="max-h-80 rounded-2xl border border-line bg-panel"
      />
    </section>
  )
}
