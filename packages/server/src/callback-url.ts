import { GatewayOptionsError } from './gateway-options-error.ts'
import type { GatewayLogger } from './logger.ts'
import type { GatewayOptions } from './options.ts'
import { paths } from './paths.ts'
import { hasNode, isLasting } from './runtime.ts'

/** Where Kie is to report to; `null`, and one line in the log, where it could not, or could not be believed. */
export function callBackUrlOf(
  { publicUrl, callbackKey, baseUrl, store }: Pick<GatewayOptions, 'publicUrl' | 'callbackKey' | 'baseUrl' | 'store'>,
  logger: GatewayLogger,
): string | null {
  if (publicUrl !== undefined && !/^https?:\/\//.test(publicUrl)) {
    throw new GatewayOptionsError(
      `Kiekit: publicUrl is ${JSON.stringify(publicUrl)}. Kie.ai reports to it, so it must be a whole address. ` +
        'Write it like "https://app.example/api/kie".',
    )
  }
  const missing = [...(publicUrl === undefined ? ['publicUrl'] : []), ...(callbackKey ? [] : ['callbackKey'])]
  if (missing.length > 0 || publicUrl === undefined) {
    logger.info(
      { missing },
      'No events are pushed, browsers poll: Kie.ai needs an address to call back and a key to sign with.',
    )
    return null
  }
  if (
    /^https:\/\/api\.kie\.ai(?:\/|$)/.test(baseUrl ?? 'https://api.kie.ai') &&
    /^(?:localhost|127\..*|\[::1\]|10\..*|192\.168\..*|.*\.local(?:host)?)$/.test(new URL(publicUrl).hostname)
  ) {
    logger.info({ publicUrl }, 'No events are pushed, browsers poll: Kie.ai cannot reach this address.')
    return null
  }
  if (!isLasting() && !(hasNode() && store)) {
    logger.info(
      {},
      'No events are pushed, browsers poll: this runtime keeps no stream open, or knows of no other process.',
    )
    return null
  }
  return `${publicUrl.replace(/\/+$/, '')}${paths.callback}`
}
