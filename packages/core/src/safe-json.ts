import type { JsonValue } from './task.ts'

export type JsonObject = { [key: string]: JsonValue }

const deepest = 40
const mostValues = 100_000
const dangerousKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * A copy of any value as plain JSON, made without trust: getters that throw, cycles, functions and keys that could reach
 * a prototype are left out, and what lies deeper than 40 levels or beyond 100,000 values becomes `null`.
 */
export function toJson(value: unknown): JsonValue {
  const ancestors: object[] = []
  let budget = mostValues

  const copy = (from: unknown): JsonValue | undefined => {
    if (typeof from === 'string' || typeof from === 'boolean') return from
    // JSON.parse makes Infinity of 1e999 and -0 of -0; neither survives JSON.stringify.
    if (typeof from === 'number') return Number.isFinite(from) ? from || 0 : null
    if (from === null) return null
    if (typeof from !== 'object') return undefined
    if (ancestors.length >= deepest || budget <= 0) return null
    if (ancestors.includes(from)) return undefined
    ancestors.push(from)
    const to = Array.isArray(from) ? copyArray(from) : copyObject(from)
    ancestors.pop()
    return to
  }
  const copyArray = (from: readonly unknown[]): JsonValue[] => {
    const to: JsonValue[] = []
    for (let index = 0; index < from.length && budget-- > 0; index++) to.push(copy(from[index]) ?? null)
    return to
  }
  const copyObject = (from: object): JsonObject => {
    const to: JsonObject = {}
    for (const key of Object.keys(from)) {
      if (budget-- <= 0) break
      if (dangerousKeys.has(key)) continue
      const item = copy(readProperty(from, key))
      if (item !== undefined) to[key] = item
    }
    return to
  }

  try {
    return copy(value) ?? null
  } catch {
    // A proxy that refuses to be read holds nothing for us.
    return null
  }
}

function readProperty(from: object, key: string): unknown {
  try {
    return Reflect.get(from, key)
  } catch {
    return undefined
  }
}

/** The value that a JSON text holds, as {@link toJson} would copy it; `undefined` when it is no JSON. */
export function parseJson(text: string): JsonValue | undefined {
  try {
    return toJson(JSON.parse(text))
  } catch {
    return undefined
  }
}

const textsInTexts = 4

/** Kie wraps JSON texts into JSON texts. Opens them until something else appears; a text that is no JSON stays one. */
export function openJson(value: JsonValue | undefined): JsonValue {
  let opened = value ?? null
  for (let level = 0; level < textsInTexts && typeof opened === 'string' && /^\s*["[{]/.test(opened); level++) {
    const inner = parseJson(opened)
    if (inner === undefined) break
    opened = inner
  }
  return opened
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
