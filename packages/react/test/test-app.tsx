import { createKieClient, fixedPolling, type KieClient } from '@kiekit/core'
import { createFakeKie, type FakeKie, type FakeKieOptions, type ScenarioChoice } from '@kiekit/testing'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act } from '@testing-library/react'
import type { ReactNode } from 'react'
import { vi } from 'vitest'
import { KieProvider, type KieProviderProps } from '../src/kie-provider.tsx'

/** An app on a fake Kie, with a QueryClient that shows what it holds. For tests of this package. */
export interface TestApp {
  fake: FakeKie
  client: KieClient
  queryClient: QueryClient
  wrapper: (props: { children: ReactNode }) => ReactNode
  /** A task that plays the scenario. */
  addTask: (scenario?: ScenarioChoice, model?: string) => string
  /** How often the task was asked for. */
  looks: (taskId?: string) => number
}

export function createTestApp({
  fake: fakeOptions,
  provider,
  queryClient = new QueryClient(),
}: {
  fake?: FakeKieOptions
  provider?: Partial<KieProviderProps>
  queryClient?: QueryClient
} = {}): TestApp {
  const fake = createFakeKie({ seed: 1, ...fakeOptions })
  const client = createKieClient({ baseUrl: 'https://gateway.test/api/kie', fetch: fake.fetch })
  return {
    fake,
    client,
    queryClient,
    wrapper: ({ children }) => (
      <QueryClientProvider client={queryClient}>
        <KieProvider client={client} polling={fixedPolling(1000)} {...provider}>
          {children}
        </KieProvider>
      </QueryClientProvider>
    ),
    addTask: (scenario, model = 'nano-banana-2') => {
      const taskId = fake.addTask({ model, input: { prompt: 'A lighthouse' } })
      if (scenario) fake.play(taskId, scenario)
      return taskId
    },
    looks: (taskId) =>
      fake.requests.filter(
        ({ path, query }) => path.endsWith('/recordInfo') && (taskId === undefined || query.taskId === taskId),
      ).length,
  }
}

/** React 18 renders nothing until `act` is over: a task that ran its course within one would be seen at its end only. */
const stepMs = 100

/** Lets time pass, timers and answers included. */
export async function pass(ms: number): Promise<void> {
  for (let left = ms; left >= 0; left -= stepMs) {
    await act(() => vi.advanceTimersByTimeAsync(Math.min(left, stepMs)))
  }
}
