import { createKieClient, type KieClient, KieError, type KieErrorKind } from '@kiekit/core'
import { KieProvider } from '@kiekit/react'
import { createFakeKie, type FaultName, type ScenarioName } from '@kiekit/testing'
import type { Decorator } from '@storybook/react-vite'
import { type ReactNode, useState } from 'react'

interface FakeTaskOptions {
  scenario: ScenarioName
  input?: Record<string, string | number> | undefined
  model?: string | undefined
  /** How many times faster than life. @default 1 */
  speed?: number | undefined
  /** How long ago the task was created. */
  ageMs?: number | undefined
  fault?: FaultName | undefined
  /** What becomes of downloads. @default every file comes */
  downloads?: 'none' | 'never-ending' | undefined
  /** Gives the story an id that the fake does not know. */
  unknown?: boolean | undefined
}

/** Where Storybook serves the fake Kie's media. */
export function mediaUrl(file: string): string {
  return new URL(`kie-media/${file}`, location.href).href
}

type Open = NonNullable<KieClient['open']>

/** The body of a file that does not come, until it is called off. */
function silence(signal: AbortSignal | undefined) {
  return new ReadableStream<Uint8Array>({
    start: (controller) => signal?.addEventListener('abort', () => controller.error(signal.reason)),
  })
}

function startFake({
  scenario,
  input = {},
  model = 'google/nano-banana',
  speed = 1,
  ageMs,
  fault,
  downloads,
  unknown,
}: FakeTaskOptions) {
  const fake = createFakeKie({ speed, mediaBaseUrl: mediaUrl(''), seed: 7 })
  const request = { model, input: { prompt: 'Dunes under a wide evening sky', ...input } }
  const taskId = fake.addTask(request, { scenario, ageMs })
  if (fault) fake.inject(fault)
  const client = createKieClient({ baseUrl: location.origin, fetch: fake.fetch })
  // The fake has no downloads: they are the gateway's own, which reads the file from Kie's host.
  const open: Open = async (path, { signal } = {}) => {
    if (downloads === 'none') throw new KieError('Kiekit: for a story.', { kind: 'server' })
    if (downloads === 'never-ending') return new Response(silence(signal))
    const asked = new URL(path, location.origin).searchParams
    const task = await client.getTask(asked.get('taskId') ?? '')
    const result = task.state === 'success' ? task.results[Number(asked.get('index'))] : undefined
    if (!result) throw new KieError('Kiekit: for a story.', { kind: 'not-found' })
    if ('url' in result) return fetch(result.url, { signal: signal ?? null })
    return new Response(result.kind === 'text' ? result.text : JSON.stringify(result.data))
  }
  return { client: { ...client, open }, taskId: unknown ? 'no-such-task' : taskId }
}

function FakeTask({ options, children }: { options: FakeTaskOptions; children: (taskId: string) => ReactNode }) {
  const [{ client, taskId }] = useState(() => startFake(options))
  return <KieProvider client={client}>{children(taskId)}</KieProvider>
}

/** Plays a scenario on a fake Kie and gives the story its `taskId`: the real hook, the real client, no network. */
export function withFakeTask(options: FakeTaskOptions): Decorator {
  return (Story, context) => (
    <FakeTask options={options}>{(taskId) => <Story args={{ ...context.args, taskId }} />}</FakeTask>
  )
}

/** Every kind of error, for stories that show them all. */
export const errorKinds: KieErrorKind[] = [
  'auth',
  'credits',
  'validation',
  'not-found',
  'rate-limit',
  'busy',
  'input-file',
  'unsupported',
  'server',
  'network',
  'timeout',
  'aborted',
  'invalid-response',
]
