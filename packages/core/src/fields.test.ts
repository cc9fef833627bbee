import { describe, expect, it } from 'vitest'
import { readAnything, readFields, readFraction, readNumber, readText, readTime } from './fields.ts'

describe('readFields', () => {
  it('keeps what is readable and leaves the rest absent', () => {
    expect(readFields({ a: readText, b: readNumber, c: readAnything }, { a: 'x', b: 'no', d: 1 })).toEqual({ a: 'x' })
  })

  it('finds nothing in what is no object, nor on prototypes', () => {
    expect(readFields({ length: readNumber }, [1, 2])).toEqual({})
    expect(readFields({ toString: readAnything }, {})).toEqual({})
  })
})

it.each([
  ['a', 'a'],
  [400, '400'],
  ['', undefined],
  ['  ', undefined],
  [null, undefined],
  [true, undefined],
  [{}, undefined],
])('reads %j as the text %j', (value, text) => {
  expect(readText(value)).toBe(text)
})

it.each([
  [14.4, 14.4],
  ['6.5', 6.5],
  [' 7 ', 7],
  ['', undefined],
  ['seven', undefined],
  ['-0', 0],
  ['9'.repeat(50), undefined],
  ['1e999', undefined],
  [null, undefined],
  [[1], undefined],
])('reads %j as the number %j', (value, number) => {
  expect(readNumber(value)).toBe(number)
})

it.each([
  [1776398927151, 1776398927151],
  ['1776398927151', 1776398927151],
  [1776398927, 1776398927000],
  ['2023-08-15T14:30:45Z', 1692109845000],
  ['2023-08-15T14:30:45.250+02:00', 1692102645250],
  // No time zone: a guess could be hours off.
  ['2025-06-06 10:30:00', undefined],
  ['2023-99-99T99:99:99Z', undefined],
  [1776398832382.4, 1776398832382],
  [0, undefined],
  [-5, undefined],
  [12345, undefined],
  [9e15, undefined],
  ['soon', undefined],
])('reads %j as the time %j', (value, time) => {
  expect(readTime(value)).toBe(time)
})

it.each([
  [45, 0.45],
  [100, 1],
  [0, 0],
  [1, 0.01],
  [0.5, 0.5],
  ['0.50', 0.5],
  ['1.00', 1],
  ['45', 0.45],
  ['45%', 0.45],
  ['1', 0.01],
  [101, undefined],
  [-1, undefined],
  ['half', undefined],
  [null, undefined],
])('reads the progress %j as the fraction %j', (value, fraction) => {
  expect(readFraction(value)).toBe(fraction)
})
