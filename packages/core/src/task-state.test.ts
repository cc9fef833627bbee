import { expect, it } from 'vitest'
import { readState } from './task-state.ts'

it.each([
  ['waiting', 'waiting'],
  ['queuing', 'queuing'],
  ['generating', 'generating'],
  ['success', 'success'],
  ['fail', 'fail'],
  // What developers saw, or expected to see.
  ['processing', 'generating'],
  ['running', 'generating'],
  ['pending', 'waiting'],
  ['active', 'generating'],
  ['completed', 'success'],
  ['succeed', 'success'],
  ['done', 'success'],
  ['failed', 'fail'],
  ['error', 'fail'],
  ['queueing', 'queuing'],
  [' SUCCESS ', 'success'],
  // Stages and flags of the old families.
  ['TEXT_SUCCESS', 'generating'],
  ['FIRST_SUCCESS', 'generating'],
  ['CREATE_TASK_FAILED', 'fail'],
  ['GENERATE_AUDIO_FAILED', 'fail'],
  ['SENSITIVE_WORD_ERROR', 'fail'],
  ['CALLBACK_EXCEPTION', 'success'],
  // Nobody knows them yet: still pending.
  ['thinking', 'generating'],
  ['moderating', 'generating'],
  ['constructor', 'generating'],
  ['__proto__', 'generating'],
])('reads the state %j as %s and keeps the word', (word, state) => {
  expect(readState({ state: word })).toEqual({ state, rawState: word })
})

it('takes the state before the status, and the status before the flag', () => {
  expect(readState({ state: 'generating', status: 'SUCCESS', successFlag: '1' }).state).toBe('generating')
  expect(readState({ status: 'success', successFlag: '0' }).state).toBe('success')
})

it.each([
  ['0', 'generating'],
  ['1', 'success'],
  ['2', 'fail'],
  ['3', 'fail'],
  ['4', 'success'],
])('reads the success flag %s as %s', (successFlag, state) => {
  expect(readState({ successFlag }).state).toBe(state)
})

it('counts a record without any state as waiting, and a family callback that brings files as done', () => {
  expect(readState({})).toEqual({ state: 'waiting', rawState: '' })
  expect(readState({ info: { resultUrls: [] } })).toEqual({ state: 'success', rawState: '' })
  expect(readState({ callbackType: 'complete' }).state).toBe('success')
})
