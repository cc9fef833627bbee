import { isJsonObject, type JsonObject } from './safe-json.ts'
import type { JsonValue } from './task.ts'

/** How each field of a record is read: with goodwill, so that whatever Kie sends, the rest stays readable. */
export type Readers = Readonly<Record<string, (value: JsonValue | undefined) => unknown>>

/** What {@link readFields} finds; a field that is missing or unreadable is absent. */
export type FieldsOf<R extends Readers> = { [Name in keyof R]?: Exclude<ReturnType<R[Name]>, undefined> }

/** Reads the named fields of an object; of anything else, none. */
export function readFields<R extends Readers>(readers: R, from: JsonValue): FieldsOf<R> {
  const fields: FieldsOf<R> = {}
  if (!isJsonObject(from)) return fields
  for (const name of Object.keys(readers) as (keyof R & string)[]) {
    const value = readers[name]?.(ownValue(from, name)) as FieldsOf<R>[typeof name] | undefined
    if (value !== undefined) fields[name] = value
  }
  return fields
}

function ownValue(from: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(from, name) ? from[name] : undefined
}

/** For fields that are read later, each in its own way. `null` counts as missing. */
export function readAnything(value: JsonValue | undefined): JsonValue | undefined {
  return value ?? undefined
}

/** A text that is not empty; numbers count, because Kie sends codes in both forms. */
export function readText(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

/** A number, also where Kie sends it as a text. */
export function readNumber(value: JsonValue | undefined): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || value.length > 40 || value.trim() === '') return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number || 0 : undefined
}

/** A number of something, so never below zero. */
export function readAmount(value: JsonValue | undefined): number | undefined {
  const amount = readNumber(value)
  return amount !== undefined && amount >= 0 ? amount : undefined
}

/**
 * Epoch milliseconds from milliseconds, seconds or an ISO text. The old families' `2025-06-06 10:30:00` names no time
 * zone: a guess could be hours off, and elapsed time is counted from it, so it reads as unknown.
 */
export function readTime(value: JsonValue | undefined): number | undefined {
  const isIso = typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]{5,16}(?:Z|[+-]\d\d:?\d\d)$/.test(value)
  const number = isIso ? Date.parse(value) : readNumber(value)
  // `!` also turns away the NaN of a date that does not exist.
  if (number === undefined || !(number >= 1e9 && number <= 8.64e15)) return undefined
  return Math.round(number < 1e11 ? number * 1000 : number)
}

/** 0..1. Market records count whole per cents, 4o sends `"0.00"` to `"1.00"`; the decimal point tells them apart. */
export function readFraction(value: JsonValue | undefined): number | undefined {
  const number = readNumber(typeof value === 'string' ? value.replace('%', '') : value)
  if (number === undefined || number < 0 || number > 100) return undefined
  const isFraction = number < 1 || (number === 1 && typeof value === 'string' && value.includes('.'))
  return isFraction ? number : number / 100
}
