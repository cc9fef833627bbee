import type { QueryClient } from '@tanstack/react-query'
import { createGeneration, type Generation } from './generation.ts'
import type { KeyValueStorage } from './key-value-storage.ts'
import type { Kie } from './kie-context.ts'
import { taskHistoryOf } from './task-history.ts'
import { rememberCreated } from './task-memory.ts'

interface Registered {
  client: Kie['client']
  storage: KeyValueStorage
  generation: Generation
}

const registries = new WeakMap<QueryClient, Map<string, Registered>>()

/** The generation of this place, which lives as long as the page: a remounted component joins what is under way. */
export function generationOf(queryClient: QueryClient, kie: Kie, id: string): Generation {
  const { client, scope, storage } = kie
  const storageKey = `kiekit:1:${scope}:generation:${id}`
  const registry = registries.get(queryClient) ?? new Map<string, Registered>()
  registries.set(queryClient, registry)
  const known = registry.get(storageKey)
  if (known?.client === client && known.storage === storage) return known.generation

  const generation = createGeneration({
    client,
    storage,
    storageKey,
    onCreated: (taskId, request) => {
      rememberCreated(queryClient, scope, taskId, request)
      taskHistoryOf(scope, storage).add({ taskId, model: request.model })
    },
  })
  registry.set(storageKey, { client, storage, generation })
  return generation
}
