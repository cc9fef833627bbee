import { isFaultName } from './faults.ts'
import type { FakeKieOptions, ScenarioChoice } from './options.ts'
import type { FakeTaskRequest, Scenario } from './scenario.ts'
import { byModel, namedScenario, scenarioNames } from './scenarios.ts'

/**
 * The scenario for a request: the one that its prompt names (`a lake #slow`), else yours for its model, else what the
 * model makes. Faults that the prompt names (`#rate-limit`) come on top.
 */
export function chooseScenario(request: FakeTaskRequest, options: FakeKieOptions): Scenario {
  const words = directives(request).flatMap((word) => {
    const scenario = lookUp(word, request, options)
    return scenario ? [{ word, scenario }] : []
  })
  const named = words.find(({ word }) => !isFaultName(word))?.scenario
  const own = options.scenarios && Object.hasOwn(options.scenarios, request.model)
  const chosen = named ?? (own ? scenarioFor(request.model, request, options) : byModel(request))
  const faults = words.filter(({ word }) => isFaultName(word)).flatMap(({ scenario }) => scenario.faults ?? [])
  return faults.length > 0 ? { ...chosen, faults: [...(chosen.faults ?? []), ...faults] } : chosen
}

/** @throws TypeError for a name that there is no scenario of. */
export function scenarioFor(choice: ScenarioChoice, request: FakeTaskRequest, options: FakeKieOptions): Scenario {
  if (typeof choice === 'function') return choice(request)
  if (typeof choice === 'object') return choice
  const scenario = lookUp(choice, request, options)
  if (scenario) return scenario
  throw new TypeError(
    `Kiekit: there is no scenario called ${JSON.stringify(choice)}. The task cannot be played. Use a fault's name, a key of your own \`scenarios\`, or one of: ${scenarioNames.join(', ')}.`,
  )
}

function lookUp(name: string, request: FakeTaskRequest, options: FakeKieOptions): Scenario | undefined {
  const { [name]: own, ...others } = options.scenarios ?? {}
  // A prompt may say `#constructor`: only own keys count.
  if (own === undefined || !Object.hasOwn(options.scenarios ?? {}, name)) return namedScenario(name, request)
  // Without the name itself, so that names which stand for each other cannot go round for ever.
  return scenarioFor(own, request, { ...options, scenarios: others })
}

/** The words after a `#` in what the request asks for. */
function directives({ input }: FakeTaskRequest): string[] {
  const text = [input.prompt, input.text].filter((value) => typeof value === 'string').join(' ')
  return Array.from(text.matchAll(/(?<!\S)#([a-z][\w-]*)/g), ([, word]) => word ?? '')
}
