// A reporter for Vitest: keeps what made a run fail without failing a test. Vitest prints it far above the end of the
// log, and its JSON leaves it out.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './run.mjs'

export const strayErrorsFile = join(root, 'coverage', 'results', 'stray-errors.json')

export default class StrayErrors {
  onTestRunEnd(modules, unhandledErrors) {
    const ofSuites = modules.flatMap((module) => [module, ...module.children.allSuites()].flatMap(errorsOf))
    writeFileSync(strayErrorsFile, JSON.stringify([...unhandledErrors.map(describe), ...ofSuites]))
  }
}

function errorsOf(suite) {
  const place = suite.type === 'module' ? suite.relativeModuleId : suite.fullName
  return suite.errors().map((error) => `${place}: ${describe(error)}`)
}

function describe(error) {
  return [error.type, error.VITEST_TEST_PATH, error.stack ?? error.message].filter(Boolean).join('\n')
}
