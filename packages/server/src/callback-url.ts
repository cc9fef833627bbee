import { GatewayOptionsError } from './gateway-options-error.ts'
import type { GatewayLogger } from './logger.ts'
import type { GatewayOptions } from './options.ts'
import { paths } from './paths.ts'
import { isPrivateAddress } from './private-address.ts'
import { hasNode, isLasting } from './runtime.ts'

type CallbackOptions = Pick<GatewayOptions, 'publicUrl' | 'callbackKey' | 'baseUrl' | 'store' | 'fetch'>

/** Where Kie is to report to; `null`, and one line in the log, where it could not, or could not be believed. */
export function callBackUrlOf(options: CallbackOptions, logger: GatewayLogger): string | null {
  const { publicUrl, callbackKey, store } = options
  if (publicUrl !== undefined && !(/^https?:\/\//.test(publicUrl) && URL.canParse(publicUrl))) {
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
  if (!isLasting() && !(hasNode() && store)) {
    logger.info(
      {},
      'No events are pushed, browsers poll: this runtime keeps no stream open, or knows of no other process.',
    )
    return null
  }
  if (asksKie(options) && isOutOfReach(new URL(publicUrl).hostname)) {
    logger.info({ publicUrl }, 'No events are pushed, browsers poll: Kie.ai cannot reach this address.')
    return null
  }
  return `${publicUrl.replace(/\/+$/, '')}${paths.callback}`
}

// What stands in for Kie in tests and demos, by its address or as a `fetch`, may well be on this machine.
function asksKie({ baseUrl = 'https://api.kie.ai', fetch }: CallbackOptions): boolean {
  return fetch === undefined && /^https:\/\/api\.kie\.ai(?:\/|$)/.test(baseUrl)
}

/** Whether surely nothing on the internet is called so. `URL` has brought all spellings of an address to one. */
function isOutOfReach(hostname: string): boolean {
  if (/^(?:\[.*\]|[\d.]+)$/.test(hostname)) return isPrivateAddress(hostname.replace(/^\[|\]$/g, ''))
  const name = hostname.replace(/\.$/, '')
  return !name.includes('.') || /\.(?:internal|local|localhost|test|invalid|home\.arpa)$/.test(name)
}
