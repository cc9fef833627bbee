import { type KieTask, parseTask } from '@kiekit/core'
import { describe, expect, it } from 'vitest'
import { isOvertaken } from './is-overtaken.ts'

const task = (state: string, more: Record<string, unknown> = {}): KieTask => parseTask({ taskId: 't', state, ...more })
const [earlier, later] = [1_767_225_600_000, 1_767_225_660_000]
const files = { resultJson: '{"resultUrls":["https://files.test/a.png"]}' }

describe('an answer', () => {
  it.each([
    ['after an end', task('generating'), task('success', files)],
    [
      'after an end, whatever its time',
      task('generating', { updateTime: later }),
      task('fail', { updateTime: earlier }),
    ],
    ['after another end', task('fail'), task('success', files)],
    ['that brings no files after one that did', task('success'), task('success', files)],
    ['of an earlier state', task('queuing'), task('generating')],
    ['of an earlier time', task('generating', { updateTime: earlier }), task('queuing', { updateTime: later })],
  ])('%s is old news', (_, answer, known) => expect(isOvertaken(answer, known)).toBe(true))

  it.each([
    ['of the end', task('fail'), task('generating')],
    ['of the end, whatever its time', task('success', { updateTime: earlier }), task('queuing', { updateTime: later })],
    ['that brings the files of a success', task('success', files), task('success')],
    ['of the same state', task('generating'), task('generating')],
    ['of a later time', task('queuing', { updateTime: later }), task('generating', { updateTime: earlier })],
  ])('%s is news', (_, answer, known) => expect(isOvertaken(answer, known)).toBe(false))
})
