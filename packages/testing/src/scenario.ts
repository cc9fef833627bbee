import type { JsonValue, TaskState } from '@kiekit/core'
import type { FaultName } from './faults.ts'
import type { MediaFile } from './media.ts'

/** What a task was created with. */
export interface FakeTaskRequest {
  model: string
  input: Record<string, JsonValue>
  callBackUrl?: string | undefined
}

/** Milliseconds after the task's start at speed 1; a pair is a range from which the seed draws. */
export type ScenarioTime = number | readonly [from: number, to: number]

/** A state that a task passes through, until the next one begins. */
export interface ScenarioStep {
  /** As Kie would send it, so states that nobody documents are allowed. */
  state: TaskState | (string & {})
  afterMs: ScenarioTime
  /** `progress` from 0 to 100 over the length of the step. Only Sora's models report one. */
  progress?: readonly [from: number, to: number] | undefined
}

/** What a finished task has made. */
export type ScenarioResult =
  | {
      /** Files of the fake, or any address, which is passed on as it is. */
      files: readonly (MediaFile | (string & {}))[]
      /** The key in `resultJson`; `resultUrl` holds the first file only. @default 'resultUrls' */
      key?: 'resultUrls' | 'resultUrl' | 'mask_urls' | undefined
      /** Adds a watermarked copy of each file, as Sora does. */
      watermarked?: boolean | undefined
      /** Adds the first and last frame as pictures, as Seedance does. */
      frames?: boolean | undefined
    }
  /** Tracks with title, cover and stream in the shape of Suno's answers. */
  | { tracks: number }
  /** `resultJson` word for word; Kie sends a JSON string, this may be anything. */
  | { resultJson: JsonValue }

/** How a task ends. */
export type ScenarioOutcome = { afterMs: ScenarioTime; creditsConsumed?: number | undefined } & (
  | { state: 'success'; result: ScenarioResult }
  | { state: 'fail'; code: string | number | null; message: string | null }
)

/**
 * Which of the shapes seen from Kie a record has: `live` as captured from the service, `docs` as its pages show it
 * (`message`, `updateTime`, milliseconds in `costTime`), `newest` with the fields of both record families at once.
 */
export type Dialect = 'live' | 'docs' | 'newest'

/** The life of a task. Plain JSON. */
export interface Scenario {
  steps: readonly ScenarioStep[]
  /** Without one the task never ends. */
  outcome?: ScenarioOutcome | undefined
  /** Injected for this task when it is created. */
  faults?: readonly { name: FaultName; times?: number | undefined }[] | undefined
  dialect?: Dialect | undefined
}

/** A task of the fake. Plain JSON, so that a demo server can keep its tasks over a restart. */
export interface FakeTask {
  taskId: string
  request: FakeTaskRequest
  scenario: Scenario
  /** Epoch milliseconds, as is the next. */
  createTime: number
  /** When the scenario began; later than `createTime` for a task that was given another scenario. */
  startTime: number
  /** 0..1, where in its ranges of time this task lies. */
  draw: number
}
