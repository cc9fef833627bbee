import { GatewayOptionsError } from './gateway-options-error.ts'
import { isBuilding } from './runtime.ts'

/** The key, or how to get it: from a vault, or one that changes. */
export type ApiKey = string | (() => string | Promise<string>)

/** Holds the key: hands it to the one place that sends it, and takes it out of every text that leaves. */
export interface KeyKeeper {
  read: () => Promise<string>
  clean: (text: string) => string
}

const usable = /^[\x21-\x7e]+$/

export function createKeyKeeper(apiKey: ApiKey | undefined): KeyKeeper {
  const seen = new Set<string>()
  const accept = (key: unknown): string => {
    const trimmed = typeof key === 'string' ? key.trim() : ''
    if (!usable.test(trimmed)) {
      throw new GatewayOptionsError(
        'Kiekit: the gateway has no usable `apiKey`. Without it Kie.ai answers nothing. ' +
          'Pass the key from https://kie.ai/api-key, for example `apiKey: process.env.KIE_API_KEY`.',
      )
    }
    seen.add(trimmed)
    return trimmed
  }
  // Where an app is built, its key need not be; where it runs, a missing one is told at once.
  if (typeof apiKey !== 'function' && !isBuilding()) accept(apiKey)

  return {
    read: async () => accept(typeof apiKey === 'function' ? await apiKey() : apiKey),
    clean: (text) => [...seen].reduce((cleaned, key) => cleaned.replaceAll(key, '[redacted]'), text),
  }
}
