import { isKieError } from '@kiekit/core'
import { useKieGeneration } from '@kiekit/react'
import { GenerationForm, type GenerationRequest } from './generation-form.tsx'
import { Header } from './header.tsx'
import { RecentTasks } from './recent-tasks.tsx'
import { setTaskInAddress, useTaskInAddress } from './task-address.ts'
import { TaskPanel } from './task-panel.tsx'

export function App() {
  const taskId = useTaskInAddress()
  // It only creates here; the panel follows whichever task the address names.
  const generation = useKieGeneration({ enabled: false })

  const generate = async (request: GenerationRequest) => {
    try {
      setTaskInAddress(await generation.generate(request))
    } catch (error) {
      // `generation.error` tells it; anything else is a bug and belongs on the console.
      if (!isKieError(error)) throw error
    }
  }

  return (
    <div className="mx-auto flex min-h-dvh max-w-6xl flex-col gap-6 px-4 py-6 sm:px-6 lg:gap-8 lg:py-10">
      <Header />
      {/* On a phone the task stands right under the form that made it, before those of the past. */}
      <main className="grid items-start gap-6 lg:grid-cols-[22rem_minmax(0,1fr)] lg:grid-rows-[auto_1fr] lg:gap-x-8">
        <GenerationForm
          isCreating={generation.isCreating}
          error={generation.error?.message ?? null}
          onSubmit={(request) => void generate(request)}
        />
        <div className="min-w-0 lg:col-start-2 lg:row-span-2 lg:row-start-1">
          <TaskPanel taskId={taskId} />
        </div>
        <RecentTasks selected={taskId} />
      </main>
    </div>
  )
}
