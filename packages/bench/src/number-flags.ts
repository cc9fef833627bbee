import { parseArgs } from 'node:util'

/**
 * The flags of the command line, each a number above 0; those that are not given have their defaults.
 *
 * @throws {Error} for a flag of another name, and for anything but such a number
 */
export function numberFlags<Name extends string>(defaults: Record<Name, number>): Record<Name, number> {
  const options = Object.fromEntries(Object.keys(defaults).map((name) => [name, { type: 'string' as const }]))
  const { values } = parseArgs({ options })
  const flags = { ...defaults }
  for (const name in flags) {
    const given = values[name]
    if (given === undefined) continue
    if (!(Number(given) > 0)) throw new Error(`Kiekit: --${name} must be a number above 0.`)
    flags[name] = Number(given)
  }
  return flags
}
