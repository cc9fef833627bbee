import { isKieError } from '@kiekit/core'
import { useCreateKieTask } from '@kiekit/react'
import { GenerationForm } from './generation-form.tsx'
import { Header } from './header.tsx'
import { setTaskInAddress, useTaskInAddress } from './task-address.ts'
import { TaskPanel } from './task-panel.tsx'

export function App() {
  const taskId = useTaskInAddress()
  const create = useCreateKieTask()

  return (
    <div className="mx-auto flex min-h-dvh max-w-6xl flex-col gap-6 px-4 py-6 sm:px-6 lg:gap-8 lg:py-10">
      <Header />
      <main className="grid items-start gap-6 lg:grid-cols-[22rem_minmax(0,1fr)] lg:gap-8">
        <GenerationForm
          isCreating={create.isPending}
          error={create.error ? sentenceOf(create.error) : null}
          onSubmit={(request) => create.mutate(request, { onSuccess: (created) => setTaskInAddress(created.taskId) })}
        />
        <TaskPanel taskId={taskId} />
      </main>
    </div>
  )
}

function sentenceOf(error: Error): string {
  return isKieError(error) ? error.message.replace(/^Kiekit: /, '') : 'The task could not be created. Try again.'
}
