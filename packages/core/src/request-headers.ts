import type { KieClientOptions } from './client-options.ts'
import { kieError } from './error-of-code.ts'

/** The headers of one request, and the key in them, so that it can be kept out of everything that comes back. */
export async function readHeaders(options: KieClientOptions): Promise<{ headers: Headers; key: string }> {
  const given = await ask('headers', options.headers)
  const key = (await ask('apiKey', options.apiKey))?.trim() ?? ''
  // `Headers` would say the key in its own error.
  if (!/^[!-~]*$/.test(key)) throw kieError({ kind: 'auth', said: 'apiKey holds characters that no header can carry' })
  const headers = new Headers(given)
  if (key !== '') headers.set('Authorization', `Bearer ${key}`)
  return { headers, key }
}

async function ask<T>(name: string, given: T | (() => T | Promise<T>) | undefined): Promise<T | undefined> {
  if (!isFunction(given)) return given
  try {
    return await given()
  } catch {
    // Its error may hold the secret that it failed to read.
    throw kieError({ kind: 'auth', said: `the function given as ${name} threw` })
  }
}

function isFunction<T>(given: T | (() => T | Promise<T>) | undefined): given is () => T | Promise<T> {
  return typeof given === 'function'
}
