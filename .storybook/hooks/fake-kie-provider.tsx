import { createKieClient } from '@kiekit/core'
import { KieProvider } from '@kiekit/react'
import { createFakeKie, type FakeKie } from '@kiekit/testing'
import { type ReactNode, useState } from 'react'
import { mediaUrl } from '../../packages/ui/src/samples/fake-task.stories-support.tsx'

/** A fake Kie of the story's own, and the provider that leads to it: the real hooks, the real client, no network. */
export function FakeKieProvider({ speed, children }: { speed: number; children: (fake: FakeKie) => ReactNode }) {
  const [{ fake, client }] = useState(() => {
    const made = createFakeKie({ speed, mediaBaseUrl: mediaUrl(''), seed: 7 })
    return { fake: made, client: createKieClient({ baseUrl: location.origin, fetch: made.fetch }) }
  })
  return <KieProvider client={client}>{children(fake)}</KieProvider>
}
