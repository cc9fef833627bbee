import type { KieClientOptions } from './client-options.ts'
import { kieError } from './describe-error.ts'

export interface RequestHeaders {
  headers: Headers
  /**
   * Takes the key out of a text: a server or a proxy that echoes it must not bring it into an error, a task or a log.
   */
  withoutKey: (text: string) => string
}

/** The headers of one request, and how to keep the key in them out of everything that comes back. */
export async function readHeaders(
  options: KieClientOptions,
  idempotencyKey: string | undefined,
): Promise<RequestHeaders> {
  const given = await ask('headers', options.headers)
  const key = (await ask('apiKey', options.apiKey))?.trim() ?? ''
  const headers = toHeaders(given)
  if (key !== '') headers.set('Authorization', `Bearer ${checked('apiKey', key)}`)
  if (idempotencyKey !== undefined) headers.set('Idempotency-Key', checked('idempotencyKey', idempotencyKey))
  // What is shorter than any real key would hit other words.
  return { headers, withoutKey: (text) => (key.length < 8 ? text : text.replaceAll(key, '[redacted]')) }
}

// The platform's own errors say the value that does not fit, and a function's error may hold the secret that it failed
// to read: so neither is passed on.
export function toHeaders(given: HeadersInit | undefined): Headers {
  try {
    return new Headers(given)
  } catch {
    throw kieError({ kind: 'validation', said: 'headers holds what no header can carry' })
  }
}

function checked(name: string, value: string): string {
  if (/^[!-~]+$/.test(value)) return value
  throw kieError({ kind: 'validation', said: `${name} holds characters that no header can carry` })
}

async function ask<T>(name: string, given: T | (() => T | Promise<T>) | undefined): Promise<T | undefined> {
  if (!isFunction(given)) return given
  try {
    return await given()
  } catch {
    throw kieError({ kind: 'auth', said: `the function given as ${name} threw` })
  }
}

function isFunction<T>(given: T | (() => T | Promise<T>) | undefined): given is () => T | Promise<T> {
  return typeof given === 'function'
}
