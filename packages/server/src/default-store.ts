import { GatewayOptionsError } from './gateway-options-error.ts'
import { isLasting } from './runtime.ts'
import type { Store } from './store.ts'

/** The store of an app that named none: a folder under Node; elsewhere nothing would outlive the request. */
export function defaultStore(): Store {
  if (!isLasting()) {
    throw new GatewayOptionsError(
      'Kiekit: this runtime has no disk that lasts, and the gateway was given no `store`. ' +
        'Without one it would forget who owns which task, and users would lose what they paid for. ' +
        'Pass `store`, for example `redisStore(client)`, or `memoryStore()` for a demo.',
    )
  }
  let opened: Promise<Store> | null = null
  // Loaded on first use, so that bundles for other runtimes never meet node:fs.
  const open = () => (opened ??= import('./file-store.ts').then(({ fileStore }) => fileStore()))
  return {
    get: async (key) => (await open()).get(key),
    set: async (key, value, options) => (await open()).set(key, value, options),
    setIfAbsent: async (key, value, options) => (await open()).setIfAbsent(key, value, options),
    delete: async (key) => (await open()).delete(key),
    list: async (prefix) => (await open()).list(prefix),
    publish: async (channel, message) => (await open()).publish(channel, message),
    subscribe: async (channel, listener, onGap) => (await open()).subscribe(channel, listener, onGap),
    close: async () => (await opened)?.close?.(),
  }
}
