import { GatewayOptionsError } from './gateway-options-error.ts'
import type { GatewayLogger } from './logger.ts'
import type { AuthorizeContext, GatewayOptions, GatewayUser } from './options.ts'
import { Refusal } from './refusal.ts'
import { isProduction } from './runtime.ts'

const EVERYBODY: GatewayUser = { id: 'public' }

/** Turns the app's `authorize` into a question that has a user for an answer, or throws. */
export function createAuthorize(
  { authorize, allowPublicInProduction }: Pick<GatewayOptions, 'authorize' | 'allowPublicInProduction'>,
  logger: GatewayLogger,
): (context: AuthorizeContext) => Promise<GatewayUser> {
  if (authorize === 'public') {
    if (isProduction() && allowPublicInProduction !== true) {
      throw new GatewayOptionsError(
        "Kiekit: the gateway was started with `authorize: 'public'` under NODE_ENV=production. " +
          'Anybody could spend your Kie.ai credits and see all tasks. ' +
          'Pass a function that returns the signed-in user, or also set `allowPublicInProduction: true`.',
      )
    }
    logger.warn(
      {},
      "The gateway is public: anybody who reaches it can spend your Kie.ai credits (authorize: 'public').",
    )
    return async () => EVERYBODY
  }
  if (typeof authorize !== 'function') {
    throw new GatewayOptionsError(
      'Kiekit: the gateway was given no `authorize`. It decides whose tasks are whose. ' +
        "Pass a function that returns the signed-in user's id or null, or 'public' for a demo.",
    )
  }
  return async (context) => {
    const answer = await authorize(context)
    if (answer === null || answer === undefined) throw new Refusal(401, 'Sign in to do this.')
    const id: unknown = typeof answer === 'string' ? answer : answer.id
    if (typeof id === 'string' && id !== '') return { id }
    throw new GatewayOptionsError(
      `Kiekit: \`authorize\` returned ${typeof id === 'string' ? 'an empty text' : `an id of type ${typeof id}`}. ` +
        "Tasks are kept by their user's id. Return a text, an object like { id: '42' }, or null for nobody.",
    )
  }
}
