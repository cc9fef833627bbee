import type { FaultName, FaultOptions } from './faults.ts'
import type { RequestHandler } from './handlers.ts'
import { createHandlers } from './handlers.ts'
import type { FakeKieRequest } from './incoming.ts'
import { readRequest } from './incoming.ts'
import type { AddTaskOptions } from './kie.ts'
import { createKie } from './kie.ts'
import type { FakeKieServer } from './listen.ts'
import { listen } from './listen.ts'
import type { FakeKieOptions, ScenarioChoice } from './options.ts'
import { ConnectionLost, createRouter } from './router.ts'
import type { FakeTask, FakeTaskRequest } from './scenario.ts'

/** A Kie API that costs nothing: in place of `fetch`, as a server, or as handlers for MSW. */
export interface FakeKie {
  /** Answers every address like Kie, Kie's own hosts and any other; takes the place of the platform's `fetch`. */
  fetch: typeof fetch
  /** Serves on 127.0.0.1 under Node. Port 0 or none takes a free one. */
  listen: (port?: number) => Promise<FakeKieServer>
  /** For MSW 2 and 3: answer Kie's paths on any origin and leave all other requests alone. */
  handlers: RequestHandler[]
  /** Every request received so far, oldest first. */
  readonly requests: readonly FakeKieRequest[]
  /** Every task, as plain JSON; give them to `tasks` of the next fake to keep them over a restart. */
  readonly tasks: readonly FakeTask[]
  /** A task as if it had been created through the API; returns its id. */
  addTask: (request: FakeTaskRequest, options?: AddTaskOptions) => string
  /** Lets a task follow another scenario from now on, or with `'next'` the next one that is created. */
  play: (taskId: string, scenario: ScenarioChoice) => void
  /** Moves a task to the end of its scenario at once. */
  finish: (taskId: string) => void
  /** Makes answers fail in a certain way. */
  inject: (fault: FaultName, options?: FaultOptions) => void
  /** Ends a fault, or all of them. */
  clear: (fault?: FaultName) => void
  /** Forgets tasks, uploads, faults, requests and planned callbacks. */
  reset: () => void
}

/**
 * A fake Kie.ai that plays tasks through their states, answers in the shapes that the service really sends, and fails
 * on demand. States follow from the clock, so fake timers drive it, and nothing has to be awaited or cleaned up.
 *
 * @example
 * const fake = createFakeKie({ speed: 10 })
 * const client = createKieClient({ baseUrl: 'https://api.kie.ai', fetch: fake.fetch })
 * const { taskId } = await client.createTask({ model: 'z-image', input: { prompt: 'A lake' } })
 * fake.finish(taskId)
 * const task = await client.getTask(taskId) // success, with a picture
 */
export function createFakeKie(options: FakeKieOptions = {}): FakeKie {
  const kie = createKie(options)
  const route = createRouter(kie)
  const requests: FakeKieRequest[] = []
  const { keepRequests = Number.POSITIVE_INFINITY } = options

  async function answer(request: Request, signal: AbortSignal | null): Promise<Response> {
    const incoming = await readRequest(request, kie)
    const { file: _, ...logged } = incoming
    requests.push(logged)
    if (requests.length > keepRequests) requests.shift()
    options.onRequest?.(logged)
    if (options.cors && request.method === 'OPTIONS') return withCors(new Response(null, { status: 204 }))
    const response = await route(incoming, signal)
    const sent = request.method === 'HEAD' ? new Response(null, response) : response
    return options.cors ? withCors(sent) : sent
  }

  return {
    fetch: async (input, init) => {
      const signal = init?.signal ?? (input instanceof Request ? input.signal : null)
      signal?.throwIfAborted()
      // Without the signal: under jsdom it belongs to another realm, and Node's Request would refuse it.
      const request = new Request(input instanceof Request ? input : absolute(input), { ...init, signal: null })
      try {
        const response = await answer(request, signal)
        signal?.throwIfAborted()
        return response
      } catch (error) {
        signal?.throwIfAborted()
        throw error instanceof ConnectionLost ? new TypeError('fetch failed') : error
      }
    },
    async listen(port = 0) {
      const server = await listen(answer, port)
      kie.serveMediaFrom(`${server.url}/media`)
      return server
    },
    handlers: createHandlers(answer, kie.mediaBaseUrl),
    requests,
    get tasks() {
      return [...kie.tasks.values()]
    },
    addTask: (request, addOptions) => kie.addTask(request, addOptions).taskId,
    play: kie.play,
    finish: kie.finish,
    inject: kie.faults.inject,
    clear: kie.faults.clear,
    reset() {
      kie.reset()
      requests.length = 0
    },
  }
}

/** Addresses of a page are relative to it; under Node there is no page. */
function absolute(address: string | URL): URL {
  return new URL(address, typeof location === 'undefined' ? 'https://api.kie.ai' : location.href)
}

function withCors(response: Response): Response {
  const headers = new Headers(response.headers)
  headers.set('access-control-allow-origin', '*')
  headers.set('access-control-allow-headers', '*, authorization')
  headers.set('access-control-allow-methods', 'GET, POST, OPTIONS')
  return new Response(response.body, { status: response.status, headers })
}
