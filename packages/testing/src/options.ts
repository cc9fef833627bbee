import type { FakeKieRequest } from './incoming.ts'
import type { Dialect, FakeTask, FakeTaskRequest, Scenario } from './scenario.ts'
import type { ScenarioName } from './scenarios.ts'

/** A scenario by name (one of the fake's or a key of your own), written out, or made for the request. */
export type ScenarioChoice = ScenarioName | (string & {}) | Scenario | ((request: FakeTaskRequest) => Scenario)

export interface FakeKieOptions {
  /** Scenarios of your own. A key is a model's id, whose tasks then follow it, or a name for `play` and for `#name` in prompts. */
  scenarios?: Record<string, ScenarioChoice> | undefined
  /** How many times faster than at speed 1, where a picture takes 6 s and a video 16 s. @default 1 */
  speed?: number | undefined
  /** The same seed gives the same task ids, and the same times within ranges. @default another one each time */
  seed?: number | undefined
  /** The clock, in epoch milliseconds. A task's state is worked out from it, so vitest's fake timers just work. @default Date.now */
  now?: (() => number) | undefined
  /** The only key that is let in. @default any key, and none */
  apiKey?: string | undefined
  /** Credits on the account; once they are spent, creating answers 402. @default 10,000 that never run out */
  credits?: number | undefined
  /** The models that exist; others answer 422. @default every model */
  models?: readonly string[] | undefined
  /** The shape of records. @default 'live' */
  dialect?: Dialect | undefined
  /**
   * Where result links point, for example to a folder of your own with this package's `media` in it. Links have to be
   * http(s). @default the server's own `/media` after `listen`, else a host like Kie's that `fetch` and `handlers` answer
   */
  mediaBaseUrl?: string | undefined
  /** Lets pages of other origins read the answers. Kie and its file hosts do not. @default false */
  cors?: boolean | undefined
  /** Answers 429 above Kie's published limits of 10 queries a second and 20 creates in 10 s per key. @default false */
  enforceLimits?: boolean | undefined
  /** Signs callbacks, as the key in Kie's settings does. @default callbacks are not signed */
  webhookHmacKey?: string | undefined
  /** Sends callbacks and fetches files for URL uploads. @default the platform's */
  fetch?: typeof fetch | undefined
  /** Tasks to begin with, as `fake.tasks` gave them. */
  tasks?: readonly FakeTask[] | undefined
  /** How many of the latest requests `fake.requests` keeps. @default all */
  keepRequests?: number | undefined
  /** Called with each request as it arrives. */
  onRequest?: ((request: FakeKieRequest) => void) | undefined
}
