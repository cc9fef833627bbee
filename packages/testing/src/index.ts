export { signCallback } from './callbacks.ts'
export { createFakeKie, type FakeKie } from './fake-kie.ts'
export { type FaultName, type FaultOptions, faultNames } from './faults.ts'
export type { FakeKieRequest } from './incoming.ts'
export type { AddTaskOptions } from './kie.ts'
export type { FakeKieServer } from './listen.ts'
export type { MediaFile } from './media.ts'
export type { FakeKieOptions, ScenarioChoice } from './options.ts'
export type {
  Dialect,
  FakeTask,
  FakeTaskRequest,
  Scenario,
  ScenarioOutcome,
  ScenarioResult,
  ScenarioStep,
  ScenarioTime,
} from './scenario.ts'
export { type ScenarioName, scenarioNames } from './scenarios.ts'
